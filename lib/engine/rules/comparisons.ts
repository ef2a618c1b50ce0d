import type { Kind, Reference } from '../names/references'
import { isBlank, type Read, type Scope, textOf } from '../names/scope'
import { type Condition, constant, leaf } from './conditions'
import type { Pattern } from './patterns'
import { answerOfValue, isOrdered, normalFor, type Order, type OrderOp, orderKey, sameValue } from './values'

/** One side of a comparison. */
export type Operand = {
  read: Read
  words: string
  kind?: Kind | undefined
  /** Present for what is written in the rule itself. */
  literal?: { value: unknown }
  order?: Read | undefined
  masked?: boolean
  reference?: Reference
}

export const operandOf = (reference: Reference): Operand => ({
  read: reference.read,
  words: reference.words,
  kind: reference.kind,
  order: reference.order,
  masked: reference.masked,
  reference,
})

const literalWords = (value: unknown): string => {
  if (value === '' || value === null) return 'blank'
  return Array.isArray(value) ? value.map(textOf).join(', ') : textOf(value)
}

export const literal = (value: unknown): Operand => ({
  read: () => value,
  words: literalWords(value),
  literal: { value },
})

type Phrase = { is: string; not: string; must: string; mustNot: string }
const phrase = (is: string, not: string, must: string, mustNot: string): Phrase => ({ is, not, must, mustNot })
const being = (rest: string): Phrase => phrase(`is ${rest}`, `is not ${rest}`, `must be ${rest}`, `must not be ${rest}`)

const phrases = {
  equal: phrase('is', 'is not', 'must be', 'must not be'),
  oneOf: being('one of'),
  blank: phrase('is blank', 'is given', 'must be blank', 'is required'),
  true: being('true'),
  false: being('false'),
  valid: being('valid'),
  contains: phrase('contains', 'does not contain', 'must contain', 'must not contain'),
  startsWith: phrase('starts with', 'does not start with', 'must start with', 'must not start with'),
  endsWith: phrase('ends with', 'does not end with', 'must end with', 'must not end with'),
  matches: phrase('matches', 'does not match', 'must match', 'must not match'),
} as const satisfies Record<string, Phrase>

const orderPhrases: Record<OrderOp, Phrase> = {
  '<': being('less than'),
  '<=': being('at most'),
  '>': being('more than'),
  '>=': being('at least'),
}
const timePhrases: Record<OrderOp, Phrase> = {
  '<': being('before'),
  '<=': being('on or before'),
  '>': being('after'),
  '>=': being('on or after'),
}

type Made = { phrase: Phrase; left: Operand; right?: Operand; negated: boolean; test: (scope: Scope) => boolean }

function make({ phrase: words, left, right, negated, test }: Made): Condition {
  const object = right ? ` ${right.words}` : ''
  const hidden = left.masked || right?.masked
  return leaf({
    words: `${left.words} ${negated ? words.not : words.is}${object}`,
    must: `${left.words} ${negated ? words.mustNot : words.must}${object}`,
    test: negated ? (scope) => !test(scope) : test,
    ...(!hidden && !left.literal && { left: left.read }),
    ...(!hidden && right && { right: right.read }),
  })
}

export function blank(operand: Operand, negated: boolean): Condition {
  return make({ phrase: phrases.blank, left: operand, negated, test: (scope) => isBlank(operand.read(scope)) })
}

/** A value standing alone where a condition is wanted. */
export function truth(operand: Operand, negated: boolean, expected = true): Condition {
  const { read, reference } = operand
  const isValidity = reference?.path.endsWith('.valid') && reference.field !== undefined
  if (isValidity) {
    const test = (scope: Scope) => (read(scope) === true) === expected
    return make({
      phrase: phrases.valid,
      left: operand,
      negated: negated !== !expected,
      test: expected ? test : (s) => !test(s),
    })
  }
  const test = (scope: Scope) => answerOfValue(read(scope)) === expected
  return make({ phrase: expected ? phrases.true : phrases.false, left: operand, negated, test })
}

const flipped: Record<OrderOp, OrderOp> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

/** The side that varies on the left, whatever the order it was written in. */
const mustSwap = (left: Operand, right: Operand) => left.literal !== undefined && right.literal === undefined

export function equal(left: Operand, right: Operand, negated: boolean): Condition {
  if (mustSwap(left, right)) return equal(right, left, negated)
  const fixed = right.literal
  if (!fixed) {
    const test = (scope: Scope) => sameValue(left.read(scope), right.read(scope))
    return make({ phrase: phrases.equal, left, right, negated, test })
  }
  if (left.literal) return constant(sameValue(left.literal.value, fixed.value) !== negated)
  if (isBlank(fixed.value)) return blank(left, negated)
  if (typeof fixed.value === 'boolean') return truth(left, negated, fixed.value)
  const value = normalFor(left.kind, fixed.value)
  return make({ phrase: phrases.equal, left, right, negated, test: equalTest(left.read, value) })
}

/** Most rules compare with a text of fixed letters: lower them once. */
function equalTest(read: Read, value: unknown): (scope: Scope) => boolean {
  if (typeof value !== 'string') return (scope) => sameValue(read(scope), value)
  const lower = value.toLowerCase()
  return (scope) => {
    const given = read(scope)
    if (given === value) return true
    return typeof given === 'string' && given.toLowerCase() === lower ? true : sameValue(given, value)
  }
}

const timeKinds: ReadonlySet<string> = new Set(['date', 'dob', 'time'])
const numberKinds: ReadonlySet<string> = new Set(['number', 'currency', 'range'])

function orderOf(left: Operand, right: Operand): Order {
  const kinds = [left.kind, right.kind].filter((kind) => kind !== undefined)
  if (kinds.some((kind) => timeKinds.has(kind))) return 'time'
  return kinds.some((kind) => numberKinds.has(kind)) ? 'number' : 'either'
}

type Key = number | string | undefined

function literalKey(written: unknown, other: Operand, order: Order): Key {
  const value = normalFor(order === 'time' ? timeKind(other) : other.kind, written)
  return orderKey(order, order === 'number' ? middleOf(written, value) : value)
}

function keyReader(side: Operand, other: Operand, order: Order): (scope: Scope) => Key {
  if (side.literal) {
    const key = literalKey(side.literal.value, other, order)
    return () => key
  }
  const read = side.order ?? side.read
  return (scope) => orderKey(order, read(scope))
}

const timeKind = (other: Operand): Kind => (other.kind !== undefined && timeKinds.has(other.kind) ? other.kind : 'date')

/** A number beside a range is itself; text beside one is read as an amount ("$50,000"). */
function middleOf(written: unknown, normal: unknown): unknown {
  return numberOrUndefined(written) ?? numberOrUndefined(normal) ?? amountOf(written)
}
const numberOrUndefined = (value: unknown) => (typeof value === 'number' ? value : undefined)
const amountOf = (written: unknown) => normalFor('number', written)

export function ordered(op: OrderOp, left: Operand, right: Operand, negated: boolean): Condition {
  if (mustSwap(left, right)) return ordered(flipped[op], right, left, negated)
  const order = orderOf(left, right)
  const [leftKey, rightKey] = [keyReader(left, right, order), keyReader(right, left, order)]
  const words = order === 'time' ? timePhrases[op] : orderPhrases[op]
  return make({ phrase: words, left, right, negated, test: (scope) => isOrdered(op, leftKey(scope), rightKey(scope)) })
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
      ? make({ phrase: phrases.contains, left: right, right: left, negated, test })
      : make({ phrase: phrases.oneOf, left, right, negated, test })
  }
  const values = listOf(right.literal.value)
  return make({ phrase: phrases.oneOf, left, right: literal(values), negated, test: memberTest(left, values) })
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

export type TextOp = 'contains' | 'startsWith' | 'endsWith'

const textTests: Record<TextOp, (text: string, part: string) => boolean> = {
  contains: (text, part) => text.includes(part),
  startsWith: (text, part) => text.startsWith(part),
  endsWith: (text, part) => text.endsWith(part),
}

function textTest(op: TextOp, value: unknown, part: string): boolean {
  if (isBlank(value) || part === '') return false
  if (Array.isArray(value)) return value.some((element) => textTest(op, element, part))
  return textTests[op](textOf(value).toLowerCase(), part)
}

export function textual(op: TextOp, left: Operand, right: Operand, negated: boolean): Condition {
  const fixed = right.literal ? textOf(right.literal.value).toLowerCase() : undefined
  const test =
    fixed === undefined
      ? (scope: Scope) => textTest(op, left.read(scope), textOf(right.read(scope)).toLowerCase())
      : (scope: Scope) => textTest(op, left.read(scope), fixed)
  return make({ phrase: phrases[op], left, right, negated, test })
}

export function matching(left: Operand, pattern: Pattern, negated: boolean): Condition {
  const test = (scope: Scope) => {
    const value = left.read(scope)
    if (isBlank(value)) return false
    return Array.isArray(value) ? value.some((element) => pattern.test(textOf(element))) : pattern.test(textOf(value))
  }
  return make({ phrase: phrases.matches, left, right: literal(pattern.source), negated, test })
}
