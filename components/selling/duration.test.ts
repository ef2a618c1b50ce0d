import fc from 'fast-check'
import { expect, test } from 'vitest'
import { msOfWords } from '@/lib/engine/schema'
import { durationOf, shortDuration, wordsOfDuration } from './duration'

test('a time that is shown by number and unit is the time that the document says', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 400 * 86_400 }), (seconds) => {
      const { count, unit } = durationOf(seconds * 1_000)
      expect(msOfWords(wordsOfDuration(count, unit))).toBe(seconds * 1_000)
    }),
  )
  expect(durationOf(90_000)).toEqual({ count: 90, unit: 'second' })
  expect(durationOf(3_600_000)).toEqual({ count: 1, unit: 'hour' })
})

test('a time is told in its two largest units', () => {
  expect([0, 45_000, 5_400_000, 90_061_000].map(shortDuration)).toEqual(['at once', '45 s', '1 h 30 min', '1 d 1 h'])
})
