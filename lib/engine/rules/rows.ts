import { findReference, type Names, nothing } from '../names/references'
import { variableTable } from '../names/variables'
import type { BuiltRule, RuleOp } from '../schema'
import type { RuleProblem } from './cel'
import {
  blank,
  equal,
  isUnorderable,
  literal,
  matching,
  type Operand,
  oneOf,
  operandOf,
  ordered,
  textual,
  truth,
} from './comparisons'
import { all, any, type Condition, constant } from './conditions'
import { compilePattern } from './patterns'
import type { OrderOp } from './values'

type Row = Extract<BuiltRule, { field: string }>
type Compiling = { names: Names; problems: RuleProblem[] }

const note = (to: Compiling, message: string, severity: 'error' | 'warning' = 'error') => {
  to.problems.push({ severity, message })
}

/** Rows name fields with or without "lead." before them. */
function segmentsOf(field: string): string[] {
  const path = field.trim().split('.')
  return path[0] === 'lead' || path[0] === 'appended' || variableTable.has(path.join('.')) ? path : ['lead', ...path]
}

function subjectOf(row: Row, to: Compiling): Operand {
  const path = segmentsOf(row.field)
  const found = findReference(path, to.names, 'rule')
  if ('problem' in found) {
    note(to, found.problem)
    return operandOf(nothing(row.field))
  }
  if (found.warning) note(to, found.warning, 'warning')
  return operandOf(found.reference)
}

const orderOps: Partial<Record<RuleOp, OrderOp>> = { less_than: '<', at_most: '<=', greater_than: '>', at_least: '>=' }

function orderedRow(op: OrderOp, subject: Operand, object: Operand, to: Compiling): Condition {
  const field = subject.reference?.field
  if (field !== undefined && !to.names.fields.get(field)?.required) {
    note(to, `${subject.words} may be blank; then this is not true.`, 'warning')
  }
  if (isUnorderable(subject, object)) note(to, `${subject.words} can’t be put in order with ${object.words}.`)
  return ordered(op, subject, object, false)
}

function matchingRow(subject: Operand, value: unknown, negated: boolean, to: Compiling): Condition {
  const pattern = compilePattern(typeof value === 'string' ? value : '')
  if (!('problem' in pattern)) return matching(subject, pattern, negated)
  note(to, pattern.problem)
  return constant(false)
}

function validityOf(row: Row, to: Compiling): Operand {
  return subjectOf(row.field.endsWith('.valid') ? row : { ...row, field: `${row.field}.valid` }, to)
}

/** Operators that look at the field alone. */
function plainRow(row: Row, to: Compiling): Condition | undefined {
  switch (row.op) {
    case 'blank':
    case 'not_blank':
      return blank(subjectOf(row, to), row.op === 'not_blank')
    case 'valid':
    case 'not_valid':
      return truth(validityOf(row, to), row.op === 'not_valid')
    case 'true':
    case 'not_true':
      return truth(subjectOf(row, to), row.op === 'not_true')
    default:
      return undefined
  }
}

function comparingRow(row: Row, to: Compiling): Condition {
  const subject = subjectOf(row, to)
  if (row.value === undefined) {
    note(to, `Give a value to compare ${subject.words} with.`)
    return constant(false)
  }
  const object = literal(row.value)
  const order = orderOps[row.op]
  if (order) return orderedRow(order, subject, object, to)
  const negated = row.op.startsWith('not_')
  const op = negated ? row.op.slice('not_'.length) : row.op
  if (op === 'equals') return equal(subject, object, negated)
  if (op === 'in') return oneOf(subject, object, negated)
  if (op === 'matches') return matchingRow(subject, row.value, negated, to)
  if (op === 'includes') return textual('contains', subject, object, negated)
  return textual(op === 'starts_with' ? 'startsWith' : 'endsWith', subject, object, negated)
}

const deepest = 20

function part(rule: BuiltRule, depth: number, to: Compiling): Condition {
  if ('field' in rule) return plainRow(rule, to) ?? comparingRow(rule, to)
  if (depth > deepest) {
    note(to, 'The groups of this rule are nested too deeply.')
    return constant(false)
  }
  return 'all' in rule
    ? all(rule.all.map((inner) => part(inner, depth + 1, to)))
    : any(rule.any.map((inner) => part(inner, depth + 1, to)))
}

/** Compiles rows as the rule builder makes them. A group without rows is always true. */
export function compileRows(rule: BuiltRule, names: Names): { condition: Condition; problems: RuleProblem[] } {
  const to: Compiling = { names, problems: [] }
  return { condition: part(rule, 0, to), problems: to.problems }
}
