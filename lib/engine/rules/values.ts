import { parseField } from '../fields/index'
import type { Kind } from '../names/references'
import { isBlank, textOf } from '../names/scope'
import { fieldTypes } from '../schema'
import { clockText, minuteOf } from './clock'

const truths = new Set(['true', 't', 'yes', 'y', '1', 'on'])
const falsehoods = new Set(['false', 'f', 'no', 'n', '0', 'off'])

/** Yes, no, or neither: what a value says as an answer to a yes-or-no question. */
export function answerOfValue(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isNaN(value) ? undefined : value !== 0
  if (typeof value !== 'string') return undefined
  const word = value.trim().toLowerCase()
  if (truths.has(word)) return true
  return falsehoods.has(word) ? false : undefined
}

const plainNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i

/** The number that a value is or spells; nothing else counts as one. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'string' || value.length > 40) return undefined
  const text = value.trim()
  return plainNumber.test(text) ? Number(text) : undefined
}

const types: ReadonlySet<string> = new Set(fieldTypes)
const isFieldType = (kind: Kind): kind is (typeof fieldTypes)[number] => types.has(kind)

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

function weekdayOf(value: unknown): unknown {
  const number = numberOf(value)
  if (number !== undefined) return weekdays[(number + 6) % 7] ?? value
  const start = textOf(value).trim().slice(0, 3).toLowerCase()
  return weekdays.find((day) => day.toLowerCase() === start) ?? value
}

function clockOf(value: unknown): unknown {
  const minute = minuteOf(value)
  return minute === undefined ? value : clockText(minute)
}

/**
 * A value written in a rule, in the form that values of the kind have: a date by its day, a phone by its digits, a
 * state by its code. Weekdays may be words, their beginnings, or 1 (Monday) to 7.
 */
export function normalFor(kind: Kind | undefined, value: unknown): unknown {
  if (kind === undefined || kind === 'string' || typeof value === 'boolean' || isBlank(value)) return value
  if (Array.isArray(value)) return value.map((element) => normalFor(kind, element))
  if (kind === 'weekday') return weekdayOf(value)
  if (kind === 'clock') return clockOf(value)
  if (!isFieldType(kind)) return value
  // Cards keep no more than their last digits, and numbers are compared as numbers whatever they are written as.
  if (kind === 'credit_card' || (kind === 'number' && typeof value === 'number')) return value
  const read = parseField(kind, value)
  return read.valid ? read.normal : value
}

const sameText = (left: string, right: string) =>
  left === right ||
  (left.length === right.length && left.toLowerCase() === right.toLowerCase()) ||
  unlikeLength(left, right)

/** A few letters change their length with their case ("İ"). */
const unlikeLength = (left: string, right: string) =>
  left.length !== right.length && left.trim().toLowerCase() === right.trim().toLowerCase()

function sameScalar(left: unknown, right: unknown): boolean {
  if (typeof left === 'string' && typeof right === 'string') {
    if (sameText(left, right)) return true
    const number = numberOf(left)
    return number !== undefined && isRounded(left, right) && number === numberOf(right)
  }
  if (typeof left === 'boolean' || typeof right === 'boolean') return answerOfValue(left) === answerOfValue(right)
  const number = numberOf(left)
  return number !== undefined && number === numberOf(right)
}

/** "45" and "45.00" are one amount, while "01234" and "1234" are two postal codes. */
const isRounded = (left: string, right: string) => !/^0\d/.test(left.trim()) && !/^0\d/.test(right.trim())

/** Equality as rules mean it: letter case aside, numbers by value, blank like blank; of a list any element will do. */
export function sameValue(left: unknown, right: unknown): boolean {
  if (isBlank(left) || isBlank(right)) return isBlank(left) && isBlank(right)
  if (Array.isArray(left)) return left.some((element) => sameValue(element, right))
  if (Array.isArray(right)) return right.some((element) => sameValue(left, element))
  return sameScalar(left, right)
}

const isoStart = /^\d{4}-\d{2}-\d{2}/

/** How values are put in order: by day and time, by time of day, by number, or by whichever of number and text both are. */
export type Order = 'time' | 'clock' | 'number' | 'either'

/** Something that sorts as the value does; undefined when it can't be ordered. */
export function orderKey(order: Order, value: unknown): number | string | undefined {
  if (isBlank(value)) return undefined
  // ISO days and times sort as their text does.
  if (order === 'time') return typeof value === 'string' && isoStart.test(value) ? value : undefined
  const number = numberOf(value)
  if (number !== undefined || order === 'number') return number
  return typeof value === 'string' ? value.toLowerCase() : undefined
}

export type OrderOp = '<' | '<=' | '>' | '>='

/** False unless both have a place in the same order. */
export function isOrdered(op: OrderOp, left: number | string | undefined, right: number | string | undefined): boolean {
  if (left === undefined || right === undefined || typeof left !== typeof right) return false
  if (op === '<') return left < right
  if (op === '<=') return left <= right
  return op === '>' ? left > right : left >= right
}
