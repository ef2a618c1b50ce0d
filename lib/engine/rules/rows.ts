import { findReference, type Names, nothing } from '../names/references'
import { variableTable } from '../names/variables'
import type { BuiltRule } from '../schema'
import { ruleTable } from '../schema'
import type { RuleProblem } from './cel'
import { all, any, type Condition, constant } from './conditions'
import { listOperand, literal, type Operand, operandOf } from './operands'
import { conditionOf, type Making } from './operators'

type Row = Extract<BuiltRule, { field: string }>
type Compiling = { names: Names; problems: RuleProblem[] }

/** Rows name fields with or without "lead." before them. */
function segmentsOf(field: string): string[] {
  const path = field.trim().split('.')
  return path[0] === 'lead' || path[0] === 'appended' || variableTable.has(path.join('.')) ? path : ['lead', ...path]
}

function subjectOf(field: string, { names, note }: Making): Operand {
  const found = findReference(segmentsOf(field), names, 'rule')
  if ('problem' in found) {
    note(found.problem)
    return operandOf(nothing(field))
  }
  if (found.warning) note(found.warning, 'warning')
  return operandOf(found.reference)
}

const isField = (value: unknown): value is string => typeof value === 'string' && /^\s*[a-z]/i.test(value)

/** Places that miles are measured from: postal codes, or fields that hold one. */
const placeOf = (place: unknown, to: Making) => (isField(place) ? subjectOf(place, to) : literal(place))

function distanceObjects(value: unknown, to: Making): Operand[] {
  const [miles, ...places] = Array.isArray(value) ? value : [value]
  const [first, ...more] = places.map((place) => placeOf(place, to))
  if (!first) return [literal(miles)]
  return [literal(miles), more.length === 0 ? first : listOperand([first, ...more])]
}

function objectsOf({ op, value }: Row, to: Making): Operand[] {
  const { takes } = ruleTable[op]
  if (takes === 'nothing') return []
  return takes === 'distance' ? distanceObjects(value, to) : [literal(value)]
}

const isFormat = (row: Row) => ruleTable[row.op].group === 'format' && !row.field.endsWith('.valid')

function conditionOfRow(row: Row, to: Making): Condition {
  const subject = subjectOf(isFormat(row) ? `${row.field}.valid` : row.field, to)
  if (ruleTable[row.op].takes !== 'nothing' && row.value === undefined) {
    to.note(`Give a value to compare ${subject.words} with.`)
    return constant(false)
  }
  return conditionOf(row.op, subject, objectsOf(row, to), false, to)
}

const deepest = 20

function part(rule: BuiltRule, path: readonly (string | number)[], to: Compiling): Condition {
  const note: Making['note'] = (message, severity = 'error') =>
    to.problems.push({ severity, message, ...(path.length > 0 && { at: path.join('.') }) })
  if ('field' in rule) return conditionOfRow(rule, { names: to.names, note })
  if (path.length > 2 * deepest) {
    note('The groups of this rule are nested too deeply.')
    return constant(false)
  }
  return 'all' in rule
    ? all(rule.all.map((inner, index) => part(inner, [...path, 'all', index], to)))
    : any(rule.any.map((inner, index) => part(inner, [...path, 'any', index], to)))
}

/** Compiles rows as the rule builder makes them. A group without rows is always true. */
export function compileRows(rule: BuiltRule, names: Names): { condition: Condition; problems: RuleProblem[] } {
  const problems: RuleProblem[] = []
  return { condition: part(rule, [], { names, problems }), problems }
}
