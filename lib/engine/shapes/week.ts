import { TimeRestrictions, type Weekday, weekdays } from './selling'

/** A stretch of a weekday in minutes of the wall clock; `to` beyond 1440 goes into the next day. */
export type Stretch = { from: number; to: number }
/** When somebody is open: stretches by the day they begin on, in their order, none touching another. */
export type Week = Record<Weekday, Stretch[]>

type Hours = { start: string; end: string }
type Window = Hours & { days: readonly Weekday[] }

export const minutesOfDay = 1440

const minutesOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))

/** One that ends before or when it starts goes over midnight. */
function stretchOf({ start, end }: Hours): Stretch {
  const from = minutesOf(start)
  const to = minutesOf(end)
  return { from, to: to > from ? to : to + minutesOfDay }
}

/** Days and hours together say one thing, windows another; nothing said is always open. */
export function windowsOf({
  days,
  hours,
  windows = [],
}: Pick<TimeRestrictions, 'days' | 'hours' | 'windows'>): Window[] {
  const given = [hours ?? []].flat()
  if (given.length === 0 && !days && windows.length > 0) return windows
  const each = given.length > 0 ? given : [{ start: '00:00', end: '24:00' }]
  return [...each.map((one) => ({ days: days ?? weekdays, ...one })), ...windows]
}

function joined(stretches: readonly Stretch[]): Stretch[] {
  const all: Stretch[] = []
  const real = stretches.filter(({ from, to }) => to > from)
  for (const { from, to } of real.toSorted((a, b) => a.from - b.from)) {
    const last = all.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else all.push({ from, to })
  }
  return all
}

const weekFrom = (stretchesOn: (day: Weekday) => Stretch[]): Week =>
  Object.fromEntries(weekdays.map((day) => [day, joined(stretchesOn(day))])) as Week

/** The opening hours of both forms of the document: `days` with `hours`, and `windows`. */
export function weekOf(times: Pick<TimeRestrictions, 'days' | 'hours' | 'windows'>): Week {
  const windows = windowsOf(times)
  return weekFrom((day) => windows.filter(({ days }) => days.includes(day)).map(stretchOf))
}

const following = (day: Weekday): Weekday => weekdays[(weekdays.indexOf(day) + 1) % 7] as Weekday
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** "08:00"; midnight at the end of a day is "24:00". */
export const clockOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** A stretch as the document writes it: one that is longer than a day takes two windows that overlap. */
function hoursOfStretch({ from, to }: Stretch): Hours[] {
  const end = to > minutesOfDay ? to - minutesOfDay : to
  if (to - from <= minutesOfDay) return [{ start: clockOf(from), end: clockOf(end) }]
  return [
    { start: clockOf(from), end: clockOf(from === 0 ? minutesOfDay : from) },
    { start: clockOf(end), end: clockOf(end) },
  ]
}

type DayHours = { day: Weekday; hours: Hours[] }
type Form = Pick<TimeRestrictions, 'days' | 'hours' | 'windows'>

/** Days that all have the same hours. */
function uniform(open: readonly DayHours[], hours: Hours[]): Form {
  const [only, ...more] = hours
  const isWhole = same(hours, [{ start: '00:00', end: '24:00' }])
  return {
    ...(open.length < weekdays.length && { days: open.map(({ day }) => day) }),
    ...(!isWhole && only && { hours: more.length > 0 ? hours : only }),
  }
}

function inWindows(open: readonly DayHours[]): Form {
  const windows = new Map<string, Hours & { days: Weekday[] }>()
  for (const { day, hours } of open)
    for (const { start, end } of hours) {
      const known = windows.get(`${start} ${end}`)
      if (known) known.days.push(day)
      else windows.set(`${start} ${end}`, { days: [day], start, end })
    }
  return { windows: [...windows.values()] }
}

function formOf(week: Week): Form {
  const byDay = weekdays.map((day) => ({ day, hours: week[day].flatMap(hoursOfStretch) }))
  const open = byDay.filter(({ hours }) => hours.length > 0)
  const shared = open[0]?.hours ?? []
  const isUniform = shared.length <= 20 && open.every(({ hours }) => same(hours, shared))
  return isUniform ? uniform(open, shared) : inWindows(open)
}

/**
 * The same restrictions with other opening hours, in the shortest form that says them; as they were when nothing
 * changed. `undefined` when the document can't say it: a week without an open minute, or of more than 50 windows.
 */
export function withWeek(times: TimeRestrictions, week: Week): TimeRestrictions | undefined {
  const wanted = weekFrom((day) => week[day])
  if (same(weekOf(times), wanted)) return times
  if (weekdays.every((day) => wanted[day].length === 0)) return undefined
  const { days: _, hours: __, windows: ___, ...rest } = times
  return TimeRestrictions.safeParse({ ...rest, ...formOf(wanted) }).data
}

/** The stretches of a day that the clock shows: those that begin on it, and what is left of the night before. */
export function shownOn(week: Week, day: Weekday): Stretch[] {
  const before = weekdays.find((other) => following(other) === day) as Weekday
  const night = week[before].map(({ from, to }) => ({ from: from - minutesOfDay, to: to - minutesOfDay }))
  return joined([...night, ...week[day]])
    .map(({ from, to }) => ({ from: Math.max(from, 0), to: Math.min(to, minutesOfDay) }))
    .filter(({ from, to }) => to > from)
}

const without = (stretches: readonly Stretch[], from: number, to: number): Stretch[] =>
  stretches.flatMap((one) =>
    [
      { from: one.from, to: Math.min(one.to, from) },
      { from: Math.max(one.from, to), to: one.to },
    ].filter((left) => left.to > left.from),
  )

/** A part of the week, in minutes of the clock of each of its days. */
export type Area = { days: readonly Weekday[]; from: number; to: number }

function opened(week: Week, { days, from, to }: Area): Week {
  const missing = (day: Weekday) =>
    shownOn(week, day).reduce((left, shown) => without(left, shown.from, shown.to), [{ from, to }])
  return weekFrom((day) => (days.includes(day) ? [...week[day], ...missing(day)] : week[day]))
}

/** What is left of a night after its middle was closed may begin after midnight: then it is the next day's. */
function closed(week: Week, { days, from, to }: Area): Week {
  const left = weekFrom((day) => {
    const own = days.includes(day) ? without(week[day], from, to) : week[day]
    return days.includes(following(day)) ? without(own, from + minutesOfDay, to + minutesOfDay) : own
  })
  const isLate = (one: Stretch) => one.from > minutesOfDay
  return weekFrom((day) => {
    const before = weekdays.find((other) => following(other) === day) as Weekday
    const late = left[before]
      .filter(isLate)
      .map((one) => ({ from: one.from - minutesOfDay, to: one.to - minutesOfDay }))
    return [...left[day].filter((one) => !isLate(one)), ...late]
  })
}

/** The week with an area opened or closed; what is not in the area stays as it is, nights that go over midnight too. */
export const painted = (week: Week, area: Area, isOpen: boolean): Week =>
  isOpen ? opened(week, area) : closed(week, area)
