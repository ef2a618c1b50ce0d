import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sharesOf } from './shares'

test('shares are whole percents that add up to 100', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 30 }), (weights) => {
      const shares = sharesOf(weights)
      const total = weights.reduce((sum, weight) => sum + weight, 0)
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(total === 0 ? 0 : 100)
      for (const [index, share] of shares.entries()) {
        const exact = total === 0 ? 0 : ((weights[index] ?? 0) / total) * 100
        expect(Math.abs(share - exact)).toBeLessThanOrEqual(1)
      }
    }),
  )
  expect(sharesOf([1, 1, 1])).toEqual([34, 33, 33])
  expect(sharesOf([70, 30])).toEqual([70, 30])
})
