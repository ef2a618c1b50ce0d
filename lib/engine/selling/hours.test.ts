import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TimeRestrictions } from '../shapes/selling'
import { hoursOf, isOpen, momentWords, opensAt, periodAround } from './hours'

const at = (text: string) => Date.parse(text)
const iso = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString())
const hours = (restrictions: object, zone = 'UTC') => hoursOf(TimeRestrictions.parse(restrictions), zone)

/** The seed's: Monday to Friday, 08:00 to 18:00 in Los Angeles. */
const office = hours({
  timezone: 'America/Los_Angeles',
  days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'],
  hours: { start: '08:00', end: '18:00' },
  outside_hours: 'queue',
})

describe('opening hours', () => {
  test('are those of the buyer’s zone', () => {
    expect(isOpen(office, at('2026-03-02T16:00:00Z'))).toBe(true)
    expect(isOpen(office, at('2026-03-02T15:59:00Z'))).toBe(false)
    expect(isOpen(office, at('2026-03-03T02:00:00Z'))).toBe(false)
    expect(isOpen(office, at('2026-03-07T18:00:00Z'))).toBe(false)
    expect(office.words).toBe('Mon–Fri 08:00–18:00 Los Angeles')
  })

  test('a Friday evening opens on Monday morning, also when the clocks change in between', () => {
    expect(iso(opensAt(office, at('2026-03-07T03:00:00Z')))).toBe('2026-03-09T15:00:00.000Z')
    expect(iso(opensAt(office, at('2026-10-31T02:00:00Z')))).toBe('2026-11-02T16:00:00.000Z')
    expect(momentWords(at('2026-03-09T15:00:00Z'), at('2026-03-07T03:00:00Z'), office.timeZone)).toBe('Mon 08:00')
  })

  test('a window over midnight belongs to the day it starts on', () => {
    const night = hours({ days: ['Fri'], hours: { start: '22:00', end: '02:00' } })
    expect(isOpen(night, at('2026-11-27T23:00:00Z'))).toBe(true)
    expect(isOpen(night, at('2026-11-28T01:59:00Z'))).toBe(true)
    expect(isOpen(night, at('2026-11-28T02:00:00Z'))).toBe(false)
    expect(isOpen(night, at('2026-11-28T23:00:00Z'))).toBe(false)
  })

  test('holidays are closed, and what began the evening before goes on', () => {
    const kept = hours({ hours: { start: '08:00', end: '18:00' }, holidays: ['2026-12-25'] })
    expect(isOpen(kept, at('2026-12-25T12:00:00Z'))).toBe(false)
    expect(iso(opensAt(kept, at('2026-12-24T19:00:00Z')))).toBe('2026-12-26T08:00:00.000Z')
  })

  test('several windows, and several a day', () => {
    const split = hours({
      hours: [
        { start: '09:00', end: '12:00' },
        { start: '13:00', end: '17:00' },
      ],
    })
    expect(isOpen(split, at('2026-05-05T12:30:00Z'))).toBe(false)
    expect(iso(opensAt(split, at('2026-05-05T12:30:00Z')))).toBe('2026-05-05T13:00:00.000Z')
    const byDay = hours({ windows: [{ days: ['Sat'], start: '10:00', end: '14:00' }] })
    expect(iso(opensAt(byDay, at('2026-05-05T12:30:00Z')))).toBe('2026-05-09T10:00:00.000Z')
  })

  test('an hour that the clocks jump over opens right after the jump', () => {
    const early = hours({ timezone: 'Europe/London', hours: { start: '01:30', end: '03:00' } })
    expect(iso(opensAt(early, at('2026-03-28T23:00:00Z')))).toBe('2026-03-29T01:00:00.000Z')
  })

  test('what never opens says so', () => {
    expect(
      opensAt(
        hours({ days: ['Mon'], hours: { start: '08:00', end: '09:00' }, holidays: mondays() }),
        at('2026-01-01T00:00:00Z'),
      ),
    ).toBe(undefined)
  })

  test('the moment found is open, the minute before is not, and nothing between was open', () => {
    const zones = [
      'America/Los_Angeles',
      'Europe/London',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'America/St_Johns',
      'UTC',
    ]
    const clock = fc.integer({ min: 0, max: 1439 }).map((minute) => {
      const two = (value: number) => String(value).padStart(2, '0')
      return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
    })
    const days = fc.uniqueArray(fc.constantFrom('Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'), { minLength: 1 })
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        days,
        clock,
        clock,
        fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-12-31T00:00:00Z') }),
        (timezone, open, start, end, now) => {
          const kept = hours({ timezone, days: open, hours: { start, end } })
          const next = opensAt(kept, now)
          expect(next).toBeDefined()
          expect(isOpen(kept, next ?? 0)).toBe(true)
          if (next === now) return
          for (let minute = now; minute < (next ?? 0); minute += 17 * 60_000) expect(isOpen(kept, minute)).toBe(false)
          expect(isOpen(kept, (next ?? 0) - 60_000)).toBe(false)
        },
      ),
      { numRuns: 150 },
    )
  })
})

function mondays(): string[] {
  return Array.from({ length: 60 }, (_, week) =>
    new Date(at('2026-01-05T00:00:00Z') + week * 7 * 86_400_000).toISOString().slice(0, 10),
  )
}

describe('the period of a cap', () => {
  const day = (text: string, zone: string) => periodAround(at(text), 'day', zone)

  test('a day begins and ends at midnight of the cap’s zone', () => {
    expect(day('2026-11-26T07:59:59Z', 'America/Los_Angeles')).toEqual({
      key: '2026-11-25',
      endsAt: at('2026-11-26T08:00:00Z'),
    })
    expect(day('2026-11-26T08:00:00Z', 'America/Los_Angeles').key).toBe('2026-11-26')
  })

  test('days of 23 and 25 hours are one day each', () => {
    expect(day('2026-03-29T00:30:00Z', 'Europe/London').endsAt - at('2026-03-29T00:00:00Z')).toBe(23 * 3_600_000)
    expect(day('2026-10-25T00:30:00Z', 'Europe/London').endsAt - at('2026-10-24T23:00:00Z')).toBe(25 * 3_600_000)
  })

  test('the hour that comes twice counts twice', () => {
    const first = periodAround(at('2026-10-25T00:30:00Z'), 'hour', 'Europe/London')
    const second = periodAround(at('2026-10-25T01:30:00Z'), 'hour', 'Europe/London')
    expect(first.key).not.toBe(second.key)
    expect(first.endsAt).toBe(at('2026-10-25T01:00:00Z'))
  })

  test('months end with their last day, weeks with Sunday', () => {
    expect(periodAround(at('2028-02-29T23:59:59Z'), 'month', 'UTC')).toEqual({
      key: '2028-02',
      endsAt: at('2028-03-01T00:00:00Z'),
    })
    expect(periodAround(at('2026-11-29T23:00:00Z'), 'week', 'UTC')).toEqual({
      key: 'W2026-11-23',
      endsAt: at('2026-11-30T00:00:00Z'),
    })
  })

  test('at its end a period of another key begins, wherever and whenever', () => {
    const zones = [
      'America/Los_Angeles',
      'Europe/London',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'America/St_Johns',
      'Pacific/Apia',
    ]
    const periods = ['minute', 'hour', 'day', 'week', 'month'] as const
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.constantFrom(...periods),
        fc.integer({ min: at('2025-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z') }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (zone, period, now, share) => {
          // The period of another year in between, so that nothing is remembered.
          const anew = (ms: number) => {
            periodAround(ms + 800 * 86_400_000, period, zone)
            return periodAround(ms, period, zone)
          }
          const { key, endsAt } = anew(now)
          expect(endsAt).toBeGreaterThan(now)
          const within = now + Math.floor((endsAt - 1 - now) * share)
          expect(periodAround(within, period, zone)).toEqual(anew(within))
          expect(anew(endsAt - 1).key).toBe(key)
          expect(anew(endsAt).key).not.toBe(key)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('what is remembered of one moment is not said of an earlier one', () => {
    expect(periodAround(at('2026-12-01T00:00:00Z'), 'month', 'UTC').key).toBe('2026-12')
    expect(periodAround(at('2026-11-30T23:59:59Z'), 'month', 'UTC').key).toBe('2026-11')
  })
})
