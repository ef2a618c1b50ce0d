import { parseField } from '../fields/index'
import { msOfIso } from '../names/iso'
import type { Kind } from '../names/references'
import type { Scope } from '../names/scope'
import { dayIn, minuteIn } from '../names/zone'
import { minuteOf } from './clock'
import type { Operand } from './operands'
import { normalFor, type Order, orderKey } from './values'

const timeKinds: ReadonlySet<string> = new Set(['date', 'dob', 'time'])
const numberKinds: ReadonlySet<string> = new Set(['number', 'currency', 'range'])

/** The order that two sides have in common. */
export function orderOf(left: Operand, right: Operand): Order {
  const kinds = [left.kind, right.kind].filter((kind) => kind !== undefined)
  if (kinds.some((kind) => kind === 'clock')) return 'clock'
  if (kinds.some((kind) => timeKinds.has(kind))) return 'time'
  return kinds.some((kind) => numberKinds.has(kind)) ? 'number' : 'either'
}

/** The kind by which an ordering is put in words. */
export const orderWords = (order: Order): string => (order === 'time' || order === 'clock' ? 'time' : 'number')

export type Key = number | string | undefined

/** A day that is written out without a time of day. */
const isDay = (value: unknown): boolean =>
  typeof value === 'string' && !/\d:\d|^\s*\d{10,}\s*$/.test(value) && parseField('date', value).valid

const isDayOfTime = (side: Operand, written: unknown): boolean => side.kind === 'time' && isDay(written)

/** True where a moment is put beside a day: then only its day counts. */
export const isBesideDay = (side: Operand, other: Operand) =>
  side.kind === 'time' && (other.literal ? isDay(other.literal.value) : other.kind === 'date' || other.kind === 'dob')

/** A value that is written out, as it sorts beside the other side. */
export function literalKey(written: unknown, other: Operand, order: Order): Key {
  if (order === 'clock') return minuteOf(written)
  if (order === 'time')
    return orderKey(order, normalFor(isDayOfTime(other, written) ? 'date' : timeKind(other), written))
  const value = normalFor(other.kind, written)
  return orderKey(order, order === 'number' ? middleOf(written, value) : value)
}

const timeKind = (other: Operand): Kind => (other.kind !== undefined && timeKinds.has(other.kind) ? other.kind : 'date')

/** A number beside a range is itself; text beside one is read as an amount ("$50,000"). */
function middleOf(written: unknown, normal: unknown): unknown {
  return numberOrUndefined(written) ?? numberOrUndefined(normal) ?? normalFor('number', written)
}
const numberOrUndefined = (value: unknown) => (typeof value === 'number' ? value : undefined)

/** The day of a moment in the flow's zone, or of a day as it stands. */
export function dayOfValue(value: unknown, timeZone: string): string | undefined {
  if (typeof value !== 'string') return undefined
  if (value.length === 10) return value
  const ms = msOfIso(value)
  return ms === undefined ? undefined : dayIn(ms, timeZone)
}

/** Minutes since midnight of a time of day, or of a moment in the flow's zone. */
export function minuteOfValue(value: unknown, timeZone: string): number | undefined {
  const ms = typeof value === 'string' && value.length > 10 ? msOfIso(value) : undefined
  return ms === undefined ? minuteOf(value) : minuteIn(ms, timeZone)
}

/** Reads what sorts as a side of an ordering does. */
export function keyReader(side: Operand, other: Operand, order: Order): (scope: Scope) => Key {
  if (side.literal) {
    const key = literalKey(side.literal.value, other, order)
    return () => key
  }
  const read = side.order ?? side.read
  if (order === 'clock') return (scope) => minuteOfValue(read(scope), scope.flow.timeZone)
  if (order === 'time' && isBesideDay(side, other)) return (scope) => dayOfValue(read(scope), scope.flow.timeZone)
  return (scope) => orderKey(order, read(scope))
}
