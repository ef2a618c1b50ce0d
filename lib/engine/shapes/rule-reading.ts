import { ruleFunctions } from './rule-functions'
import { type Expression, type Literal, readExpression } from './rule-grammar'
import { type RuleTakes, ruleTable } from './rule-table'
import type { ListName } from './rule-text'
import type { BuiltRule, RuleOp } from './rules'

type Row = Extract<BuiltRule, { field: string }>
type Value = NonNullable<Row['value']>

const fieldOf = (path: readonly string[]): string => (path[0] === 'lead' ? path.slice(1) : path).join('.')

const comparisons: Readonly<Record<string, RuleOp>> = {
  '<': 'less_than',
  '<=': 'at_most',
  '>': 'greater_than',
  '>=': 'at_least',
}
const flipped: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

const isPlain = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number'

const oppositeIf = (op: RuleOp, isNot: boolean): RuleOp | undefined => (isNot ? ruleTable[op].opposite : op)

function equalRow(field: string, value: Literal, isNot: boolean): BuiltRule | undefined {
  if (Array.isArray(value)) return undefined
  const plain = (op: RuleOp): BuiltRule | undefined => {
    const meant = oppositeIf(op, isNot)
    return meant && { field, op: meant }
  }
  if (value === null || value === '') return plain('blank')
  if (typeof value === 'boolean') return plain(value ? 'true' : 'false')
  return { field, op: isNot ? 'not_equals' : 'equals', value }
}

function rowFor(field: string, op: string, value: Literal): BuiltRule | undefined {
  if (op === 'in') return Array.isArray(value) ? { field, op: 'in', value } : undefined
  if (op === '==' || op === '!=') return equalRow(field, value, op === '!=')
  const order = comparisons[op]
  return order && isPlain(value) ? { field, op: order, value } : undefined
}

function comparedRow({ op, left, right }: Extract<Expression, { kind: 'compared' }>): BuiltRule | undefined {
  if (left.kind === 'path' && right.kind === 'literal') return rowFor(fieldOf(left.path), op, right.value)
  if (left.kind !== 'literal' || right.kind !== 'path' || op === 'in') return undefined
  return rowFor(fieldOf(right.path), flipped[op] ?? op, left.value)
}

/** What miles are measured from: postal codes and fields. */
function placesOf(place: Expression): string[] | undefined {
  if (place.kind === 'path') return [fieldOf(place.path)]
  if (place.kind === 'elements') {
    const found = place.elements.map(placesOf)
    return found.every((one) => one !== undefined) ? found.flat() : undefined
  }
  if (place.kind !== 'literal') return undefined
  const values = Array.isArray(place.value) ? place.value : [place.value]
  return values.every((value) => typeof value === 'string') ? values : undefined
}

const literalOf = (node: Expression | undefined): Literal | undefined =>
  node?.kind === 'literal' ? node.value : undefined

/** Two ends written in one text; only plain ones go into two boxes. */
const endsOf = (text: string): Value | undefined => /^\s*(\d+)\s*-\s*(\d+)\s*$/.exec(text)?.slice(1, 3)

function boundsOf(first: Literal | undefined, second: Literal | undefined): Value | undefined {
  if (second === undefined) return typeof first === 'string' ? endsOf(first) : undefined
  return isPlain(first) && isPlain(second) ? [first, second] : undefined
}

type Given = { value: Literal | undefined; second: Expression | undefined; lists: readonly ListName[] }

const textIf = ({ value }: Given) => (typeof value === 'string' ? value : undefined)

/** The value of a row, out of what stands in a call after its field. */
const readers: Partial<Record<RuleTakes, (given: Given) => Value | undefined>> = {
  bounds: ({ value, second }) => boundsOf(value, literalOf(second)),
  patterns: ({ value }) => (Array.isArray(value) ? value : undefined),
  text: ({ value }) => (isPlain(value) ? value : undefined),
  days: ({ value }) => (typeof value === 'number' ? value : undefined),
  distance({ value, second }) {
    const places = second && placesOf(second)
    return typeof value === 'number' && places ? [value, ...places] : undefined
  },
  list(given) {
    const named = textIf(given)
    return given.lists.find(({ name }) => name.toLowerCase() === named?.toLowerCase())?.id ?? named
  },
}

function calledRow(node: Extract<Expression, { kind: 'call' }>, lists: readonly ListName[]): BuiltRule | undefined {
  const op = Object.hasOwn(ruleFunctions, node.name) ? ruleFunctions[node.name]?.op : undefined
  const [subject, ...objects] = node.given
  if (!op || subject?.kind !== 'path') return undefined
  const field = fieldOf(subject.path)
  if (ruleTable[op].takes === 'nothing') return objects.length === 0 ? { field, op } : undefined
  const [first, second] = objects
  const read = readers[ruleTable[op].takes] ?? textIf
  const value = read({ value: literalOf(first), second, lists })
  return value === undefined ? undefined : { field, op, value }
}

function bareRow(path: readonly string[]): BuiltRule {
  const field = fieldOf(path)
  const format = '.valid'
  return field.endsWith(format) ? { field: field.slice(0, -format.length), op: 'valid' } : { field, op: 'true' }
}

function leafOf(node: Expression, lists: readonly ListName[]): BuiltRule | undefined {
  if (node.kind === 'compared') return comparedRow(node)
  if (node.kind === 'call') return calledRow(node, lists)
  return node.kind === 'path' && node.path.length > 1 ? bareRow(node.path) : undefined
}

function negatedRow(rule: BuiltRule | undefined): BuiltRule | undefined {
  if (!rule || !('field' in rule)) return undefined
  const { opposite } = ruleTable[rule.op]
  return opposite && { ...rule, op: opposite }
}

function partOf(node: Expression, isNot: boolean, lists: readonly ListName[]): BuiltRule | undefined {
  if (node.kind === 'not') return partOf(node.inner, !isNot, lists)
  if (node.kind === 'joined') {
    const parts = node.parts.map((part) => partOf(part, isNot, lists))
    if (!parts.every((part) => part !== undefined)) return undefined
    return (node.op === '&&') !== isNot ? { all: parts } : { any: parts }
  }
  const leaf = leafOf(node, lists)
  return isNot ? negatedRow(leaf) : leaf
}

/** The rows that an expression says; `undefined` when it says more than rows can. */
export function ruleOfText(text: string, lists: readonly ListName[] = []): BuiltRule | undefined {
  if (text.trim() === '') return { all: [] }
  const read = readExpression(text)
  return read && partOf(read, false, lists)
}
