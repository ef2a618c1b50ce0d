import { isBlank, type Read, type Scope, textOf } from '../names/scope'
import { type Condition, constant } from './conditions'
import { literal, make, type Operand } from './operands'
import { isBesideDay, keyReader, literalKey, orderOf, orderWords } from './ordering'
import { answerOfValue, isOrdered, normalFor, type OrderOp, sameValue } from './values'

export function blank(operand: Operand, negated: boolean): Condition {
  return make({ op: 'blank', left: operand, negated, test: (scope) => isBlank(operand.read(scope)) })
}

/** A value standing alone where a condition is wanted. */
export function truth(operand: Operand, negated: boolean, expected = true): Condition {
  const { read, reference } = operand
  const isValidity = reference?.path.endsWith('.valid') && reference.field !== undefined
  if (isValidity) {
    const test = (scope: Scope) => (read(scope) === true) === expected
    return make({
      op: 'valid',
      left: operand,
      negated: negated !== !expected,
      test: expected ? test : (s) => !test(s),
    })
  }
  const test = (scope: Scope) => answerOfValue(read(scope)) === expected
  return make({ op: expected ? 'true' : 'false', left: operand, negated, test })
}

const flipped: Record<OrderOp, OrderOp> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

/** The side that varies on the left, whatever the order it was written in. */
const mustSwap = (left: Operand, right: Operand) => left.literal !== undefined && right.literal === undefined

export function equal(left: Operand, right: Operand, negated: boolean): Condition {
  if (mustSwap(left, right)) return equal(right, left, negated)
  const fixed = right.literal
  if (!fixed) {
    if (isBesideDay(left, right) || isBesideDay(right, left)) return sameDay(left, right, negated)
    const test = (scope: Scope) => sameValue(left.read(scope), right.read(scope))
    return make({ op: 'equals', left, right, negated, test })
  }
  if (left.literal) return constant(sameValue(left.literal.value, fixed.value) !== negated)
  if (isBlank(fixed.value)) return blank(left, negated)
  if (typeof fixed.value === 'boolean') return truth(left, negated, fixed.value)
  if (isBesideDay(left, right)) return sameDay(left, right, negated)
  const value = normalFor(left.kind, fixed.value)
  return make({ op: 'equals', left, right, negated, test: equalTest(left.read, value) })
}

/** A time is on a day, whatever the hour. */
function sameDay(left: Operand, right: Operand, negated: boolean): Condition {
  const [leftKey, rightKey] = [keyReader(left, right, 'time'), keyReader(right, left, 'time')]
  const test = (scope: Scope) => {
    const day = leftKey(scope)
    return day !== undefined && day === rightKey(scope)
  }
  return make({ op: 'equals', left, right, negated, test })
}

/** Most rules compare with a text of fixed letters: lower them once, and look no further where none is a digit. */
function equalTest(read: Read, value: unknown): (scope: Scope) => boolean {
  if (typeof value !== 'string') return (scope) => sameValue(read(scope), value)
  const lower = value.trim().toLowerCase()
  const isWords = !/\d/.test(value)
  return (scope) => {
    const given = read(scope)
    if (given === value) return true
    if (typeof given !== 'string') return sameValue(given, value)
    if (!isWords) return given.toLowerCase() === lower || sameValue(given, value)
    return (given.length === lower.length ? given : given.trim()).toLowerCase() === lower
  }
}

const rowOps = { '<': 'less_than', '<=': 'at_most', '>': 'greater_than', '>=': 'at_least' } as const

export function ordered(op: OrderOp, left: Operand, right: Operand, negated: boolean): Condition {
  if (mustSwap(left, right)) return ordered(flipped[op], right, left, negated)
  const order = orderOf(left, right)
  const [leftKey, rightKey] = [keyReader(left, right, order), keyReader(right, left, order)]
  const test = (scope: Scope) => isOrdered(op, leftKey(scope), rightKey(scope))
  return make({ op: rowOps[op], left, right, negated, test, kind: orderWords(order) })
}

/** True where a rule orders something that can never be ordered: a date field against "abc". */
export function isUnorderable(left: Operand, right: Operand): boolean {
  const [side, other] = right.literal ? [right, left] : [left, right]
  const order = orderOf(left, right)
  if (!side.literal || other.literal || order === 'either') return false
  return literalKey(side.literal.value, other, order) === undefined
}

const listOf = (value: unknown): unknown[] => {
  if (Array.isArray(value)) return value
  if (typeof value === 'string') return value.split(',').map((element) => element.trim())
  return isBlank(value) ? [] : [value]
}

/** `left in right`: the list may be written out, a field with several values, or text with commas. */
export function oneOf(left: Operand, right: Operand, negated: boolean): Condition {
  if (!right.literal) {
    const test = (scope: Scope) => {
      const value = left.read(scope)
      return !isBlank(value) && listOf(right.read(scope)).some((element) => sameValue(value, element))
    }
    return left.literal
      ? make({ op: 'includes', left: right, right: left, negated, test })
      : make({ op: 'in', left, right, negated, test })
  }
  const values = listOf(right.literal.value)
  return make({ op: 'in', left, right: literal(values), negated, test: memberTest(left, values) })
}

function memberTest(left: Operand, written: unknown[]): (scope: Scope) => boolean {
  const values = written.map((element) => normalFor(left.kind, element))
  const texts = new Set(values.filter((value) => typeof value === 'string').map((value) => value.toLowerCase()))
  const allTexts = texts.size > 0 && values.every((value) => typeof value === 'string' && !isBlank(value))
  return (scope) => {
    const value = left.read(scope)
    if (typeof value === 'string' && texts.has(value.toLowerCase())) return true
    // Text that is in no list of words can still be a number that is written otherwise.
    return (
      !(allTexts && typeof value === 'string' && !/\d/.test(value)) &&
      values.some((element) => sameValue(value, element))
    )
  }
}

export type TextOp = 'includes' | 'starts_with' | 'ends_with'

const textTests: Record<TextOp, (text: string, part: string) => boolean> = {
  includes: (text, part) => text.includes(part),
  starts_with: (text, part) => text.startsWith(part),
  ends_with: (text, part) => text.endsWith(part),
}

/** Whether a value, or one of several, passes a test of its text; a blank one does not. */
export function anyText(value: unknown, test: (text: string) => boolean): boolean {
  if (isBlank(value)) return false
  return Array.isArray(value) ? value.some((element) => anyText(element, test)) : test(textOf(value))
}

export function textual(op: TextOp, left: Operand, right: Operand, negated: boolean): Condition {
  const has = textTests[op]
  const within = (value: unknown, part: string) =>
    part !== '' && anyText(value, (text) => has(text.toLowerCase(), part))
  const fixed = right.literal ? textOf(right.literal.value).toLowerCase() : undefined
  const test =
    fixed === undefined
      ? (scope: Scope) => within(left.read(scope), textOf(right.read(scope)).toLowerCase())
      : (scope: Scope) => within(left.read(scope), fixed)
  return make({ op, left, right, negated, test })
}
