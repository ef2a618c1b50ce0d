import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { db, pool } from '../../db/client'
import { destinations } from '../../db/schema/index'
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
  must,
  type Received,
  refuses,
  type Someone,
  says,
  someProcesses,
  testDatabase,
} from '../../db/testing/index'
import { intakeApp } from '../api/index'
import { type FlowDocumentInput, Request } from '../engine/index'
import { getEvent } from '../events/index'
import { setStepActive } from '../flows/index'
import { getLead } from '../leads/index'
import { dropLeads, listQueue, releaseLeads } from '../queue/index'
import { forget, startRuntime } from '../runtime'
import { batchesDone, recoverRuns, releaseHeld, sendBatches } from './index'

testDatabase()

let seller: Someone
let acme: Awaited<ReturnType<typeof aPeer>>
beforeAll(async () => {
  await startRuntime('intake')
  acme = await aPeer()
})
beforeEach(async () => {
  seller = await aSeller()
  acme.now(accepts)
  acme.received.length = 0
})

type Steps = NonNullable<FlowDocumentInput['steps']>
const hourly = { minutes: 60, leads: 3 }

/** A buyer step that collects leads; items of its answers are named by the event id where `items` says so. */
function aBatchStep({ batch = hourly, items = false, ...more }: Record<string, unknown> & { items?: boolean } = {}) {
  const step = aManualStep({ id: 'acme', name: 'Acme', url: acme.url, ...(more as object) })
  const parser = {
    ...step.connection.response.parser,
    ...(items && { items_path: 'results', item_event_path: 'event_id' }),
  }
  const { request, response } = step.connection
  const connection = { ...step.connection, request: { ...request, batch }, response: { ...response, parser } }
  return { ...step, connection }
}
const aFlowOf = (...steps: object[]) => aLiveFlow(seller.actor, { steps: steps as Steps })

let number = 0
const submit = async (path: string) => {
  const body = new URLSearchParams({ email: `batch${++number}@example.com`, state: 'CA' })
  const answer = await intakeApp.request(path, { method: 'POST', body })
  expect(answer.status).toBe(201)
  return (await answer.json()) as { outcome: string; lead: { id: string; status?: string }; reason?: string }
}
const submitSome = async (path: string, count: number) => {
  const ids: string[] = []
  for (let lead = 0; lead < count; lead++) ids.push((await submit(path)).lead.id)
  return ids
}
const leadOf = async (leadId: string, actor = seller.actor) => must(await getLead(actor, leadId))
const deliveryOf = async (leadId: string) => (await leadOf(leadId)).events.find(({ type }) => type === 'delivery')
const outcomes = (ids: string[]) => Promise.all(ids.map(async (id) => (await deliveryOf(id))?.outcome))
const itemsOf = (received: Received | undefined) =>
  JSON.parse(received?.body ?? '[]') as { event_id: string; email: string }[]
/** Sends what is due, to its end. */
const flush = async () => {
  const begun = await sendBatches()
  await batchesDone()
  return begun
}
/** As if the time of all that is collected had come. */
const comesDue = () => pool().sql`update collected_leads set due_at = now()`
/** Answers with one line for each lead that it was sent. */
const answersEach =
  (result: (item: { event_id: string }, index: number) => object | undefined) =>
  (request: Received, response: Parameters<typeof accepts>[1]) =>
    says(200, { results: itemsOf(request).flatMap((item, index) => result(item, index) ?? []) })(request, response)

describe('leads of a step that collects', () => {
  test('go out in one request when there are enough, each accepted, and show themselves alone', async () => {
    const flow = await aFlowOf(aBatchStep())
    const [first, second] = [await submit(flow.path), await submit(flow.path)]
    expect(first).toMatchObject({ outcome: 'success', lead: { status: 'pending' } })
    expect(await flush()).toBe(0)
    const third = await submit(flow.path)
    expect(await flush()).toBe(1)
    expect(acme.received).toHaveLength(1)
    const [request] = acme.received
    const ids = [first, second, third].map(({ lead }) => lead.id)
    expect(itemsOf(request)).toHaveLength(3)
    expect(request?.headers).toMatchObject({ 'x-baton-batch-size': '3' })
    expect(request?.headers['idempotency-key']).toBe(request?.headers['x-baton-batch-id'])
    expect(request?.headers).not.toHaveProperty('x-baton-event-id')
    for (const [index, id] of ids.entries()) {
      expect(await leadOf(id)).toMatchObject({ status: 'final', outcome: 'success', revenueCents: 4500 })
      const { id: eventId = '' } = (await deliveryOf(id)) ?? {}
      expect(itemsOf(request)[index]?.event_id).toBe(eventId)
      const event = must(await getEvent(seller.actor, eventId))
      expect(itemsOf(event.request as never)).toEqual([itemsOf(request)[index]])
      expect(event.batch).toEqual({ id: request?.headers['x-baton-batch-id'], size: 3, position: index + 1 })
    }
    expect(await pool().sql`select 1 from collected_leads where lead_id = any(${ids}::uuid[])`).toHaveLength(0)
  })

  test('go out when their time has come, and no more in one request than it says', async () => {
    const flow = await aFlowOf(aBatchStep())
    const ids = await submitSome(flow.path, 5)
    expect(await flush()).toBe(1)
    expect(await flush()).toBe(0)
    await comesDue()
    expect(await flush()).toBe(1)
    expect(acme.received.map((request) => itemsOf(request).length)).toEqual([3, 2])
    expect(new Set(acme.received.map(({ headers }) => headers['idempotency-key'])).size).toBe(2)
    expect(new Set(await outcomes(ids))).toEqual(new Set(['accepted']))
  })

  test('are taken by one worker, whoever looks at the same moment', async () => {
    const made = await someProcesses(3)
    const flow = await aFlowOf(aBatchStep({ batch: { minutes: 60, leads: 20 } }))
    const ids = await submitSome(flow.path, 20)
    await Promise.all(made.processes.map((inside) => inside(flush)))
    await made.stop()
    expect(acme.received.map((request) => itemsOf(request).length)).toEqual([20])
    expect(new Set(await outcomes(ids))).toEqual(new Set(['accepted']))
  })

  test('of two sellers never share a request, and no lead shows another one', async () => {
    const buyer = await aBuyer()
    const destinationId = await aDestination(buyer, acme.url)
    const [row] = await db().select().from(destinations).where(eq(destinations.id, destinationId))
    if (!row) throw new Error('it was made')
    const request = Request.parse({ ...row.config.request, batch: hourly })
    await db()
      .update(destinations)
      .set({ config: { ...row.config, request } })
      .where(eq(destinations.id, destinationId))
    const other = await aSeller()
    const paths: string[] = []
    for (const one of [seller, other]) {
      const connection_id = await aConnection(one, buyer, destinationId)
      const connection = { method: 'invite', connection_id, shared_fields: ['email'] }
      const step = { id: 'invited', type: 'buyer', name: 'Invited', connection, rules: { active: true, price: 45 } }
      paths.push((await aLiveFlow(one.actor, { steps: [step] as Steps })).path)
    }
    const [mine = '', theirs = ''] = paths
    const ids = await submitSome(mine, 2)
    const [stranger = ''] = await submitSome(theirs, 1)
    await comesDue()
    expect(await flush()).toBe(2)
    expect(acme.received.map((received) => itemsOf(received).length).sort()).toEqual([1, 2])
    for (const id of [...ids, stranger]) {
      const bought = await leadOf(id, buyer.actor)
      expect(bought.outcome).toBe('success')
      const [event] = bought.events
      const seen = must(await getEvent(buyer.actor, event?.id ?? ''))
      expect(itemsOf(seen.request as never).map(({ event_id: eventId }) => eventId)).toEqual([event?.id])
    }
  })
})

describe('the answer to a batch', () => {
  test('says of each lead what became of it, by its event id; one that it does not name is unknown', async () => {
    const flow = await aFlowOf(aBatchStep({ items: true }))
    acme.now(
      answersEach(({ event_id }, index) => {
        if (index === 0) return { event_id, status: 'accepted', payout: 12, lead_id: 'b-1' }
        return index === 1 ? { event_id, status: 'no', rejection_reason: 'Too old' } : undefined
      }),
    )
    const ids = await submitSome(flow.path, 3)
    await flush()
    expect(await outcomes(ids)).toEqual(['accepted', 'rejected', 'unknown'])
    const [sold, refused] = await Promise.all(ids.map((id) => leadOf(id)))
    expect(sold).toMatchObject({
      revenueCents: 1200,
      events: [expect.anything(), { buyerLeadId: 'b-1' }, expect.anything()],
    })
    expect(refused).toMatchObject({ outcome: 'failure', reason: 'Too old' })
    const event = must(await getEvent(seller.actor, (await deliveryOf(ids[1] ?? ''))?.id ?? ''))
    expect(JSON.parse(event.response?.body ?? '')).toMatchObject({ rejection_reason: 'Too old' })
    const unnamed = must(await getEvent(seller.actor, (await deliveryOf(ids[2] ?? ''))?.id ?? ''))
    expect(unnamed.response).toMatchObject({ status: 200, body: '', truncated: true })
  })

  test('that repeats what it was sent shows no lead another one', async () => {
    const flow = await aFlowOf(aBatchStep())
    acme.now((request, response) =>
      says(200, { status: 'accepted', got: itemsOf(request).map(({ email }) => ({ email, name: 'Ann' })) })(
        request,
        response,
      ),
    )
    const ids = await submitSome(flow.path, 3)
    await flush()
    expect(await outcomes(ids)).toEqual(['accepted', 'accepted', 'accepted'])
    const event = must(await getEvent(seller.actor, (await deliveryOf(ids[0] ?? ''))?.id ?? ''))
    expect(event.response).toMatchObject({ status: 200, body: '', truncated: true })
  })

  test('sends those who are refused on to the next buyer', async () => {
    const other = await aPeer()
    const second = aManualStep({ id: 'other', name: 'Other', url: other.url })
    const flow = await aFlowOf({
      id: 'group',
      type: 'distribution',
      name: 'Group',
      buyers: [aBatchStep({ items: true }), second],
    })
    acme.now(answersEach(({ event_id }, index) => ({ event_id, status: index === 1 ? 'no' : 'accepted' })))
    const ids = await submitSome(flow.path, 3)
    expect(other.received).toHaveLength(0)
    await flush()
    expect(other.received).toHaveLength(1)
    const story = (await leadOf(ids[1] ?? '')).events.map(({ type, name, outcome }) => [type, name, outcome])
    expect(story).toEqual([
      ['queue', 'Acme', 'held'],
      ['delivery', 'Acme', 'rejected'],
      ['delivery', 'Other', 'accepted'],
      ['distribution', 'Group', 'sold'],
      ['source', 'Web form', 'success'],
    ])
  })

  test('that is a failure lets the same leads come again, with the same idempotency key and body', async () => {
    const caps = { conditional_delivery: { caps: { daily: 10 } } }
    const flow = await aFlowOf(aBatchStep({ retry: { max_attempts: 3, first_delay: '1 minute' }, ...caps }))
    acme.now(says(503, '{}'))
    const ids = await submitSome(flow.path, 3)
    await flush()
    expect(await outcomes(ids)).toEqual(['error', 'error', 'error'])
    acme.now(accepts)
    const late = await submitSome(flow.path, 1)
    await comesDue()
    expect(await flush()).toBe(2)
    const again = acme.received.find((request, index) => index > 0 && itemsOf(request).length === 3)
    expect(again?.headers['idempotency-key']).toBe(acme.received[0]?.headers['idempotency-key'])
    expect(again?.body).toBe(acme.received[0]?.body)
    expect(new Set(await outcomes([...ids, ...late]))).toEqual(new Set(['accepted']))
    expect((await deliveryOf(ids[0] ?? ''))?.id).toBe(itemsOf(acme.received[0])[0]?.event_id)
  })

  test('that is a failure has another key where not all come again, as its body is another one', async () => {
    const flow = await aFlowOf(aBatchStep({ retry: { max_attempts: 3, first_delay: '1 minute' } }))
    acme.now(says(503, '{}'))
    const ids = await submitSome(flow.path, 3)
    await flush()
    must(await dropLeads(seller.actor, { leadIds: ids.slice(0, 1), reason: 'Wrong person' }))
    await vi.waitFor(async () => {
      await releaseHeld()
      expect((await leadOf(ids[0] ?? '')).status).toBe('final')
    })
    acme.now(accepts)
    await comesDue()
    expect(await flush()).toBe(1)
    const [first, again] = acme.received
    const [, ...rest] = itemsOf(first)
    expect(itemsOf(again)).toEqual(rest)
    expect(again?.headers['idempotency-key']).not.toBe(first?.headers['idempotency-key'])
    expect(await outcomes(ids.slice(1))).toEqual(['accepted', 'accepted'])
  })

  test('that never comes leaves all unknown, and nothing is sent again', async () => {
    const flow = await aFlowOf(aBatchStep({ retry: { max_attempts: 3, first_delay: '1 second' } }))
    acme.now(hangsUp)
    const ids = await submitSome(flow.path, 3)
    await flush()
    expect(await outcomes(ids)).toEqual(['unknown', 'unknown', 'unknown'])
    await comesDue()
    expect(await flush()).toBe(0)
    expect(acme.received).toHaveLength(1)
  })
})

describe('a lead that is collected', () => {
  test('keeps its place in a cap, and gives it back when its batch is refused', async () => {
    const caps = { conditional_delivery: { caps: { daily: 2 } } }
    const flow = await aFlowOf(aBatchStep({ batch: { minutes: 60, leads: 10 }, ...caps }))
    const ids = await submitSome(flow.path, 2)
    expect((await submit(flow.path)).reason).toMatch(/^Cap 2 of 2/)
    acme.now(refuses('Not today'))
    await comesDue()
    await flush()
    expect(await outcomes(ids)).toEqual(['rejected', 'rejected'])
    acme.now(accepts)
    const next = await submitSome(flow.path, 2)
    expect((await submit(flow.path)).reason).toMatch(/^Cap 2 of 2/)
    await comesDue()
    await flush()
    expect(await outcomes(next)).toEqual(['accepted', 'accepted'])
    expect((await submit(flow.path)).reason).toMatch(/^Cap 2 of 2/)
  })

  test('stands in the queue with how many wait for the batch, and is no batch’s when somebody drops it', async () => {
    const caps = { conditional_delivery: { caps: { daily: 2 } } }
    const flow = await aFlowOf(aBatchStep({ batch: { minutes: 60, leads: 10 }, ...caps }))
    const [first = '', second = ''] = await submitSome(flow.path, 2)
    const { data } = await listQueue(seller.actor, { cause: 'batch' })
    expect(data.map(({ leadId, batchCount, dueAt }) => [leadId, batchCount, dueAt])).toEqual([
      [first, 2, data[0]?.dueAt],
      [second, 2, data[0]?.dueAt],
    ])
    expect(data[0]?.reason).toMatch(/^Collected for Acme, goes out by .* or at 10 leads, 2 so far$/)
    must(await dropLeads(seller.actor, { leadIds: [first], reason: 'Wrong person' }))
    await vi.waitFor(async () => {
      await releaseHeld()
      expect(await leadOf(first)).toMatchObject({ status: 'final', outcome: 'failure' })
    })
    expect((await submit(flow.path)).lead.status).toBe('pending')
    await comesDue()
    await flush()
    expect(itemsOf(acme.received[0]).map(({ email }) => email)).not.toContain((await leadOf(first)).label)
    expect(itemsOf(acme.received[0])).toHaveLength(2)
  })

  test('takes its batch along when somebody releases it', async () => {
    const flow = await aFlowOf(aBatchStep({ batch: { minutes: 60, leads: 10 } }))
    const ids = await submitSome(flow.path, 3)
    must(await releaseLeads(seller.actor, { leadIds: ids.slice(1, 2) }))
    await releaseHeld()
    await flush()
    expect(itemsOf(acme.received[0])).toHaveLength(3)
    expect(await outcomes(ids)).toEqual(['accepted', 'accepted', 'accepted'])
  })

  test('does not wait for another one of its batch that has gone to a buyer that thinks', async () => {
    const other = await aPeer()
    let answer = () => {}
    const isAnswered = new Promise<void>((resolve) => {
      answer = resolve
    })
    other.now(async (request, response) => {
      await isAnswered
      await accepts(request, response)
    })
    const step = aBatchStep()
    // No body can be made for a lead from Nevada.
    const body = '{"event_id":"{{event_id}}"}{% if lead.state == "NV" %}}{% endif %}'
    const { mappings: _, ...request } = step.connection.request
    const first = { ...step, connection: { ...step.connection, request: { ...request, body } } }
    const second = aManualStep({ id: 'other', name: 'Other', url: other.url })
    const flow = await aFlowOf({ id: 'group', type: 'distribution', name: 'Group', buyers: [first, second] })
    const post = async (state: string) => {
      const fields = { email: `batch${++number}@example.com`, state }
      const got = await intakeApp.request(flow.path, { method: 'POST', body: new URLSearchParams(fields) })
      return ((await got.json()) as { lead: { id: string } }).lead.id
    }
    const ids = [await post('CA'), await post('NV')]
    await comesDue()
    await sendBatches()
    await vi.waitFor(() => expect([acme.received.length, other.received.length]).toEqual([1, 1]))
    answer()
    await batchesDone()
    expect(itemsOf(acme.received[0])).toHaveLength(1)
    expect(await outcomes(ids)).toEqual(['accepted', 'error'])
  })

  test('is sent to nobody once its step is off', async () => {
    const flow = await aFlowOf(aBatchStep())
    const ids = await submitSome(flow.path, 3)
    must(await setStepActive(seller.actor, { flowId: flow.flowId, stepId: 'acme', active: false }))
    await flush()
    expect(acme.received).toHaveLength(0)
    expect(await leadOf(ids[0] ?? '')).toMatchObject({
      status: 'final',
      outcome: 'failure',
      reason: 'Step is disabled',
    })
  })
})

describe('a worker that dies', { timeout: 60_000 }, () => {
  test('between sending a batch and its answer leaves each lead unknown; it is not sent again', async () => {
    const flow = await aFlowOf(aBatchStep({ retry: { max_attempts: 3, first_delay: '1 second' } }))
    let answer = () => {}
    acme.now((request, response) => {
      answer = () => void accepts(request, response)
    })
    const ids = await submitSome(flow.path, 3)
    await sendBatches()
    await vi.waitFor(() => expect(acme.received).toHaveLength(1))
    await forget('run-owner-lease')
    await forget('run-owner-id')
    await vi.waitFor(async () => expect(await recoverRuns()).toBeGreaterThan(0), { timeout: 30_000, interval: 500 })
    await vi.waitFor(async () => expect(await outcomes(ids)).toEqual(['unknown', 'unknown', 'unknown']))
    answer()
    await batchesDone()
    await comesDue()
    expect(await flush()).toBe(0)
    expect(await outcomes(ids)).toEqual(['unknown', 'unknown', 'unknown'])
    expect(acme.received).toHaveLength(1)
  })
})
