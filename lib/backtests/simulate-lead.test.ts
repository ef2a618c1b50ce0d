import { beforeAll, describe, expect, test } from 'vitest'
import { pool } from '../../db/client'
import {
  accepts,
  aLiveFlow,
  aManualStep,
  aPeer,
  aSeller,
  must,
  type Someone,
  testDatabase,
} from '../../db/testing/index'
import { intakeApp } from '../api/index'
import type { FlowDocumentInput } from '../engine/index'
import { saveDraft } from '../flows/index'
import type { Result } from '../result'
import { startRuntime } from '../runtime'
import { simulateLead } from './index'
import type { SimulateLeadInput } from './schema'

testDatabase()

const refusal = <T>(result: Result<T>) => (result.ok ? undefined : result.error)

let seller: Someone
let peer: Awaited<ReturnType<typeof aPeer>>

beforeAll(async () => {
  await startRuntime('intake')
  seller = await aSeller()
  peer = await aPeer()
  peer.now(accepts)
})

type Steps = NonNullable<FlowDocumentInput['steps']>
type Buyers = Extract<Steps[number], { type: 'distribution' }>['buyers']
const buyer = (id: string, more: object = {}) => aManualStep({ id, name: id, url: peer.url, ...more } as never)
const auction = (...buyers: object[]): FlowDocumentInput => ({
  fields: [
    { name: 'email', type: 'email' },
    { name: 'state', type: 'state' },
    { name: 'ssn', type: 'ssn' },
  ],
  steps: [{ id: 'auction', type: 'distribution', name: 'Auction', buyers: buyers as Buyers }],
})

let number = 0
async function submit(path: string, more: Record<string, string> = {}): Promise<string> {
  const body = new URLSearchParams({ email: `sim${++number}@example.com`, state: 'CA', ...more })
  const answer = await intakeApp.request(path, { method: 'POST', body })
  return ((await answer.json()) as { lead: { id: string } }).lead.id
}
const simulate = async (input: SimulateLeadInput) => must(await simulateLead(seller.actor, input))
const lines = (rows: { name: string; outcome: string; reason?: string }[]) =>
  rows.map(({ name, outcome, reason }) => [name, outcome, reason])

const office = {
  conditional_delivery: {
    time_restrictions: {
      timezone: 'America/Los_Angeles',
      days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'],
      hours: { start: '08:00', end: '18:00' },
    },
  },
}

describe('a simulated lead', () => {
  test('meets the hours of the moment that is asked about, in its zone', async () => {
    const { flowId } = await aLiveFlow(seller.actor, auction(buyer('premium', office), buyer('coastal')))
    const at = (when: string) => simulate({ flowId, at: when, timeZone: 'America/Los_Angeles' })
    const sunday = await at('2026-11-29T23:00')
    expect(sunday).toMatchObject({ at: '2026-11-30T07:00:00.000Z', outcome: 'success' })
    expect(lines(sunday.considered)).toEqual([
      ['premium', 'skipped', 'Closed until Mon 08:00 Los Angeles'],
      ['coastal', 'accepted', undefined],
    ])
    expect(lines((await at('2026-11-30T09:00')).considered)).toEqual([
      ['premium', 'accepted', undefined],
      ['coastal', 'skipped', 'Not needed: sold to premium'],
    ])
  })

  test('goes on along the chain when a buyer is taken to refuse or to fail', async () => {
    const failover = { failover_chain: [{ buyer: 'backup' }] }
    const backup = buyer('backup', { standby: true })
    const { flowId } = await aLiveFlow(seller.actor, auction(buyer('premium', { failover }), buyer('coastal'), backup))
    const refused = await simulate({ flowId, answers: { premium: 'refuses' } })
    expect(lines(refused.considered).slice(0, 2)).toEqual([
      ['premium', 'rejected', 'Taken to refuse it'],
      ['coastal', 'accepted', undefined],
    ])
    const failed = await simulate({ flowId, answers: { premium: 'fails' } })
    expect(failed.considered.slice(0, 2)).toMatchObject([
      { name: 'premium', outcome: 'error' },
      { name: 'backup', outcome: 'accepted', via: 'failover', insteadOf: 'premium' },
    ])
    expect(await simulate({ flowId, answers: { premium: 'silent' } })).toMatchObject({ outcome: 'pending' })
  })

  test('sees the caps as they are used now, takes nothing, and says where it takes them as empty', async () => {
    const caps = { conditional_delivery: { caps: { daily: 2, timezone: 'Europe/London' } } }
    const { flowId, path } = await aLiveFlow(seller.actor, auction(buyer('small', caps)))
    const before = peer.received.length
    await submit(path)
    const counted = () => pool().sql`select key, used from counters where account_id = ${seller.actor.accountId}`
    const held = await counted()
    for (let turn = 0; turn < 3; turn++) {
      const { considered, notes } = await simulate({ flowId })
      expect(considered).toMatchObject([{ outcome: 'accepted', caps: [{ words: '1 of 2 a day', isLive: true }] }])
      expect(notes).toEqual([])
    }
    expect(await counted()).toEqual(held)
    expect(peer.received.length).toBe(before + 1)
    await submit(path)
    const [full] = (await simulate({ flowId })).considered
    expect(full?.reason).toMatch(/^Cap 2 of 2 a day, resets .*London$/)
    const later = await simulate({ flowId, at: '2031-01-01T12:00' })
    expect(later.considered).toMatchObject([{ outcome: 'accepted', caps: [{ words: '0 of 2 a day', isLive: false }] }])
    expect(later.notes).toHaveLength(1)
  })

  test('may be one that came in, with other values over it; what it claimed itself is no duplicate', async () => {
    const once = { rules: { active: true, price: 45, accept_duplicates: false } }
    const document = auction(buyer('once', { ...once, eligible_when: "lead.state == 'CA'" }))
    const { flowId, path } = await aLiveFlow(seller.actor, document)
    const leadId = await submit(path, { email: 'ana@example.com', ssn: '123-45-6789' })
    expect(lines((await simulate({ flowId, leadId })).considered)).toEqual([['once', 'accepted', undefined]])
    const twice = await simulate({ flowId, lead: { email: 'ana@example.com', state: 'CA' } })
    expect(lines(twice.considered)).toEqual([['once', 'skipped', 'Duplicate']])
    const moved = await simulate({ flowId, leadId, lead: { state: 'NY' } })
    expect(lines(moved.considered)).toEqual([['once', 'skipped', 'State must be CA']])
    const blank = await simulate({ flowId, leadId, lead: { state: null } })
    expect(lines(blank.considered)).toEqual([['once', 'skipped', 'State must be CA']])
  })

  test('takes its turn as it stands, and leaves it there', async () => {
    const document = auction(buyer('one'), buyer('two'))
    const [step] = document.steps ?? []
    const { flowId, path } = await aLiveFlow(seller.actor, {
      ...document,
      steps: [{ ...step, strategy: 'round_robin' }] as Steps,
    })
    await submit(path)
    for (let turn = 0; turn < 2; turn++) {
      expect((await simulate({ flowId })).considered[0]).toMatchObject({ name: 'two', place: 'Its turn' })
    }
  })

  test('waits where the draft says so', async () => {
    const times = { ...office.conditional_delivery.time_restrictions, outside_hours: 'queue' }
    const step = buyer('premium', { conditional_delivery: { time_restrictions: times } })
    const { flowId } = await aLiveFlow(seller.actor, { steps: [step] })
    const asked = { flowId, at: '2026-11-29T23:00', timeZone: 'America/Los_Angeles' }
    expect(await simulate(asked)).toMatchObject({
      outcome: 'pending',
      waitsUntil: '2026-11-30T16:00:00.000Z',
      considered: [{ outcome: 'queued', reason: 'Closed until Mon 08:00 Los Angeles' }],
    })
  })

  test('tries the draft, not what is live', async () => {
    const { flowId } = await aLiveFlow(seller.actor, auction(buyer('one')))
    must(await saveDraft(seller.actor, { flowId, document: auction(buyer('one', { rules: { active: false } })) }))
    expect(lines((await simulate({ flowId })).considered)).toEqual([['one', 'skipped', 'Step is disabled']])
    expect(lines((await simulate({ flowId, allReady: true })).considered)).toEqual([['one', 'accepted', undefined]])
  })
})

describe('a simulation is refused', () => {
  test('for a flow or lead of somebody else, and a moment that there is not', async () => {
    const other = await aSeller()
    const { flowId, path } = await aLiveFlow(seller.actor, auction(buyer('one')))
    const leadId = await submit(path)
    expect(refusal(await simulateLead(other.actor, { flowId }))).toMatchObject({ kind: 'not-found' })
    const own = await aLiveFlow(other.actor, auction(buyer('one')))
    expect(refusal(await simulateLead(other.actor, { flowId: own.flowId, leadId }))).toMatchObject({
      kind: 'not-found',
      message: expect.stringContaining('lead'),
    })
    expect(refusal(await simulateLead(seller.actor, { flowId, at: '2026-02-30T10:00' }))).toMatchObject({
      kind: 'invalid',
      issues: [{ path: 'at' }],
    })
  })
})
