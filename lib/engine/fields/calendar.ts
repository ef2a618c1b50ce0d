import { dayMs } from '../../time'

/** A day of the Gregorian calendar; `month` and `day` start at 1. */
export type Day = { year: number; month: number; day: number }

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

/** The day, when the calendar has it. Years before 1000 are typing errors, never meant. */
export function dayOf(year: number, month: number, day: number): Day | undefined {
  const length = month === 2 && isLeap(year) ? 29 : (monthLengths[month - 1] ?? 0)
  return year >= 1000 && year <= 9999 && day >= 1 && day <= length ? { year, month, day } : undefined
}

/** Days since 1970-01-01, by Howard Hinnant's `days_from_civil`. */
export function dayNumber({ year, month, day }: Day): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

/** The day at `ms` since 1970 in UTC, by Howard Hinnant's `civil_from_days`. */
export function dayAt(ms: number): Day {
  const z = Math.floor(ms / dayMs) + 719_468
  const era = Math.floor(z / 146_097)
  const dayOfEra = z - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const mp = Math.floor((5 * dayOfYear + 2) / 153)
  const month = mp < 10 ? mp + 3 : mp - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return { year, month, day: dayOfYear - Math.floor((153 * mp + 2) / 5) + 1 }
}

const two = (n: number) => (n < 10 ? `0${n}` : `${n}`)

/** "2014-06-02". */
export const isoDay = ({ year, month, day }: Day): string => `${year}-${two(month)}-${two(day)}`

/** "2014-06-14T18:27:33.000Z" of milliseconds since 1970. */
export function isoTime(ms: number): string {
  const inDay = ms - Math.floor(ms / dayMs) * dayMs
  const seconds = Math.floor(inDay / 1000)
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return `${isoDay(dayAt(ms))}T${clock}.${String(inDay % 1000).padStart(3, '0')}Z`
}

/** Years from `birth` to the UTC day of `now`, with one decimal, rounded down; `undefined` before birth. */
export function ageOn(birth: Day, now: number): number | undefined {
  const today = dayAt(now)
  const birthdayIn = (year: number) => dayNumber({ ...birth, year })
  const at = dayNumber(today)
  const years = today.year - birth.year - (at < birthdayIn(today.year) ? 1 : 0)
  if (years < 0) return undefined
  const last = birthdayIn(birth.year + years)
  const next = birthdayIn(birth.year + years + 1)
  return years + Math.floor(((at - last) * 10) / (next - last)) / 10
}
