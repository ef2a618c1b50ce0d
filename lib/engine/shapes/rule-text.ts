import { ruleFunctions } from './rule-functions'
import { ruleTable } from './rule-table'
import type { BuiltRule, RuleOp } from './rules'

/** A list by its two names: rows hold the id, expressions the name. */
export type ListName = { id: string; name: string }

const otherRoots = /^(?:(?:submission|source|flow|now|appended)\..+|lead\..+|random|test_mode|is_test)$/
const plainPath = /^[a-z_]\w*(?:\.[a-z_]\w*)*$/i

function referenceTo(field: string): string {
  if (otherRoots.test(field)) return field
  return plainPath.test(field) ? `lead.${field}` : `lead[${quoted(field)}]`
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', "'": "\\'", '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function quoted(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return `[${value.map(quoted).join(', ')}]`
  return `'${String(value ?? '').replace(/[\\'\n\r\t]/g, (sign) => escapes[sign] ?? sign)}'`
}

const symbols: Partial<Record<RuleOp, string>> = {
  equals: '==',
  not_equals: '!=',
  less_than: '<',
  at_most: '<=',
  greater_than: '>',
  at_least: '>=',
}
const functionOf = new Map(Object.entries(ruleFunctions).flatMap(([name, { op }]) => (op ? [[op, name] as const] : [])))
/** Written after the field, as people write them. */
const methods: ReadonlySet<string> = new Set(['contains', 'startsWith', 'endsWith', 'matches'])

const valuesOf = (value: unknown): unknown[] => {
  if (Array.isArray(value)) return value
  return typeof value === 'string' ? value.split(',').map((element) => element.trim()) : [value]
}

const isField = (value: unknown): value is string => typeof value === 'string' && /^\s*[a-z]/i.test(value)
const placeOf = (place: unknown) => (isField(place) ? referenceTo(place.trim()) : quoted(place))

function places(value: readonly unknown[]): string {
  const written = value.map(placeOf)
  return written.length === 1 ? (written[0] ?? '') : `[${written.join(', ')}]`
}

type Row = Extract<BuiltRule, { field: string }>

function argumentsOf({ op, value }: Row, lists: readonly ListName[]): string[] {
  const { takes } = ruleTable[op]
  if (takes === 'nothing') return []
  if (takes === 'bounds' && Array.isArray(value)) return value.map(quoted)
  if (takes === 'patterns') return [quoted(Array.isArray(value) ? value : [value])]
  if (takes === 'list') return [quoted(lists.find(({ id }) => id === value)?.name ?? value)]
  if (takes !== 'distance') return [quoted(value)]
  const [miles, ...where] = Array.isArray(value) ? value : [value]
  return where.length === 0 ? [quoted(miles)] : [quoted(miles), places(where)]
}

function called(row: Row, lists: readonly ListName[]): string | undefined {
  const name = functionOf.get(row.op)
  if (name === undefined) return undefined
  const reference = referenceTo(row.field)
  const rest = argumentsOf(row, lists)
  return methods.has(name) ? `${reference}.${name}(${rest.join(', ')})` : `${name}(${[reference, ...rest].join(', ')})`
}

function plain({ field, op, value }: Row): string | undefined {
  const reference = referenceTo(field)
  const symbol = symbols[op]
  if (symbol) return `${reference} ${symbol} ${quoted(value)}`
  if (op === 'in') return `${reference} in ${quoted(valuesOf(value))}`
  if (op === 'not_in') return `!(${reference} in ${quoted(valuesOf(value))})`
  if (op === 'valid') return field.endsWith('.valid') ? reference : `${reference}.valid`
  if (op === 'true') return reference
  if (op === 'false') return `${reference} == false`
  return op === 'not_false' ? `${reference} != false` : undefined
}

function rowText(row: Row, lists: readonly ListName[]): string {
  const text = plain(row) ?? called(row, lists)
  const { opposite } = ruleTable[row.op]
  return text ?? (opposite ? `!${rowText({ ...row, op: opposite }, lists)}` : '')
}

/** A built rule as an expression that means the same. */
export function expressionOf(rule: BuiltRule, lists: readonly ListName[] = [], isInside = false): string {
  if ('field' in rule) return rowText(rule, lists)
  const [parts, join] = 'all' in rule ? [rule.all, ' && '] : [rule.any, ' || ']
  // A group without conditions is true of every lead.
  if (parts.length === 0) return 'true'
  const text = parts.map((part) => expressionOf(part, lists, true)).join(join)
  return isInside && parts.length > 1 ? `(${text})` : text
}
