import { centsOf } from '../../../money'
import { dayMs } from '../../../time'
import { dayNumber, isoDay } from '../calendar'
import { type ParseText, type Scalar, unreadable } from '../value'
import { readDay } from './dates'

const bare = /^-?\d{1,15}(?:\.\d{1,15})?$/
const written =
  /^([-+(]?)\s*(?:usd|us|cad|ca|aud|au|a|nzd|nz|mxn|mx|eur|gbp|chf|inr|jpy)?\s*[$€£¥₹]?\s*(-?)(\d{1,3}(?:[,'’\u00a0]\d{2,3})*[,'’\u00a0]\d{3}(?!\d)|\d*)(\.\d+)?(.*)$/is
const scaled = /^\s*(k|thousand|m|mm|mil|million)(?![a-z])/i
/** After the number: nothing, or words that hold no other number ("per month", "%", "+"). */
const afterwards = /^(?:[)%+.*\s\p{L}/$€£][^\d]*)?$/u

/** "1.234,56" and "45,50 €": a comma before two digits, where dots or a sign of the euro leave no doubt. */
const continental =
  /^(-?)(?:(\d{1,3}(?:\.\d{3})+),(\d{1,2})\s*(?:€|eur)?|(?:€|eur)\s*(\d+),(\d\d)|(\d+),(\d\d)\s*(?:€|eur))$/i

function readContinental(text: string): number | undefined {
  const match = continental.exec(text)
  if (!match) return undefined
  const [, sign, grouped, decimals, after, afterDecimals, before = '', beforeDecimals = ''] = match
  const whole = (grouped ?? after ?? before).replaceAll('.', '')
  if (whole.length > 15) return undefined
  const value = Number(`${whole}.${decimals ?? afterDecimals ?? beforeDecimals}`)
  return sign && value !== 0 ? -value : value
}

/** A number as people write it: signs of currency, thousands separators, "250k", trailing words. */
export function readAmount(text: string): number | undefined {
  // "-0" is 0: JSON has no negative zero.
  if (bare.test(text)) return Number(text) + 0
  if (text.length > 200) return undefined
  return (text.includes(',') ? readContinental(text) : undefined) ?? readWritten(text)
}

function readWritten(text: string): number | undefined {
  const [, sign = '', inner, whole = '', fraction = '', tail = ''] = written.exec(text) ?? []
  if (whole === '' && fraction === '') return undefined
  if (!afterwards.test(tail)) return undefined
  const digits = whole.replace(/\D/g, '')
  if (digits.length > 15) return undefined
  const negative = sign === '-' || inner === '-' || (sign === '(' && tail.includes(')'))
  const value = Number(`${digits || '0'}${fraction}`) * scaleOf(tail)
  return negative && value !== 0 ? -value : value
}

function scaleOf(tail: string): number {
  const word = scaled.exec(tail)?.[1]?.toLowerCase()
  if (!word) return 1
  return word === 'k' || word === 'thousand' ? 1_000 : 1_000_000
}

const amountOfRaw = (text: string, raw: Scalar) => {
  if (typeof raw === 'boolean') return undefined
  return typeof raw === 'number' ? raw : readAmount(text)
}

export const parseNumber: ParseText = (text, raw) => {
  const normal = amountOfRaw(text, raw)
  return normal === undefined ? unreadable('number', raw) : { type: 'number', raw, normal, valid: true }
}

const signs: [RegExp, string][] = [
  [/€|\beur/i, 'EUR'],
  [/£|\bgbp/i, 'GBP'],
  [/\bcad\b|\bca\$/i, 'CAD'],
  [/\baud\b|\bau?\$/i, 'AUD'],
  [/\bnzd?\b|\bnz\$/i, 'NZD'],
  [/\bmxn?\b|\bmx\$/i, 'MXN'],
  [/\bchf\b/i, 'CHF'],
  [/₹|\binr\b/i, 'INR'],
  [/¥|\bjpy\b/i, 'JPY'],
]

export const parseCurrency: ParseText = (text, raw) => {
  const normal = amountOfRaw(text, raw)
  const cents = normal === undefined ? undefined : centsOf(normal)
  if (cents === undefined) return unreadable('currency', raw)
  const currency = signs.find(([pattern]) => pattern.test(text))?.[1] ?? 'USD'
  return { type: 'currency', raw, normal, valid: true, cents, currency }
}

const amount = "(-?\\s*[$€£]?\\s*-?(?:\\d[\\d,'’]*(?:\\.\\d+)?|\\.\\d+)\\s?(?:k|m|thousand|million)?)"
const twoAmounts = new RegExp(
  `^(?:between\\s+|from\\s+)?${amount}\\s*(?:-|–|—|~|\\.\\.+|to\\s|thru\\s|through\\s|and\\s|\\s)\\s*${amount}(?![\\d.])[^\\d]*$`,
  'i',
)
const openAbove = /^(?:over|above|more than|greater than|at least|from|>=?)\s*(.+)$/i
const openBelow = /^(?:under|below|less than|up to|at most|<=?)\s*(.+)$/i
const twoDays = /^(.+?)\s+(?:-|–|to|through|and)\s+(.+)$/i

type Span = { normal: string | number; min: number; max: number | null }

export const parseRange: ParseText = (text, raw) => {
  const span = typeof raw === 'boolean' || text.length > 200 ? undefined : readSpan(text)
  if (!span) return unreadable('range', raw)
  const { normal, min, max } = span
  const avg = (min + (max ?? min)) / 2
  return { type: 'range', raw, normal, valid: true, min, max, avg, mid: Math.floor(avg) }
}

const readSpan = (text: string): Span | undefined => readOne(text) ?? readTwo(text) ?? readDays(text)

function readOne(text: string): Span | undefined {
  const above = openAbove.exec(text)?.[1] ?? (/\d\s*[km]?\+(?=[^\d]*$)/i.test(text) ? text : undefined)
  if (above) {
    const min = readAmount(above)
    return min === undefined ? undefined : { normal: `${min}+`, min, max: null }
  }
  const below = openBelow.exec(text)?.[1]
  const single = readAmount(below ?? text)
  if (single === undefined) return undefined
  return below
    ? { normal: `0-${single}`, min: Math.min(0, single), max: single }
    : { normal: single, min: single, max: single }
}

function readTwo(text: string): Span | undefined {
  const [, left = '', right = ''] = twoAmounts.exec(text) ?? []
  const a = readAmount(left)
  const b = readAmount(right)
  if (a === undefined || b === undefined) return undefined
  // "250-300k" means thousands on both sides.
  const scale = !/[a-z]/i.test(left) && a < b ? scaleOf(right.replace(/[^a-z]/gi, '')) : 1
  const first = scale > 1 && a * scale < b ? a * scale : a
  const min = Math.min(first, b)
  const max = Math.max(first, b)
  return { normal: `${min}-${max}`, min, max }
}

function readDays(text: string): Span | undefined {
  const [, left = text, right = text] = twoDays.exec(text) ?? []
  const from = readDay(left)
  const to = readDay(right)
  if (!from || !to) return undefined
  const [first, last] = dayNumber(from) <= dayNumber(to) ? [from, to] : [to, from]
  const normal = left === right ? isoDay(first) : `${isoDay(first)} to ${isoDay(last)}`
  return { normal, min: dayNumber(first) * dayMs, max: dayNumber(last) * dayMs }
}
