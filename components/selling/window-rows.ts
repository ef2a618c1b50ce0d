import { painted, type Stretch, type Week, type Weekday, weekdays } from '@/lib/engine/schema'

/** Days that share a stretch of hours. */
export type WindowRow = { days: Weekday[]; stretch: Stretch }

const keyOf = ({ from, to }: Stretch) => `${from} ${to}`

/** The week as a list: each stretch once, with its days. */
export function windowRows(week: Week): WindowRow[] {
  const rows = new Map<string, WindowRow>()
  for (const day of weekdays)
    for (const stretch of week[day]) {
      const known = rows.get(keyOf(stretch))
      if (known) known.days.push(day)
      else rows.set(keyOf(stretch), { days: [day], stretch })
    }
  return [...rows.values()]
}

const minutesOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))

/** A stretch of two times of the clock; one that ends before or when it starts goes over midnight. */
export function stretchBetween(start: string, end: string): Stretch {
  const [from, to] = [minutesOf(start), minutesOf(end)]
  return { from, to: to > from ? to : to + 1440 }
}

const without = (week: Week, { days, stretch }: WindowRow): Week =>
  Object.fromEntries(
    weekdays.map((day) => [
      day,
      days.includes(day) ? week[day].filter((one) => keyOf(one) !== keyOf(stretch)) : week[day],
    ]),
  ) as Week

/** The week with more hours on some days; what touches becomes one. */
function withRow(week: Week, { days, stretch }: WindowRow): Week {
  const added = Object.fromEntries(
    weekdays.map((day) => [day, days.includes(day) ? [...week[day], stretch] : week[day]]),
  ) as Week
  // Painting nothing puts the stretches in order.
  return painted(added, { days: [], from: 0, to: 0 }, true)
}

/** The week with one row of its list said otherwise; without days it is gone. */
export const changedRow = (week: Week, was: WindowRow, is: WindowRow): Week => withRow(without(week, was), is)
export const addedRow = withRow
