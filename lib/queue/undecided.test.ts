import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { pool } from '../../db/client'
import {
  aBuyer,
  aConnection,
  accepts,
  aDestination,
  aLiveFlow,
  aManualStep,
  aPeer,
  aSeller,
  hangsUp,
  type Someone,
  says,
  testDatabase,
} from '../../db/testing/index'
import { answerNow, leadSeenBy, submit } from '../../db/testing/source'
import { listAudit } from '../audit/index'
import type { FlowDocumentInput } from '../engine/index'
import { releaseHeld } from '../runs/index'
import { startRuntime } from '../runtime'
import { decideAttempt, listDeadLetters, listUndecided, replayLeads } from './index'

testDatabase()

const [one, two] = await Promise.all([aPeer(), aPeer()])
let seller: Someone

beforeAll(() => startRuntime('intake'))
beforeEach(async () => {
  seller = await aSeller()
  one.now(hangsUp)
  two.now(accepts)
})

const leadOf = (leadId: string) => leadSeenBy(seller.actor, leadId)
const open = async () => (await listUndecided(seller.actor, {})).data
const countsOf = async (accountId: string, subject: string) => {
  const rows = await pool().sql<{ outcome: string; count: number; cents: number }[]>`
    select outcome, sum(count)::int as count, sum(cents)::int as cents from rollups
    where account_id = ${accountId} and subject = ${subject}
    group by outcome having sum(count) <> 0 or sum(cents) <> 0`
  return Object.fromEntries(rows.map(({ outcome, count, cents }) => [outcome, { count, cents }]))
}

type Steps = NonNullable<FlowDocumentInput['steps']>
const first = (more: object = {}) => aManualStep({ id: 'one', name: 'One', url: one.url, ...more } as never)
const second = (more: object = {}) => aManualStep({ id: 'two', name: 'Two', url: two.url, ...more } as never)
const aFlow = (steps: object[], more: FlowDocumentInput = {}) =>
  aLiveFlow(seller.actor, { price: { cost: 20 }, ...more, steps: steps as Steps })
const once = { rules: { active: true, price: 45, accept_duplicates: false } }
const daily = { conditional_delivery: { caps: { daily: 1, daily_spend: 100 } } }

/** The one attempt of the seller that nobody knows the end of. */
async function theAttempt() {
  const [attempt, ...others] = await open()
  if (!attempt || others.length > 0) throw new Error('there is not one attempt')
  return attempt
}

describe('an attempt that nobody knows the end of', () => {
  test('is listed with its lead, its buyer and what it would pay', async () => {
    const flow = await aFlow([first()])
    const { lead } = await submit(flow.path)
    expect(lead.status).toBe('pending')
    expect(await open()).toMatchObject([
      { leadId: lead.id, stepId: 'one', name: 'One', priceCents: 4500, sourceName: 'Web form' },
    ])
    expect((await listUndecided((await aSeller()).actor, {})).data).toEqual([])
  })

  test('that was accepted is charged at its price: the lead is a success, and its source is paid', async () => {
    const flow = await aFlow([first()])
    const { lead } = await submit(flow.path)
    const { eventId } = await theAttempt()
    expect(await decideAttempt(seller.actor, { eventId, accepted: true, price: 50.5 })).toMatchObject({ ok: true })
    expect(await leadOf(lead.id)).toMatchObject({
      status: 'final',
      outcome: 'success',
      revenueCents: 5050,
      priceCents: 2000,
    })
    expect(await answerNow(flow.path, lead.id)).toMatchObject({ outcome: 'success', price: 20 })
    const { events } = await leadOf(lead.id)
    const words = `One took it for $50.50, says ${seller.user.name}`
    expect(events.find(({ id }) => id === eventId)).toMatchObject({ outcome: 'accepted', priceCents: 5050 })
    expect(events.find(({ outcome }) => outcome === 'decided')?.reason).toBe(words)
    expect(await countsOf(seller.account.id, 'flow')).toEqual({ success: { count: 1, cents: 2000 } })
    expect(await countsOf(seller.account.id, 'step')).toEqual({ accepted: { count: 1, cents: 5050 } })
    expect((await listAudit(seller.actor, { subjects: [lead.id] })).entries).toMatchObject([
      { action: 'attempt.decide' },
    ])
    expect(await open()).toEqual([])
  })

  test('that was not accepted gives back what it held: its place in the cap, and the contact', async () => {
    const flow = await aFlow([first({ ...once, ...daily })])
    const { lead } = await submit(flow.path)
    one.now(accepts)
    expect((await submit(flow.path)).reason).toMatch(/^Cap 1 of 1/)
    const { eventId } = await theAttempt()
    await decideAttempt(seller.actor, { eventId, accepted: false })
    expect(await leadOf(lead.id)).toMatchObject({ status: 'final', outcome: 'failure', revenueCents: 0 })
    expect((await submit(flow.path)).outcome).toBe('success')
    expect(await pool().sql`select 1 from buyer_claims where lead_id = ${lead.id}`).toHaveLength(0)
    expect(await countsOf(seller.account.id, 'flow')).toMatchObject({ failure: { count: 2 }, success: { count: 1 } })
  })

  test('keeps its place when it was accepted, at the price that is paid', async () => {
    const flow = await aFlow([first(daily)])
    await submit(flow.path)
    const { eventId } = await theAttempt()
    await decideAttempt(seller.actor, { eventId, accepted: true, price: 60 })
    one.now(accepts)
    expect((await submit(flow.path)).reason).toMatch(/^Cap 1 of 1/)
    const [spent] = await pool().sql<{ used: string }[]>`
      select used from counters where account_id = ${seller.account.id} and used > 100`
    expect(Number(spent?.used)).toBe(6000)
  })

  test('is decided once, whoever is asked at the same moment, and not by who may only look', async () => {
    const flow = await aFlow([first()])
    const { lead } = await submit(flow.path)
    const { eventId } = await theAttempt()
    const viewer = { ...seller.actor, role: 'viewer' as const }
    expect(await decideAttempt(viewer, { eventId, accepted: true })).toMatchObject({ error: { kind: 'forbidden' } })
    const stranger = (await aSeller()).actor
    expect(await decideAttempt(stranger, { eventId, accepted: true })).toMatchObject({ error: { kind: 'not-found' } })
    const said = await Promise.all(
      Array.from({ length: 5 }, (_, index) => decideAttempt(seller.actor, { eventId, accepted: index % 2 === 0 })),
    )
    expect(said.filter(({ ok }) => ok)).toHaveLength(1)
    expect(said.find(({ ok }) => !ok)).toMatchObject({ error: { kind: 'conflict' } })
    expect((await leadOf(lead.id)).events.filter(({ outcome }) => outcome === 'decided')).toHaveLength(1)
  })

  test('of a test lead needs nobody', async () => {
    const flow = await aFlow([first()])
    await submit(flow.path, { is_test: 'true' })
    expect(await open()).toEqual([])
  })

  test('beside a delivery that failed is decided before and after its replay, and the lead ends by both', async () => {
    two.now(says(503, '{}'))
    const flow = await aFlow([first(), second()])
    const { lead } = await submit(flow.path)
    const { eventId } = await theAttempt()
    expect((await listDeadLetters(seller.actor, {})).data).toHaveLength(1)
    await decideAttempt(seller.actor, { eventId, accepted: true })
    expect(await leadOf(lead.id)).toMatchObject({ status: 'final', outcome: 'success', revenueCents: 4500 })
    two.now(accepts)
    const before = one.received.length
    await replayLeads(seller.actor, { leadIds: [lead.id] })
    expect(await decideAttempt(seller.actor, { eventId, accepted: false })).toMatchObject({
      error: { kind: 'conflict' },
    })
    await expect
      .poll(
        async () => {
          await releaseHeld()
          return (await leadOf(lead.id)).revenueCents
        },
        { timeout: 10_000 },
      )
      .toBe(9000)
    expect(one.received.length).toBe(before)
    expect(await countsOf(seller.account.id, 'flow')).toEqual({ success: { count: 1, cents: 2000 } })
  })
})

test('an invited buyer sees the same: its lead, its price, its figures', async () => {
  const buyer = await aBuyer()
  const connectionId = await aConnection(seller, buyer, await aDestination(buyer, one.url))
  const step = {
    ...{ id: 'partner', type: 'buyer', name: 'Partner', rules: { active: true, price: 45 } },
    connection: { method: 'invite', connection_id: connectionId, shared_fields: ['email'] },
  }
  const flow = await aFlow([step])
  const { lead } = await submit(flow.path)
  const { eventId } = await theAttempt()
  await decideAttempt(seller.actor, { eventId, accepted: true })
  expect(await leadSeenBy(buyer.actor, lead.id)).toMatchObject({
    status: 'final',
    outcome: 'success',
    priceCents: 4500,
  })
  expect(await countsOf(buyer.account.id, 'bought')).toEqual({ accepted: { count: 1, cents: 4500 } })
  expect(await countsOf(seller.account.id, 'connection')).toEqual({ accepted: { count: 1, cents: 4500 } })
})
