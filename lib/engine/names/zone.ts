/** What a clock on the wall shows in a time zone. `weekday` is `Mon` to `Sun`. */
export type WallClock = {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  weekday: string
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const options = {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    weekday: 'short',
    hourCycle: 'h23',
  } as const
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-US', { ...options, timeZone })
  } catch {
    format = new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' })
  }
  // Zone names may come from templates of users: a bound keeps a flood of them from staying in memory.
  if (formats.size < 1000) formats.set(timeZone, format)
  return format
}

function readClock(ms: number, timeZone: string): WallClock {
  const parts: Record<string, string> = {}
  for (const part of formatOf(timeZone).formatToParts(ms)) parts[part.type] = part.value
  return {
    year: Number(parts['year']),
    month: Number(parts['month']),
    day: Number(parts['day']),
    hour: Number(parts['hour']),
    minute: Number(parts['minute']),
    second: Number(parts['second']),
    weekday: parts['weekday'] ?? '',
  }
}

/** Minutes kept of a zone, and zones: what fifty buyers of a flow ask for, and no more than a few megabytes. */
const mostMinutes = 64
const mostZones = 500
const kept = new Map<string, Map<number, WallClock>>()

/** What a zone's clocks show at the start of a minute. Leads ask for the same few, and formatting costs microseconds. */
function clockAt(minute: number, timeZone: string): WallClock {
  const known = kept.get(timeZone)
  const found = known?.get(minute)
  if (found) return found
  const clock = readClock(minute * 60_000, timeZone)
  const minutes = known ?? new Map<number, WallClock>()
  if (minutes.size >= mostMinutes) minutes.clear()
  minutes.set(minute, clock)
  if (!known && kept.size < mostZones) kept.set(timeZone, minutes)
  return clock
}

/** @param ms Unix milliseconds. @param timeZone IANA name; an unknown one counts as UTC. */
export function wallClock(ms: number, timeZone: string): WallClock {
  const minute = Math.floor(ms / 60_000)
  const clock = clockAt(minute, timeZone)
  // Long ago offsets had seconds: there the minutes of the zone are not ours.
  if (clock.second !== 0) return readClock(ms, timeZone)
  const second = Math.floor(ms / 1000) - minute * 60
  return second === 0 ? clock : { ...clock, second }
}

const two = (value: number) => String(value).padStart(2, '0')
const dayOfClock = ({ year, month, day }: WallClock) => `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`

/** The day of a moment in a zone: "2026-01-14". */
export const dayIn = (ms: number, timeZone: string): string => dayOfClock(wallClock(ms, timeZone))

/** Minutes since midnight of a moment in a zone. */
export function minuteIn(ms: number, timeZone: string): number {
  const { hour, minute } = wallClock(ms, timeZone)
  return hour * 60 + minute
}

export type ZoneNow = { hour: number; weekday: string; date: string; time: string }
const latest = new Map<string, { minute: number; now: ZoneNow }>()

/** Hour, weekday, date and time of day in a zone. The last minute asked for is remembered per zone, as formatting costs microseconds. */
export function zoneNow(ms: number, timeZone: string): ZoneNow {
  const minute = Math.floor(ms / 60_000)
  const known = latest.get(timeZone)
  if (known?.minute === minute) return known.now
  const clock = wallClock(ms, timeZone)
  const time = `${two(clock.hour)}:${two(clock.minute)}`
  const now = { hour: clock.hour, weekday: clock.weekday, date: dayOfClock(clock), time }
  if (latest.size < 1000 || known) latest.set(timeZone, { minute, now })
  return now
}
