import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Retry } from '../shapes/selling'
import { nextTryAt, plannedTries, retryOf } from './retries'

const minutes = (count: number) => count * 60_000

test('the tries that are shown before publishing are those that are made', () => {
  const retry = { max_attempts: 5, first_delay: '1 minute', backoff: 2, max_delay: '4 minutes', max_age: '1 hour' }
  expect(plannedTries(Retry.parse(retry))).toEqual([0, 1, 3, 7, 11].map(minutes))
  expect(plannedTries(Retry.parse({}))).toEqual([0])
})

test('no try is shown that would be too late, and none comes before its pause is over', () => {
  const retries = fc.record({
    max_attempts: fc.integer({ min: 1, max: 20 }),
    first_delay: fc.integer({ min: 0, max: 600 }).map((count) => `${count} seconds`),
    backoff: fc.constantFrom(1, 1.5, 2, 10),
    max_delay: fc.integer({ min: 1, max: 60 }).map((count) => `${count} minutes`),
    max_age: fc.integer({ min: 1, max: 48 }).map((count) => `${count} hours`),
  })
  fc.assert(
    fc.property(retries, fc.double({ min: 0, max: 1, noNaN: true }), (given, luck) => {
      const retry = Retry.parse(given)
      const tries = plannedTries(retry)
      const compiled = retryOf(retry)
      expect(tries.length).toBeLessThanOrEqual(retry.max_attempts)
      for (const [index, at] of tries.slice(1).entries()) {
        const before = tries[index] ?? 0
        const due = compiled && nextTryAt(compiled, { tried: index + 1, startedAt: 0, now: before, luck })
        if (due !== undefined) expect(due).toBeGreaterThanOrEqual(at)
        expect(at).toBeLessThanOrEqual(compiled?.maxAgeMs ?? 0)
      }
    }),
  )
})
