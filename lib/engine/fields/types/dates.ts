import { dayMs, hourMs, minuteMs, secondMs } from '../../../time'
import { ageOn, type Day, dayNumber, dayOf, isoDay, isoTime } from '../calendar'
import { type ParseText, unreadable } from '../value'

const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]

const iso = /^(\d{4})-(\d\d)-(\d\d)$/
const weekday = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+/i
const clockTail = /(?:T|,?\s+)\d{1,2}:\d\d.{0,60}$/i
const separated = /^(\d{1,4})([-/. ])(\d{1,2})\2(\d{1,4})$/
const dayMonthYear = /^(\d{1,2})(?:st|nd|rd|th)?[\s-]*(?:of\s+)?([a-z]{3,9})\.?,?[\s-]*(\d{4}|\d\d)$/i
const monthDayYear = /^([a-z]{3,9})\.?[\s-]*(\d{1,2})(?:st|nd|rd|th)?,?[\s-]+(\d{4}|\d\d)$/i

/** A date in any way people write one; month-first before day-first. Two-digit years from `pivot` on are 19xx. */
export function readDay(text: string, pivot = 69): Day | undefined {
  const plainIso = iso.exec(text)
  if (plainIso) return yearFirst(plainIso[1], plainIso[2], plainIso[3])
  if (text.length > 100) return undefined
  const rest = text.replace(weekday, '').replace(clockTail, '')
  const digits = /^\d+$/.test(rest)
  return digits ? readBareDigits(rest, pivot) : (readSeparated(rest, pivot) ?? readWords(rest, pivot))
}

function readSeparated(text: string, pivot: number): Day | undefined {
  const match = separated.exec(text)
  if (!match) return undefined
  const [, first, , second, third] = match
  if (first?.length === 4) return third && third.length <= 2 ? yearFirst(first, second, third) : undefined
  if ((first?.length ?? 9) > 2 || third?.length === 3 || third?.length === 1) return undefined
  return yearLast(first, second, third, pivot)
}

function readBareDigits(text: string, pivot: number): Day | undefined {
  if (text.length === 6) return yearLast(text.slice(0, 2), text.slice(2, 4), text.slice(4), pivot)
  if (text.length !== 8) return undefined
  const year = Number(text.slice(0, 4))
  const leading =
    year >= 1850 && year <= 2150 ? yearFirst(text.slice(0, 4), text.slice(4, 6), text.slice(6)) : undefined
  return leading ?? yearLast(text.slice(0, 2), text.slice(2, 4), text.slice(4), pivot)
}

function readWords(text: string, pivot: number): Day | undefined {
  const dayFirst = dayMonthYear.exec(text)
  const [word, day, year] = dayFirst
    ? [dayFirst[2], dayFirst[1], dayFirst[3]]
    : (monthDayYear.exec(text)?.slice(1) ?? [])
  const name = word?.toLowerCase() ?? ''
  const month = name === 'sept' ? 9 : months.findIndex((full) => name !== '' && full.startsWith(name)) + 1
  return month === 0 ? undefined : dayOf(fullYear(year, pivot), month, Number(day))
}

const fullYear = (year: string | undefined, pivot: number) =>
  year?.length === 2 ? Number(year) + (Number(year) < pivot ? 2000 : 1900) : Number(year)

const yearFirst = (year: string | undefined, a: string | undefined, b: string | undefined) =>
  dayOf(Number(year), Number(a), Number(b)) ?? dayOf(Number(year), Number(b), Number(a))

const yearLast = (a: string | undefined, b: string | undefined, year: string | undefined, pivot: number) =>
  dayOf(fullYear(year, pivot), Number(a), Number(b)) ?? dayOf(fullYear(year, pivot), Number(b), Number(a))

const clock =
  /(?:T|,?\s+)(\d{1,2}):(\d\d)(?::(\d\d)(?:[.:,](\d{1,9}))?)?\s*([ap])?\.?(?:m\b\.?)?\s*(Z|(?:GMT|UTC)?\s*(?:([+-])(\d\d):?(\d\d))?)\s*(?:\([^)]*\))?$/i

/** Milliseconds since 1970 of a date with or without a time of day (UTC unless it says so), or of a Unix timestamp. */
export function readTime(text: string): number | undefined {
  if (text.length > 100) return undefined
  if (/^\d{10}$/.test(text)) return Number(text) * secondMs
  if (/^\d{13}$/.test(text)) return Number(text)
  const match = clock.exec(text)
  const day = readDay(match ? text.slice(0, match.index) : text)
  if (!day) return undefined
  const midnight = dayNumber(day) * dayMs
  if (!match) return midnight
  const inDay = readClock(match)
  return inDay === undefined ? undefined : midnight + inDay
}

function readClock(match: RegExpExecArray): number | undefined {
  const [, h, m, s = '0', fraction = '0', half] = match
  const hours = half ? (Number(h) % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : Number(h)
  if (hours > 23 || (half && Number(h) > 12) || Number(m) > 59 || Number(s) > 60) return undefined
  const offset = (Number(match[8] ?? 0) * hourMs + Number(match[9] ?? 0) * minuteMs) * (match[7] === '-' ? -1 : 1)
  return (
    hours * hourMs + Number(m) * minuteMs + Number(s) * secondMs + Math.floor(Number(`0.${fraction}`) * 1000) - offset
  )
}

export const parseDate: ParseText = (text, raw) => {
  const day = readDay(text)
  return day ? { type: 'date', raw, normal: isoDay(day), valid: true } : unreadable('date', raw)
}

const maskedDay = /^[\d*]{1,2}[-/.][\d*]{1,2}[-/.](\d{4})$|^(\d{4})[-/.][\d*]{1,2}[-/.][\d*]{1,2}$/

/** Nobody who fills a form is under twenty years younger than the century, so "5/6/25" is 1925. */
const dobPivot = 20

export const parseDob: ParseText = (text, raw, now) => {
  const day = readDay(text, dobPivot)
  if (day) {
    const age = now === undefined ? undefined : ageOn(day, now)
    const value = { type: 'dob' as const, raw, normal: isoDay(day), valid: true, year: day.year }
    return age === undefined ? value : { ...value, age }
  }
  const masked = text.includes('*') ? maskedDay.exec(text) : null
  if (!masked) return unreadable('dob', raw)
  return { type: 'dob', raw, normal: text, valid: true, year: Number(masked[1] ?? masked[2]), masked: true }
}

export const parseTime: ParseText = (text, raw) => {
  const ms = readTime(text)
  return ms === undefined ? unreadable('time', raw) : { type: 'time', raw, normal: isoTime(ms), valid: true }
}
