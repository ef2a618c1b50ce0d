import { dayMs, minuteMs } from '../../time'
import { dayAt, dayNumber, dayOf, isoDay } from '../fields/calendar'
import { wallClock } from '../names/zone'
import { type BusinessHours, type CapPeriod, type Weekday, weekdays } from '../shapes/selling'
import { minutesOfDay, type Stretch, type Week, weekOf, windowsOf } from '../shapes/week'

export type Hours = {
  timeZone: string
  byDay: Week
  holidays: ReadonlySet<string>
  /** "Mon–Fri 08:00–18:00 Los Angeles". */
  words: string
}

/** "America/Los_Angeles" → "Los Angeles". */
export const zoneWords = (timeZone: string): string => (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ')

function dayWords(days: readonly Weekday[]): string {
  const at = days.map((day) => weekdays.indexOf(day)).sort((a, b) => a - b)
  const first = at[0] ?? 0
  const isRun = at.length > 2 && at.every((index, position) => index === first + position)
  if (at.length === 7) return 'every day'
  return isRun ? `${weekdays[first]}–${weekdays[at.at(-1) ?? 0]}` : at.map((index) => weekdays[index]).join(', ')
}

/** "Mon–Fri 08:00–18:00". */
export const hoursWords = (restrictions: BusinessHours): string =>
  windowsOf(restrictions)
    .map(({ days, start, end }) => `${dayWords(days)} ${start}–${end}`)
    .join('; ')

/** Opening hours made ready. Without days every day is open, without hours the whole day. */
export function hoursOf(restrictions: BusinessHours, accountZone: string): Hours {
  const timeZone = restrictions.timezone || accountZone
  const words = `${hoursWords(restrictions)} ${zoneWords(timeZone)}`
  return { timeZone, byDay: weekOf(restrictions), holidays: new Set(restrictions.holidays ?? []), words }
}

const weekdayOf = (dayNo: number): Weekday => weekdays[(((dayNo + 3) % 7) + 7) % 7] ?? 'Mon'

/** Stretches that begin on a day of the calendar, by its number since 1970. */
const stretchesOf = (hours: Hours, dayNo: number): Stretch[] =>
  hours.holidays.size > 0 && hours.holidays.has(isoDay(dayAt(dayNo * dayMs))) ? [] : hours.byDay[weekdayOf(dayNo)]

type LocalMoment = { dayNo: number; minute: number }

function localMoment(ms: number, timeZone: string): LocalMoment {
  const clock = wallClock(ms, timeZone)
  return { dayNo: dayNumber(clock), minute: clock.hour * 60 + clock.minute }
}

/** True when a moment lies in the opening hours. An end is not part of its window. */
export function isOpen(hours: Hours, ms: number): boolean {
  const { dayNo, minute } = localMoment(ms, hours.timeZone)
  const within = (stretches: Stretch[], at: number) => stretches.some(({ from, to }) => at >= from && at < to)
  return within(stretchesOf(hours, dayNo), minute) || within(stretchesOf(hours, dayNo - 1), minute + minutesOfDay)
}

/**
 * The moment when a wall clock shows a time: where clocks jump over it, the moment after the jump; where they show it
 * twice, the first.
 */
function momentAt(dayNo: number, minute: number, timeZone: string): number {
  const wanted = dayNo * dayMs + minute * minuteMs
  const offsetAt = (ms: number) => {
    const { dayNo: day, minute: at } = localMoment(ms, timeZone)
    return day * dayMs + at * minuteMs - Math.floor(ms / minuteMs) * minuteMs
  }
  const before = wanted - offsetAt(wanted - dayMs)
  const after = wanted - offsetAt(wanted + dayMs)
  const shows = (ms: number) => ms + offsetAt(ms) === wanted
  const fitting = [before, after].filter(shows).sort((a, b) => a - b)[0]
  if (fitting !== undefined) return fitting
  let [early, late] = [Math.min(before, after), Math.max(before, after)]
  while (late - early > minuteMs) {
    const middle = early + Math.floor((late - early) / 2 / minuteMs) * minuteMs
    if (middle + offsetAt(middle) >= wanted) late = middle
    else early = middle
  }
  return late
}

/**
 * The moment of a local time as a form gives it, "2026-11-29T23:00", in Unix milliseconds; `undefined` when it is none.
 * A time that the clocks jump over is the moment after the jump, one that they show twice the first of both.
 */
export function momentOf(local: string, timeZone: string): number | undefined {
  const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)$/.exec(local)
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = found?.slice(1).map(Number) ?? []
  const date = dayOf(year, month, day)
  return date && hour < 24 && minute < 60 ? momentAt(dayNumber(date), hour * 60 + minute, timeZone) : undefined
}

const farthestDays = 400

/** When it opens next, in Unix milliseconds: now, when it is open; `undefined` when it never does in 400 days. */
export function opensAt(hours: Hours, ms: number): number | undefined {
  if (isOpen(hours, ms)) return ms
  const { dayNo } = localMoment(ms, hours.timeZone)
  for (let ahead = 0; ahead <= farthestDays; ahead++) {
    const starts = stretchesOf(hours, dayNo + ahead)
      .map(({ from }) => momentAt(dayNo + ahead, from, hours.timeZone))
      .filter((at) => at > ms && isOpen(hours, at))
    if (starts.length > 0) return Math.min(...starts)
  }
  return undefined
}

/** "Mon 08:00": a moment as the people of a zone say it; with the date when it is a week or more away. */
export function momentWords(at: number, now: number, timeZone: string): string {
  const clock = wallClock(at, timeZone)
  const two = (value: number) => String(value).padStart(2, '0')
  const time = `${two(clock.hour)}:${two(clock.minute)}`
  const far = at - now >= 6 * dayMs
  const near = dayNumber(clock) === dayNumber(wallClock(now, timeZone))
  if (near) return time
  return far ? `${clock.weekday} ${isoDay(clock)} ${time}` : `${clock.weekday} ${time}`
}

type Period = { key: string; endsAt: number }
/** The last period found of each zone and kind, from where it was found on: most leads lie in the same. */
const latest = new Map<string, Partial<Record<CapPeriod, { from: number; period: Period }>>>()
const mostZones = 500

/** The wall clock's minute, hour, day, week (from Monday) or month that a moment lies in: its name, and when the next begins. */
export function periodAround(ms: number, kind: CapPeriod, timeZone: string): Period {
  const ofZone = latest.get(timeZone)
  const known = ofZone?.[kind]
  if (known && ms >= known.from && ms < known.period.endsAt) return known.period
  const period = findPeriod(ms, kind, timeZone)
  if (ofZone) ofZone[kind] = { from: ms, period }
  else if (latest.size < mostZones) latest.set(timeZone, { [kind]: { from: ms, period } })
  return period
}

function findPeriod(ms: number, period: CapPeriod, timeZone: string): Period {
  const clock = wallClock(ms, timeZone)
  const dayNo = dayNumber(clock)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = isoDay(clock)
  if (period === 'minute' || period === 'hour') {
    // An hour that the clocks show twice is two hours: the offset tells them apart.
    const unit = period === 'minute' ? minuteMs : 60 * minuteMs
    const local = dayNo * dayMs + (clock.hour * 60 + clock.minute) * minuteMs
    const offset = local - Math.floor(ms / minuteMs) * minuteMs
    const start = Math.floor((ms + offset) / unit) * unit - offset
    const minute = period === 'minute' ? `:${two(clock.minute)}` : ''
    return { key: `${day}T${two(clock.hour)}${minute}${offset / minuteMs}`, endsAt: start + unit }
  }
  if (period === 'day') return { key: day, endsAt: momentAt(dayNo + 1, 0, timeZone) }
  if (period === 'week') {
    const monday = dayNo - ((((dayNo + 3) % 7) + 7) % 7)
    return { key: `W${isoDay(dayAt(monday * dayMs))}`, endsAt: momentAt(monday + 7, 0, timeZone) }
  }
  const next = clock.month === 12 ? { year: clock.year + 1, month: 1 } : { year: clock.year, month: clock.month + 1 }
  return { key: day.slice(0, 7), endsAt: momentAt(dayNumber({ ...next, day: 1 }), 0, timeZone) }
}
