import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hourMs } from '../../time'
import { hoursOf, isOpen } from '../selling/hours'
import { TimeRestrictions, type Weekday, weekdays } from './selling'
import { painted, shownOn, type Week, weekOf, withWeek } from './week'

const times = (given: object) => TimeRestrictions.parse({ outside_hours: 'queue', ...given })
const office = times({ days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'], hours: { start: '08:00', end: '18:00' } })

const clock = fc.oneof(
  fc.constantFrom('00:00', '08:00', '12:00', '22:00', '24:00'),
  fc.integer({ min: 0, max: 1439 }).map((minute) => {
    const two = (value: number) => String(value).padStart(2, '0')
    return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
  }),
)
const window = fc.record({ start: clock, end: clock })
const days = fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 })
const restrictions = fc
  .record(
    {
      timezone: fc.constantFrom('America/New_York', 'Europe/London', 'UTC'),
      days,
      hours: fc.oneof(window, fc.array(window, { maxLength: 4 })),
      windows: fc.array(fc.record({ days, start: clock, end: clock }), { maxLength: 4 }),
      holidays: fc.array(fc.constantFrom('2026-03-08', '2026-12-25', '2026-07-03'), { maxLength: 2 }),
      alternate_buyer: fc.constant('backup'),
    },
    { requiredKeys: [] },
  )
  .map(times)
const area = fc
  .record({ days, from: fc.nat({ max: 47 }), length: fc.integer({ min: 1, max: 48 }) })
  .map(({ days: on, from, length }) => ({ days: on, from: from * 30, to: Math.min(from + length, 48) * 30 }))

/** Moments of the days around the one on which New York's clocks jump, which is a holiday in some of the runs. */
const moments = Array.from({ length: 10 * 24 }, (_, index) => Date.parse('2026-03-02T00:07Z') + index * hourMs)
const openings = (given: TimeRestrictions) => {
  const hours = hoursOf(given, 'America/Los_Angeles')
  return moments.map((at) => isOpen(hours, at))
}

const isShown = (week: Week, day: Weekday, minute: number) =>
  shownOn(week, day).some(({ from, to }) => from <= minute && minute < to)

describe('the availability calendar', () => {
  test('leaves a document alone in which nothing was changed', () => {
    fc.assert(
      fc.property(restrictions, (given) => {
        expect(withWeek(given, weekOf(given))).toBe(given)
      }),
    )
  })

  test('loses nothing when hours are opened that were open, or closed that were closed', () => {
    fc.assert(
      fc.property(restrictions, area, (given, { days: on, from, to }) => {
        const week = weekOf(given)
        const isOpenOn = (day: Weekday) => shownOn(week, day).some((one) => one.from <= from && one.to >= to)
        const isClosedOn = (day: Weekday) => shownOn(week, day).every((one) => one.to <= from || one.from >= to)
        const whole = on.filter(isOpenOn)
        const blank = on.filter(isClosedOn)
        expect(painted(week, { days: whole, from, to }, true)).toEqual(week)
        const same = withWeek(given, painted(week, { days: blank, from, to }, false))
        expect(same && openings(same)).toEqual(openings(given))
      }),
      { numRuns: 60 },
    )
  })

  test('writes a changed week so that it reads back as it was painted, and keeps all that is no hour', () => {
    fc.assert(
      fc.property(
        restrictions,
        fc.array(fc.tuple(area, fc.boolean()), { minLength: 1, maxLength: 4 }),
        (given, all) => {
          const week = all.reduce((now, [one, open]) => painted(now, one, open), weekOf(given))
          const written = withWeek(given, week)
          if (!written) {
            expect(weekdays.every((day) => week[day].length === 0)).toBe(true)
            return
          }
          expect(weekOf(written)).toEqual(week)
          const { days: _, hours: __, windows: ___, ...kept } = given
          expect(written).toMatchObject(kept)
        },
      ),
    )
  })

  test('opens and closes exactly what is painted, on the clock of each day', () => {
    fc.assert(
      fc.property(restrictions, area, fc.boolean(), (given, one, open) => {
        const before = weekOf(given)
        const after = painted(before, one, open)
        const isIn = (day: Weekday, minute: number) => one.days.includes(day) && minute >= one.from && minute < one.to
        for (const day of weekdays)
          for (let minute = 0; minute < 1440; minute += 30)
            expect(isShown(after, day, minute)).toBe(isIn(day, minute) ? open : isShown(before, day, minute))
      }),
      { numRuns: 60 },
    )
  })

  test('keeps the short form where it says it all, and takes windows where days differ', () => {
    const week = weekOf(office)
    expect(
      withWeek(office, painted(week, { days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'], from: 720, to: 780 }, false)),
    ).toEqual({
      outside_hours: 'queue',
      days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'],
      hours: [
        { start: '08:00', end: '12:00' },
        { start: '13:00', end: '18:00' },
      ],
    })
    expect(withWeek(office, painted(week, { days: ['Sat'], from: 600, to: 840 }, true))).toEqual({
      outside_hours: 'queue',
      windows: [
        { days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'], start: '08:00', end: '18:00' },
        { days: ['Sat'], start: '10:00', end: '14:00' },
      ],
    })
  })

  test('cannot say a week in which nothing is open', () => {
    expect(withWeek(office, painted(weekOf(office), { days: weekdays, from: 0, to: 1440 }, false))).toBeUndefined()
  })
})
