import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aBuyer, aFlow, aRun } from '../fixtures'
import {
  addLead,
  assumedVerdict,
  type ChangeKind,
  changeOf,
  emptyTotals,
  endingOfRun,
  type LeadEnding,
  percentOf,
  simulate,
} from '../index'

const flow = aFlow({
  steps: [aBuyer('a', { rules: { active: true, price: 45 } }), aBuyer('b', { eligible_when: "lead.state == 'CA'" })],
})
const tried = (submitted: Record<string, string>, answers: Record<string, 'accepted' | 'rejected'>) =>
  endingOfRun(
    simulate(flow.flow, flow.source, aRun(flow, submitted), (stepId) => ({ outcome: answers[stepId] ?? 'rejected' })),
  )

describe('a lead that is only tried', () => {
  test('goes through the flow as a live one does', () => {
    expect(tried({ state: 'NY' }, { a: 'accepted' })).toMatchObject({
      outcome: 'success',
      revenueCents: 4500,
      buyers: [
        { stepId: 'a', outcome: 'accepted', priceCents: 4500 },
        { stepId: 'b', outcome: 'skipped', reason: 'State must be CA' },
      ],
    })
    expect(tried({ state: 'CA' }, {})).toMatchObject({
      outcome: 'failure',
      buyers: [{ outcome: 'rejected' }, { outcome: 'rejected' }],
    })
  })

  test('ends the same however often it is tried', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.integer({ min: 0, max: 100 }), (id, percent) => {
        const verdict = assumedVerdict({ answers: 'accepts_percent', percent }, id, 'a')
        expect(assumedVerdict({ answers: 'accepts_percent', percent }, id, 'a')).toEqual(verdict)
        expect(verdict.outcome === 'accepted').toBe(percentOf(`${id} a`) < percent)
      }),
    )
  })

  test('is accepted by about the share that is assumed, whatever its id looks like', () => {
    for (const percent of [10, 50, 90]) {
      const ids = Array.from({ length: 5_000 }, (_, i) => `0197a3c2-${i.toString(16).padStart(4, '0')}-7c41`)
      const share = ids.filter((id) => percentOf(`${id} a`) < percent).length / 50
      expect(Math.abs(share - percent)).toBeLessThan(3)
    }
  })
})

const ending = (more: Partial<LeadEnding> = {}): LeadEnding => ({
  outcome: 'success',
  buyers: [{ stepId: 'a', name: 'A', outcome: 'accepted', priceCents: 4500 }],
  revenueCents: 4500,
  costCents: 2000,
  ...more,
})
const unsold = ending({ outcome: 'failure', reason: 'No', buyers: [], revenueCents: 0, costCents: 0 })

const anyEnding = fc.constantFrom(ending(), unsold)

describe('what happened and what would have', () => {
  test.each<[LeadEnding | undefined, LeadEnding, ChangeKind]>([
    [ending(), ending(), 'same'],
    [ending(), unsold, 'lost'],
    [unsold, ending(), 'won'],
    [ending(), ending({ buyers: [{ stepId: 'b', name: 'B', outcome: 'accepted', priceCents: 4500 }] }), 'moved'],
    [ending(), ending({ revenueCents: 5000 }), 'repriced'],
    [unsold, { ...unsold, outcome: 'error' }, 'outcome'],
    [unsold, { ...unsold, reason: 'Not here' }, 'reason'],
    [undefined, ending(), 'new'],
  ])('are told apart (%#)', (before, after, change) => {
    expect(changeOf(before, after)).toBe(change)
  })

  test('add up, lead by lead', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyEnding, anyEnding), { maxLength: 40 }), (leads) => {
        const totals = emptyTotals()
        for (const [before = unsold, after = unsold] of leads) addLead(totals, before, after, changeOf(before, after))
        const { before, after, changes } = totals
        const { won = 0, lost = 0 } = changes
        expect(after.sold - before.sold).toBe(won - lost)
        expect(after.revenueCents).toBe(after.sold * 4500)
        expect(before.leads).toBe(leads.length)
        expect(Object.values(changes).reduce((sum, count) => sum + count, 0)).toBe(leads.length)
      }),
    )
  })
})
