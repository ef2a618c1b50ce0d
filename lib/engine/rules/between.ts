import type { Scope } from '../names/scope'
import { clockText, minuteOf } from './clock'
import { type Condition, constant } from './conditions'
import { literal, make, type Noting, type Operand } from './operands'
import { keyReader, literalKey, minuteOfValue, orderOf } from './ordering'
import { isOrdered } from './values'

type Bounds = readonly [Operand, Operand]

const separators = [/\s+(?:-|–|—|to|and)\s+/i, /\s*(?:–|—|\.\.)\s*/, /(?<=\d[^-]*)-/]

/** The two ends of "10000-19999", "0830-1645" or "2026-01-01 to 2026-03-31". */
function endsOf(text: string): Bounds | undefined {
  for (const separator of separators) {
    const [low = '', high = '', ...more] = text.trim().split(separator)
    if (low !== '' && high !== '' && more.length === 0) return [literal(low), literal(high)]
  }
  return undefined
}

const boundsOf = (objects: readonly Operand[]): Bounds | undefined => {
  const [first, second] = objects
  if (first && second) return [first, second]
  const value = first?.literal?.value
  if (Array.isArray(value) && value.length === 2) return [literal(value[0]), literal(value[1])]
  return typeof value === 'string' ? endsOf(value) : undefined
}

/** A time of day from 22:00 to 06:00 goes over midnight. */
function inWindow(subject: Operand, from: number, to: number): (scope: Scope) => boolean {
  const isOver = from > to
  return (scope) => {
    const minute = minuteOfValue(subject.read(scope), scope.flow.timeZone)
    if (minute === undefined) return false
    return isOver ? minute >= from || minute <= to : minute >= from && minute <= to
  }
}

function windowOf(subject: Operand, [low, high]: Bounds): readonly [number, number] | undefined {
  if (subject.kind !== 'clock' && subject.kind !== 'time') return undefined
  const [from, to] = [low, high].map((bound) => (bound.literal ? minuteOf(bound.literal.value) : undefined))
  return from === undefined || to === undefined ? undefined : [from, to]
}

function refusalOf(subject: Operand, bounds: Bounds): string | undefined {
  const [low, high] = bounds
  const keys = bounds.map((bound) => bound.literal && literalKey(bound.literal.value, subject, orderOf(subject, bound)))
  const wrong = bounds.findIndex((bound, index) => bound.literal && keys[index] === undefined)
  if (wrong >= 0) return `${subject.words} can’t be put in order with ${bounds[wrong]?.words}.`
  return low.literal && high.literal && isOrdered('>', keys[0], keys[1])
    ? `Give the smaller one first: ${high.words}, then ${low.words}.`
    : undefined
}

/** From the first to the second, both included; ends may be fields. */
export function between(subject: Operand, objects: readonly Operand[], negated: boolean, note: Noting): Condition {
  const bounds = boundsOf(objects)
  if (!bounds) {
    note('Give the two ends, like 600 and 700.', 'error', 0)
    return constant(false)
  }
  const window = windowOf(subject, bounds)
  if (window) {
    const [from, to] = window
    const words = `${clockText(from)} and ${clockText(to)}`
    return make({ op: 'between', left: subject, right: { words }, negated, test: inWindow(subject, from, to) })
  }
  const refusal = refusalOf(subject, bounds)
  if (refusal) note(refusal, 'error', 0)
  const [low, high] = bounds
  const test = betweenTest(subject, low, high)
  const read = low.literal && high.literal ? undefined : (scope: Scope) => [low.read(scope), high.read(scope)]
  const masked = low.masked || high.masked
  const right = { words: `${low.words} and ${high.words}`, masked, ...(read && { read }) }
  return make({ op: 'between', left: subject, right, negated, test })
}

function betweenTest(subject: Operand, low: Operand, high: Operand): (scope: Scope) => boolean {
  const [lowOrder, highOrder] = [orderOf(subject, low), orderOf(subject, high)]
  const [atLow, lowKey] = [keyReader(subject, low, lowOrder), keyReader(low, subject, lowOrder)]
  const [atHigh, highKey] = [keyReader(subject, high, highOrder), keyReader(high, subject, highOrder)]
  return (scope) => isOrdered('>=', atLow(scope), lowKey(scope)) && isOrdered('<=', atHigh(scope), highKey(scope))
}
