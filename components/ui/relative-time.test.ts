import { expect, test } from 'vitest'
import { dayMs, hourMs, minuteMs } from '@/lib/time'
import { exactTime, relativeTime } from './relative-time'

const now = Date.UTC(2026, 2, 31, 12, 0, 0)

test('a moment is told in the largest unit that fits', () => {
  expect(relativeTime(now - 4_000, now)).toBe('just now')
  expect(relativeTime(now - 47_000, now)).toBe('47 s ago')
  expect(relativeTime(now - 2 * minuteMs, now)).toBe('2 min ago')
  expect(relativeTime(now - 25 * hourMs, now)).toBe('1 day ago')
  expect(relativeTime(now + 7 * dayMs, now)).toBe('in 7 days')
})

test('what is older than a month is told by its date', () => {
  expect(relativeTime(now - 40 * dayMs, now)).toBe('Feb 19, 2026')
})

test('the exact time names its zone', () => {
  expect(exactTime(now, 'America/Los_Angeles')).toMatch(/Mar 31, 2026, 05:00:00 PDT/)
})
