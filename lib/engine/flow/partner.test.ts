import { describe, expect, test } from 'vitest'
import { aBuyer, aFlow, begin, now, play, says } from '../fixtures'
import type { AccountCaps, StepTarget } from '../index'

type Partner = Pick<StepTarget, 'caps' | 'partnerHours' | 'blocked'>

/** A step that is configured by hand, of a partner. */
const aPartnerStep = (partner: Partner, more: Parameters<typeof aBuyer>[1] = {}) => {
  const step = aBuyer('a', more)
  if (step.connection.method !== 'manual') throw new Error('not configured by hand')
  const { endpoint, request } = step.connection
  const config = { endpoint, request, response: { success_codes: [200] }, required_fields: [] }
  const target = { active: true, recipient: 'Coastal', config, ...partner } as StepTarget
  return aFlow({ steps: [step], targets: { a: target } })
}
const limit = (caps: AccountCaps): NonNullable<StepTarget['caps']> => [
  { caps, timeZone: 'Europe/London', of: 'partner', owner: 'partner:p1' },
]
const end = (made: ReturnType<typeof aPartnerStep>) => play(made, { email: 'a@example.com' }, { a: says(200) })

describe('a partner’s limit', () => {
  const { flow, source } = aPartnerStep({ caps: limit({ daily: 50 }) })
  const asked = begin({ flow, source }).effects[0]
  if (asked?.kind !== 'reserve') throw new Error('the counters are not asked')

  test('is asked for with what the step itself takes, in one question', () => {
    expect(asked.ask.candidates).toMatchObject([
      { stepId: 'a', needs: [{ key: 'partner:p1|leads|day|Europe/London|2026-01-14', limit: 50, amount: 1 }] },
    ])
  })

  test('is of one counter, whichever step asks', () => {
    const other = aPartnerStep({ caps: limit({ daily: 50 }) }, { conditional_delivery: { caps: { daily: 10 } } })
    const effect = begin(other).effects[0]
    const keys =
      effect?.kind === 'reserve' ? effect.ask.candidates.flatMap(({ needs }) => needs.map(({ key }) => key)) : []
    expect(keys).toEqual([
      'step:f1/a|leads|day|America/New_York|2026-01-14',
      'partner:p1|leads|day|Europe/London|2026-01-14',
    ])
  })

  test('costs nothing where there is none', () => {
    expect(begin(aPartnerStep({})).effects[0]?.kind).toBe('attempt')
  })
})

describe('a partner’s schedule', () => {
  // It is Wednesday 18:30 in UTC.
  const closed = { timezone: 'UTC', hours: { start: '09:00', end: '17:00' } }

  test('closes its steps, and says until when', () => {
    const run = end(aPartnerStep({ partnerHours: closed }))
    expect(run).toMatchObject({ outcome: 'failure', reason: 'Partner closed until Thu 09:00 UTC' })
  })

  test('counts beside the step’s own hours: both have to be open', () => {
    const own = { time_restrictions: { timezone: 'UTC', hours: { start: '18:00', end: '19:00' } } }
    const open = { timezone: 'UTC', hours: { start: '18:00', end: '20:00' } }
    expect(end(aPartnerStep({ partnerHours: closed }, { conditional_delivery: own })).outcome).toBe('failure')
    expect(end(aPartnerStep({ partnerHours: open }, { conditional_delivery: own })).outcome).toBe('success')
  })

  test('holds a lead where the step queues what comes outside its hours', () => {
    const own = { time_restrictions: { timezone: 'UTC', outside_hours: 'queue' as const } }
    const { effects, run } = begin(aPartnerStep({ partnerHours: closed }, { conditional_delivery: own }))
    expect(effects[0]).toMatchObject({ kind: 'hold', reason: 'Partner closed until Thu 09:00 UTC' })
    expect(run.receivedAt).toBe(now)
  })
})

test('nothing goes to a paused partner', () => {
  expect(end(aPartnerStep({ blocked: 'Partner paused' }))).toMatchObject({
    outcome: 'failure',
    reason: 'Partner paused',
  })
})
