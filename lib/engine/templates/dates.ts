import { dayMs } from '../../time'
import { dayAt, isoDay, isoTime } from '../fields/calendar'
import { readDay } from '../fields/types/dates'
import { msOfIso } from '../names/iso'
import { wallClock } from '../names/zone'

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
const weekdays: Record<string, string> = {
  Mon: 'Monday',
  Tue: 'Tuesday',
  Wed: 'Wednesday',
  Thu: 'Thursday',
  Fri: 'Friday',
  Sat: 'Saturday',
  Sun: 'Sunday',
}
const weekdayNumbers = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

/** Unix milliseconds of what a template gives as a date: ISO text, a date as people write it, or milliseconds. */
function momentOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Math.abs(value) <= 8.64e15 ? Math.floor(value) : undefined
  if (typeof value !== 'string' || value.length > 100) return undefined
  const iso = msOfIso(value.trim())
  if (iso !== undefined) return iso
  const day = readDay(value.trim())
  return day && msOfIso(isoDay(day))
}

const padded = (value: number, length: number, fill: string) => String(value).padStart(length, fill)
const twelve = (hour: number) => (hour % 12 === 0 ? 12 : hour % 12)

type Moment = ReturnType<typeof wallClock> & { ms: number }

/** What each letter of a format stands for: a number with its usual padding, or text. */
const letters: Record<string, (at: Moment) => [number, number, string] | string> = {
  Y: (at) => [at.year, 4, '0'],
  y: (at) => [at.year % 100, 2, '0'],
  m: (at) => [at.month, 2, '0'],
  d: (at) => [at.day, 2, '0'],
  e: (at) => [at.day, 2, ' '],
  H: (at) => [at.hour, 2, '0'],
  k: (at) => [at.hour, 2, ' '],
  I: (at) => [twelve(at.hour), 2, '0'],
  l: (at) => [twelve(at.hour), 2, ' '],
  M: (at) => [at.minute, 2, '0'],
  S: (at) => [at.second, 2, '0'],
  L: (at) => [((at.ms % 1000) + 1000) % 1000, 3, '0'],
  s: (at) => [Math.floor(at.ms / 1000), 1, '0'],
  Q: (at) => [at.ms, 1, '0'],
  u: (at) => [weekdayNumbers.indexOf(at.weekday) || 7, 1, '0'],
  w: (at) => [weekdayNumbers.indexOf(at.weekday), 1, '0'],
  B: (at) => months[at.month - 1] ?? '',
  b: (at) => (months[at.month - 1] ?? '').slice(0, 3),
  A: (at) => weekdays[at.weekday] ?? '',
  a: (at) => at.weekday,
  p: (at) => (at.hour < 12 ? 'AM' : 'PM'),
  P: (at) => (at.hour < 12 ? 'am' : 'pm'),
  z: (at) => offsetOf(at),
  '%': () => '%',
}

/** "+0000", "-0800": how far the zone's clock is from UTC. */
function offsetOf(at: Moment): string {
  const two = (value: number) => padded(value, 2, '0')
  const wall = msOfIso(
    `${padded(at.year, 4, '0')}-${two(at.month)}-${two(at.day)}T${two(at.hour)}:${two(at.minute)}:${two(at.second)}`,
  )
  const minutes = wall === undefined ? 0 : Math.round((wall - Math.floor(at.ms / 1000) * 1000) / 60_000)
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}${two(Math.abs(minutes) % 60)}`
}

/** The clock in UTC, reckoned: asking Intl costs some hundred times as much. */
function utcClock(ms: number): ReturnType<typeof wallClock> {
  const days = Math.floor(ms / dayMs)
  const seconds = Math.floor((ms - days * dayMs) / 1000)
  const weekday = weekdayNumbers[(((days + 4) % 7) + 7) % 7] ?? ''
  const [hour, minute, second] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return { ...dayAt(ms), hour, minute, second, weekday }
}

const shorthand: Record<string, string> = { '%F': '%Y-%m-%d', '%T': '%H:%M:%S', '%D': '%m/%d/%y', '%R': '%H:%M' }

/**
 * Writes a date by a format of strftime (`%m/%d/%Y`; `%-d` leaves padding out), or `iso` (with time) and `date`.
 * @param timeZone IANA name; UTC without one, and for a day alone, which is the same everywhere. A value that is no date
 * comes back as it was.
 */
export function formatDate(value: unknown, format: unknown, timeZone: unknown): unknown {
  const ms = momentOf(value)
  if (ms === undefined) return value
  const isMoment = typeof value === 'number' || (typeof value === 'string' && value.includes(':'))
  const zone = isMoment && typeof timeZone === 'string' && timeZone ? timeZone : 'UTC'
  if (format === 'iso') return isoTime(ms)
  const pattern = typeof format === 'string' && format !== 'date' ? format.slice(0, 200) : '%Y-%m-%d'
  const at: Moment = { ...(zone === 'UTC' ? utcClock(ms) : wallClock(ms, zone)), ms }
  const long = pattern.replace(/%[FTDR]/g, (short) => shorthand[short] ?? short)
  return long.replace(/%([-^]?)([A-Za-z%])/g, (written: string, flag: string, letter: string) => {
    const part = Object.hasOwn(letters, letter) ? letters[letter]?.(at) : undefined
    if (part === undefined) return written
    if (typeof part === 'string') return flag === '^' ? part.toUpperCase() : part
    return flag === '-' ? String(part[0]) : padded(...part)
  })
}

/** Moves a date by days; a date alone stays one. */
export function addDays(value: unknown, days: unknown): unknown {
  const ms = momentOf(value)
  const count = Number(days)
  if (ms === undefined || !Number.isFinite(count) || Math.abs(count) > 100_000) return value
  const moved = isoTime(ms + count * dayMs)
  return typeof value === 'string' && !value.includes(':') ? moved.slice(0, 10) : moved
}
