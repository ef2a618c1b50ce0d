import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { pool } from '../../db/client'
import {
  accepts,
  aLiveFlow,
  aManualStep,
  aPeer,
  aSeller,
  hangsUp,
  refuses,
  type Someone,
  says,
  testDatabase,
} from '../../db/testing/index'
import { answerNow, lastEmail, leadSeenBy, submit } from '../../db/testing/source'
import { listAudit } from '../audit/index'
import type { FlowDocumentInput } from '../engine/index'
import { publishFlow, saveDraft, updateFlow } from '../flows/index'
import { releaseHeld } from '../runs/index'
import { startRuntime } from '../runtime'
import { dayMs } from '../time'
import { listDeadLetters, replayLeads } from './index'

testDatabase()

const [one, two] = await Promise.all([aPeer(), aPeer()])
let seller: Someone

beforeAll(() => startRuntime('intake'))
beforeEach(async () => {
  seller = await aSeller()
  one.now(accepts)
  two.now(accepts)
})

const leadOf = (leadId: string) => leadSeenBy(seller.actor, leadId)
const deliveriesOf = async (leadId: string) =>
  (await leadOf(leadId)).events.flatMap(({ type, name, outcome }) => (type === 'delivery' ? [[name, outcome]] : []))
const givenUp = async (filters: object = {}) =>
  (await listDeadLetters(seller.actor, filters)).data.map(({ leadId }) => leadId)
/** Lets the worker take up what is due, until the lead was answered this often. */
const answered = (leadId: string, times: number) =>
  expect
    .poll(
      async () => {
        await releaseHeld()
        const { events, status } = await leadOf(leadId)
        return status === 'final' && events.filter(({ type }) => type === 'source').length
      },
      { timeout: 10_000 },
    )
    .toBe(times)
const statsOf = async (flowId: string) => {
  const rows = await pool().sql<{ outcome: string; count: number; cents: number }[]>`
    select outcome, sum(count)::int as count, sum(cents)::int as cents from rollups
    where subject = 'flow' and subject_id = ${flowId} group by outcome having sum(count) <> 0 or sum(cents) <> 0`
  return Object.fromEntries(rows.map(({ outcome, count, cents }) => [outcome, { count, cents }]))
}

type Steps = NonNullable<FlowDocumentInput['steps']>
const first = (more: object = {}) => aManualStep({ id: 'one', name: 'One', url: one.url, ...more } as never)
const second = (more: object = {}) => aManualStep({ id: 'two', name: 'Two', url: two.url, ...more } as never)
const aFlow = (steps: object[], more: FlowDocumentInput = {}) =>
  aLiveFlow(seller.actor, { price: { cost: 20 }, ...more, steps: steps as Steps })
const eightDaysAgo = () => `"receivedAt":${Date.now() - 8 * dayMs}`
const isDown = says(503, '{}')
const ids = (...leadIds: string[]) => ({ leadIds })

describe('leads that are given up', () => {
  test('are those whose deliveries failed, with the last reason: no refusals, no sales, no tests', async () => {
    one.now(isDown)
    const flow = await aFlow([first()])
    const { lead, outcome } = await submit(flow.path)
    expect(outcome).toBe('error')
    one.now(refuses('No'))
    await submit(flow.path)
    one.now(isDown)
    await submit(flow.path, { is_test: 'true' })
    const { data } = await listDeadLetters(seller.actor, {})
    expect(data).toMatchObject([
      { leadId: lead.id, stepId: 'one', name: 'One', cause: 'failed', sourceName: 'Web form' },
    ])
    expect(data[0]?.reason).toContain('503')
  })

  test('are not those that another buyer took in the place of one that failed', async () => {
    one.now(isDown)
    const group = { id: 'group', type: 'distribution', name: 'Group', buyers: [first(), second()] }
    const flow = await aFlow([group])
    expect((await submit(flow.path)).outcome).toBe('success')
    expect(await givenUp()).toEqual([])
  })

  test('are also those that waited for seven days', async () => {
    const caps = { daily: 1, when_exceeded: { action: 'queue' } }
    const flow = await aFlow([first({ conditional_delivery: { caps } })])
    await submit(flow.path)
    const { lead } = await submit(flow.path)
    await pool().sql`
      update held_leads set due_at = now(), state = regexp_replace(state, '"receivedAt":\\d+', ${eightDaysAgo()})
      where lead_id = ${lead.id}`
    await answered(lead.id, 1)
    expect((await listDeadLetters(seller.actor, {})).data).toMatchObject([
      { leadId: lead.id, cause: 'expired', reason: 'Waited for seven days' },
    ])
  })

  test('are found by flow, by time and by person, page by page', async () => {
    one.now(isDown)
    const [a, b] = [await aFlow([first()]), await aFlow([first()])]
    const leads = [await submit(a.path), await submit(a.path), await submit(b.path)].map(({ lead }) => lead.id)
    expect(await givenUp({ flow_id: a.flowId })).toEqual([leads[1], leads[0]])
    expect(await givenUp({ q: lastEmail() })).toEqual([leads[2]])
    expect(await givenUp({ to: new Date(Date.now() - 3_600_000).toISOString() })).toEqual([])
    const page = await listDeadLetters(seller.actor, { limit: 2 })
    const rest = await listDeadLetters(seller.actor, { limit: 2, cursor: page.nextCursor ?? '' })
    expect([...page.data, ...rest.data].map(({ leadId }) => leadId)).toEqual(leads.toReversed())
  })
})

describe('a replay', () => {
  test('sells the lead by an attempt of its own, says who did it, and counts it once, as what it is now', async () => {
    one.now(isDown)
    const flow = await aFlow([first()])
    const { lead } = await submit(flow.path)
    expect(await statsOf(flow.flowId)).toEqual({ error: { count: 1, cents: 0 } })
    one.now(accepts)
    expect(await replayLeads(seller.actor, ids(lead.id))).toMatchObject({ value: { done: 1, left: false } })
    await answered(lead.id, 2)
    const { events, revenueCents, priceCents } = await leadOf(lead.id)
    expect({ revenueCents, priceCents }).toEqual({ revenueCents: 4500, priceCents: 2000 })
    expect(await answerNow(flow.path, lead.id)).toMatchObject({ outcome: 'success', price: 20 })
    const attempts = events.filter(({ type }) => type === 'delivery')
    expect(attempts.map(({ outcome }) => outcome)).toEqual(['error', 'accepted'])
    expect(new Set(attempts.map(({ id }) => id)).size).toBe(2)
    expect(one.received.at(-1)?.headers['idempotency-key']).toBe(attempts[1]?.id)
    expect(events.find(({ outcome }) => outcome === 'replayed')?.reason).toBe(`Replayed by ${seller.user.name}`)
    expect((await listAudit(seller.actor, { subjects: [lead.id] })).entries).toMatchObject([{ action: 'queue.replay' }])
    expect(await statsOf(flow.flowId)).toEqual({ success: { count: 1, cents: 2000 } })
    expect(await givenUp()).toEqual([])
  })

  test('goes once, however often and by however many it is asked for', async () => {
    one.now(isDown)
    const flow = await aFlow([first()])
    const leads = await Promise.all(Array.from({ length: 8 }, () => submit(flow.path)))
    const leadIds = leads.map(({ lead }) => lead.id)
    one.now(accepts)
    const before = one.received.length
    const clicks = Array.from({ length: 5 }, (_, index) =>
      replayLeads(seller.actor, index % 2 === 0 ? { leadIds } : { flowId: flow.flowId }),
    )
    const said = await Promise.all([...clicks, releaseHeld(), releaseHeld()])
    const done = said.map((result) => (typeof result === 'object' && result.ok ? result.value.done : 0))
    expect(done.reduce((sum, count) => sum + count, 0)).toBe(8)
    for (const leadId of leadIds) await answered(leadId, 2)
    expect(one.received.length - before).toBe(8)
    expect(await replayLeads(seller.actor, ids(leadIds[0] ?? ''))).toMatchObject({ error: { kind: 'conflict' } })
  })

  test('asks only the steps that failed: who has the lead, or may have it, gets it no second time', async () => {
    one.now(isDown)
    const flow = await aFlow([first(), second()])
    const { lead } = await submit(flow.path)
    expect(await deliveriesOf(lead.id)).toEqual([
      ['One', 'error'],
      ['Two', 'accepted'],
    ])
    one.now(accepts)
    const before = two.received.length
    await replayLeads(seller.actor, ids(lead.id))
    await answered(lead.id, 2)
    expect(two.received.length).toBe(before)
    expect((await leadOf(lead.id)).revenueCents).toBe(9000)
  })

  test('keeps to how many a distribution may sell to', async () => {
    one.now(isDown)
    two.now(hangsUp)
    const group = { id: 'group', type: 'distribution', name: 'Group', sell_to: 1, buyers: [first(), second()] }
    const flow = await aFlow([group])
    await submit(flow.path)
    // Two may have it: nobody else is to have it too.
    expect(await givenUp()).toEqual([])
  })

  test('of a buyer that takes nobody twice finds what it took meanwhile', async () => {
    one.now(isDown)
    const flow = await aFlow([first({ rules: { active: true, accept_duplicates: false } })])
    const { lead } = await submit(flow.path, { phone_1: '5125550133' })
    one.now(accepts)
    expect((await submit(flow.path, { phone_1: '5125550133' })).outcome).toBe('success')
    const before = one.received.length
    await replayLeads(seller.actor, ids(lead.id))
    await answered(lead.id, 2)
    expect(one.received.length).toBe(before)
    expect((await leadOf(lead.id)).outcome).not.toBe('success')
  })

  test('goes by the flow as it is published now: what was put right counts', async () => {
    one.now(isDown)
    const flow = await aFlow([first()])
    const { lead } = await submit(flow.path)
    await saveDraft(seller.actor, { flowId: flow.flowId, document: { steps: [first({ url: two.url })] as Steps } })
    await publishFlow(seller.actor, { flowId: flow.flowId })
    await replayLeads(seller.actor, ids(lead.id))
    await answered(lead.id, 2)
    expect((await leadOf(lead.id)).outcome).toBe('success')
  })

  test('that fails again stands among the given up again, and can be repeated', async () => {
    one.now(isDown)
    const flow = await aFlow([first()])
    const { lead } = await submit(flow.path)
    await replayLeads(seller.actor, ids(lead.id))
    await answered(lead.id, 2)
    expect(await givenUp()).toEqual([lead.id])
    one.now(accepts)
    await replayLeads(seller.actor, ids(lead.id))
    await answered(lead.id, 3)
    expect(await statsOf(flow.flowId)).toEqual({ success: { count: 1, cents: 2000 } })
  })

  test('takes its place in the caps of the flow like any other lead', async () => {
    one.now(isDown)
    const flow = await aFlow([first()], { caps: { daily: 1, reason: 'Enough for today' } })
    const { lead } = await submit(flow.path)
    one.now(accepts)
    await submit(flow.path)
    await replayLeads(seller.actor, ids(lead.id))
    await answered(lead.id, 2)
    expect(await answerNow(flow.path, lead.id)).toMatchObject({ outcome: 'failure', reason: 'Enough for today' })
  })

  test('waits like any other lead where its buyer asks for it, long after the lead came in', async () => {
    one.now(isDown)
    const flow = await aFlow([first({ retry: { max_attempts: 2, first_delay: '1 second' } })])
    const { lead } = await submit(flow.path)
    await answered(lead.id, 1)
    await pool().sql`
      update dead_letters set state = regexp_replace(state, '"receivedAt":\\d+', ${eightDaysAgo()})
      where lead_id = ${lead.id}`
    await replayLeads(seller.actor, ids(lead.id))
    await answered(lead.id, 2)
    expect(await givenUp()).toEqual([lead.id])
    expect(await deliveriesOf(lead.id)).toEqual([
      ['One', 'error'],
      ['One', 'error'],
    ])
  })

  test('is refused while the flow is off, for strangers, and for who may only look', async () => {
    one.now(isDown)
    const flow = await aFlow([first()])
    const { lead } = await submit(flow.path)
    await updateFlow(seller.actor, { flowId: flow.flowId, enabled: false })
    expect(await replayLeads(seller.actor, ids(lead.id))).toMatchObject({
      error: { kind: 'conflict', message: 'Its flow is switched off.' },
    })
    expect(await replayLeads(seller.actor, { flowId: flow.flowId })).toMatchObject({ error: { kind: 'conflict' } })
    expect(await replayLeads((await aSeller()).actor, ids(lead.id))).toMatchObject({ error: { kind: 'not-found' } })
    const viewer = { ...seller.actor, role: 'viewer' as const }
    expect(await replayLeads(viewer, ids(lead.id))).toMatchObject({ error: { kind: 'forbidden' } })
    expect(await replayLeads(seller.actor, {})).toMatchObject({ error: { kind: 'invalid' } })
    expect(await givenUp()).toEqual([lead.id])
  })
})
