import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { pool } from '../../db/client'
import {
  accepts,
  aLiveFlow,
  aManualStep,
  aPeer,
  aSeller,
  refuses,
  type Someone,
  says,
  testDatabase,
} from '../../db/testing/index'
import { answerNow, lastEmail, leadSeenBy, submit } from '../../db/testing/source'
import type { Actor } from '../actor'
import { listAudit } from '../audit/index'
import type { FlowDocumentInput } from '../engine/index'
import { releaseHeld } from '../runs/index'
import { startRuntime } from '../runtime'
import { countQueue, dropLeads, listQueue, reassignLeads, releaseLeads } from './index'
import { mostCounted } from './schema'

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
const storyOf = async (leadId: string) =>
  (await leadOf(leadId)).events.map(({ type, name, outcome }) => [type, name, outcome])
const soldTo = async (leadId: string) =>
  (await leadOf(leadId)).events.flatMap(({ type, outcome, name }) =>
    type === 'delivery' && outcome === 'accepted' ? [name] : [],
  )
/** Lets the worker take up what is due until the lead has ended. */
const ends = (leadId: string) =>
  expect
    .poll(
      async () => {
        await releaseHeld()
        return (await leadOf(leadId)).status
      },
      { timeout: 10_000 },
    )
    .toBe('final')
const waitsAgain = (leadId: string, times: number) =>
  expect
    .poll(
      async () => {
        await releaseHeld()
        return (await storyOf(leadId)).filter(([, , outcome]) => outcome === 'held').length
      },
      { timeout: 10_000 },
    )
    .toBe(times)

type Steps = NonNullable<FlowDocumentInput['steps']>
const hour = (ahead: number) => `${String((new Date().getUTCHours() + ahead) % 24).padStart(2, '0')}:00`
/** Closed now, whenever now is, and open in some hours. */
const closedNow = { timezone: 'UTC', hours: { start: hour(5), end: hour(7) }, outside_hours: 'queue' }
const closed = () =>
  aManualStep({
    id: 'one',
    name: 'One',
    url: one.url,
    conditional_delivery: { time_restrictions: closedNow },
  } as never)
const retried = () =>
  aManualStep({ id: 'one', name: 'One', url: one.url, retry: { max_attempts: 3, first_delay: '1 hour' } } as never)
const other = (more: object = {}) =>
  aManualStep({ id: 'two', name: 'Two', url: two.url, standby: true, ...more } as never)
const aFlow = (...steps: object[]) => aLiveFlow(seller.actor, { steps: steps as Steps })
const viewer = (): Actor => ({ ...seller.actor, role: 'viewer' })
const ids = (...leadIds: string[]) => ({ leadIds })

describe('the queue', () => {
  test('tells of each lead whom it waits for, why, since when and until when', async () => {
    const flow = await aFlow(closed())
    const { lead } = await submit(flow.path)
    const { data } = await listQueue(viewer(), {})
    expect(data).toMatchObject([
      {
        leadId: lead.id,
        email: lastEmail(),
        flowId: flow.flowId,
        sourceName: 'Web form',
        stepId: 'one',
        name: 'One',
        cause: 'hours',
      },
    ])
    expect(data[0]?.reason).toMatch(/^Closed until .*UTC$/)
    expect(Date.parse(data[0]?.dueAt ?? '')).toBeGreaterThan(Date.now())
    expect((await listQueue((await aSeller()).actor, {})).data).toEqual([])
  })

  test('is counted no further than the page shows', async () => {
    expect(await countQueue(viewer())).toEqual({ waiting: 0, givenUp: 0, decisions: 0 })
    const { flowId, sourceId, path } = await aFlow(closed())
    await submit(path)
    expect(await countQueue(viewer())).toMatchObject({ waiting: 1 })
    const accountId = seller.account.id
    await pool().sql`
      insert into dead_letters (lead_id, account_id, flow_id, source_id, step_id, name, cause, reason, state)
      select gen_random_uuid(), ${accountId}, ${flowId}, ${sourceId}, 'one', 'One', 'failed', 'Down', '{}'
      from generate_series(1, 120)`
    expect(await countQueue(viewer())).toEqual({ waiting: 1, givenUp: mostCounted, decisions: 0 })
  })

  test('is narrowed to a flow, to a cause and to a person, and is read page by page', async () => {
    const capped = { caps: { daily: 1, when_exceeded: { action: 'queue' } } }
    const [night, full] = [
      await aFlow(closed()),
      await aFlow(aManualStep({ id: 'one', name: 'One', url: one.url, conditional_delivery: capped } as never)),
    ]
    const waiting = [await submit(night.path), await submit(night.path), await submit(night.path)]
    await submit(full.path)
    const overCap = await submit(full.path)
    const found = async (filters: object) => (await listQueue(seller.actor, filters)).data.map(({ leadId }) => leadId)
    expect(await found({ flow_id: full.flowId })).toEqual([overCap.lead.id])
    expect(await found({ cause: 'cap' })).toEqual([overCap.lead.id])
    expect(await found({ q: lastEmail() })).toEqual([overCap.lead.id])
    const first = await listQueue(seller.actor, { flow_id: night.flowId, limit: 2 })
    const rest = await listQueue(seller.actor, {
      flow_id: night.flowId,
      limit: 2,
      cursor: first.nextCursor ?? '',
    })
    expect([...first.data, ...rest.data].map(({ leadId }) => leadId)).toEqual(waiting.map(({ lead }) => lead.id))
    expect(rest.nextCursor).toBeUndefined()
  })
})

describe('releasing', () => {
  test('tries a lead at once that would be tried again in an hour', async () => {
    one.now(says(503, '{}'))
    const flow = await aFlow(retried())
    const { lead } = await submit(flow.path)
    one.now(accepts)
    expect(await releaseLeads(seller.actor, ids(lead.id))).toMatchObject({ ok: true, value: { done: 1 } })
    await ends(lead.id)
    expect(await soldTo(lead.id)).toEqual(['One'])
    expect((await leadOf(lead.id)).events.find(({ outcome }) => outcome === 'released')?.reason).toBe(
      `Released by ${seller.user.name}`,
    )
    const { entries } = await listAudit(seller.actor, { subjects: [lead.id] })
    expect(entries).toMatchObject([{ action: 'queue.release', who: { name: seller.user.name } }])
  })

  test('opens no closed door: the lead waits on', async () => {
    const flow = await aFlow(closed())
    const { lead } = await submit(flow.path)
    const before = one.received.length
    await releaseLeads(seller.actor, ids(lead.id))
    await waitsAgain(lead.id, 2)
    expect((await listQueue(seller.actor, {})).data).toMatchObject([{ leadId: lead.id, cause: 'hours' }])
    expect(one.received.length).toBe(before)
  })

  test('asks buyers again whose distribution had a time budget that is over', async () => {
    one.now(says(503, '{}'))
    const group = { id: 'group', type: 'distribution', name: 'Group', time_budget_seconds: 1, buyers: [retried()] }
    const flow = await aFlow(group)
    const { lead } = await submit(flow.path)
    one.now(accepts)
    // Longer than the budget.
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    await releaseLeads(seller.actor, ids(lead.id))
    await ends(lead.id)
    expect(await soldTo(lead.id)).toEqual(['One'])
  })
})

describe('dropping', () => {
  test('ends the lead as a failure for its reason, and nobody else is asked', async () => {
    const flow = await aFlow(closed(), aManualStep({ id: 'two', name: 'Two', url: two.url }))
    const before = two.received.length
    const { lead } = await submit(flow.path)
    await dropLeads(seller.actor, { leadIds: [lead.id], reason: 'Asked us not to call' })
    await ends(lead.id)
    expect(await answerNow(flow.path, lead.id)).toMatchObject({ outcome: 'failure', reason: 'Asked us not to call' })
    expect(two.received.length).toBe(before)
    expect(await storyOf(lead.id)).toEqual([
      ['queue', 'One', 'held'],
      ['queue', 'One', 'dropped'],
      ['delivery', 'One', 'skipped'],
      ['source', 'Web form', 'failure'],
    ])
  })

  test('keeps what was sold before: the lead stays a success', async () => {
    const flow = await aFlow(aManualStep({ id: 'two', name: 'Two', url: two.url }), closed())
    const { lead } = await submit(flow.path)
    await dropLeads(seller.actor, ids(lead.id))
    await ends(lead.id)
    expect(await answerNow(flow.path, lead.id)).toMatchObject({ outcome: 'success' })
    expect(await soldTo(lead.id)).toEqual(['Two'])
  })
})

describe('sending to another buyer', () => {
  test('asks that one next, and sells', async () => {
    const flow = await aFlow(closed(), other())
    const { lead } = await submit(flow.path)
    expect(await reassignLeads(seller.actor, { ...ids(lead.id), stepId: 'two' })).toMatchObject({ ok: true })
    await ends(lead.id)
    expect(await soldTo(lead.id)).toEqual(['Two'])
    expect((await leadOf(lead.id)).events.find(({ outcome }) => outcome === 'reassigned')?.reason).toBe(
      `Sent to Two by ${seller.user.name}`,
    )
  })

  test('leaves the lead waiting as before where that one does not take it', async () => {
    two.now(refuses('Not here'))
    const flow = await aFlow(closed(), other())
    const { lead } = await submit(flow.path)
    const [before] = (await listQueue(seller.actor, {})).data
    await reassignLeads(seller.actor, { ...ids(lead.id), stepId: 'two' })
    await waitsAgain(lead.id, 2)
    const [after] = (await listQueue(seller.actor, {})).data
    expect(after).toMatchObject({ stepId: 'one', reason: before?.reason, dueAt: before?.dueAt })
  })

  test('goes by the rules of that step', async () => {
    const flow = await aFlow(closed(), other({ eligible_when: "lead.state == 'TX'" }))
    const { lead } = await submit(flow.path)
    const before = two.received.length
    await reassignLeads(seller.actor, { ...ids(lead.id), stepId: 'two' })
    await waitsAgain(lead.id, 2)
    expect(two.received.length).toBe(before)
  })

  test('is refused for a buyer that has the lead, for one that is not there, and for the one it waits for', async () => {
    const flow = await aFlow(aManualStep({ id: 'two', name: 'Two', url: two.url }), closed())
    const { lead } = await submit(flow.path)
    expect(await soldTo(lead.id)).toEqual(['Two'])
    const sent = (stepId: string) => reassignLeads(seller.actor, { ...ids(lead.id), stepId })
    expect(await sent('two')).toMatchObject({
      error: { kind: 'conflict', message: expect.stringMatching(/^Two has it already/) },
    })
    expect(await sent('nine')).toMatchObject({ error: { kind: 'conflict' } })
    expect(await sent('one')).toMatchObject({ error: { message: expect.stringMatching(/release it instead/) } })
  })

  test('to a step that comes later in the flow sells to it once', async () => {
    const flow = await aFlow(closed(), aManualStep({ id: 'two', name: 'Two', url: two.url }))
    const before = two.received.length
    const { lead } = await submit(flow.path)
    await reassignLeads(seller.actor, { ...ids(lead.id), stepId: 'two' })
    await ends(lead.id)
    expect(two.received.length - before).toBe(1)
    expect(await soldTo(lead.id)).toEqual(['Two'])
  })
})

describe('whoever comes second', () => {
  test('is told what the first one wanted', async () => {
    const flow = await aFlow(closed())
    const { lead } = await submit(flow.path)
    await dropLeads(seller.actor, ids(lead.id))
    const late = await releaseLeads(seller.actor, ids(lead.id))
    expect(late).toMatchObject({ error: { kind: 'conflict', message: 'Somebody has just dropped it.' } })
    await ends(lead.id)
    expect(await releaseLeads(seller.actor, ids(lead.id))).toMatchObject({
      error: { kind: 'conflict', message: 'It does not wait any more: it was just taken up.' },
    })
  })

  test('of many leads takes those that are left, and hears of the others', async () => {
    const flow = await aFlow(closed())
    const [a, b] = [await submit(flow.path), await submit(flow.path)]
    await releaseLeads(seller.actor, ids(a.lead.id))
    expect(await releaseLeads(seller.actor, ids(a.lead.id, b.lead.id))).toMatchObject({
      value: { done: 1, passedOver: [{ leadId: a.lead.id, reason: 'It is being released already' }] },
    })
  })

  test('and third, while the worker takes leads up: each is sold once', async () => {
    one.now(says(503, '{}'))
    const flow = await aFlow(retried())
    const leads = await Promise.all(Array.from({ length: 6 }, () => submit(flow.path)))
    one.now(accepts)
    const before = one.received.length
    const leadIds = leads.map(({ lead }) => lead.id)
    const clicks = Array.from({ length: 4 }, () => [releaseLeads(seller.actor, { leadIds }), releaseHeld()]).flat()
    await Promise.all(clicks)
    for (const leadId of leadIds) await ends(leadId)
    expect((await Promise.all(leadIds.map(soldTo))).flat()).toHaveLength(6)
    expect(one.received.length - before).toBe(6)
  })

  test('is not somebody who may only look, nor a stranger', async () => {
    const flow = await aFlow(closed())
    const { lead } = await submit(flow.path)
    expect(await releaseLeads(viewer(), ids(lead.id))).toMatchObject({ error: { kind: 'forbidden' } })
    const stranger = (await aSeller()).actor
    expect(await dropLeads(stranger, ids(lead.id))).toMatchObject({ error: { kind: 'not-found' } })
    expect((await listQueue(seller.actor, {})).data).toHaveLength(1)
  })
})
