import { createHmac } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { pool } from '../../db/client'
import {
  accepts,
  aLiveFlow,
  aManualStep,
  aPeer,
  aSeller,
  hangsUp,
  type Someone,
  says,
  testDatabase,
} from '../../db/testing/index'
import { answerNow, lastEmail, submit } from '../../db/testing/source'
import { createSource, updateSource } from '../flows/index'
import { getLead } from '../leads/index'
import { decideAttempt, replayLeads } from '../queue/index'
import { releaseHeld } from '../runs/index'
import { startRuntime } from '../runtime'
import { sendDueNotices, tryWebhook } from './index'

testDatabase()

type Peer = Awaited<ReturnType<typeof aPeer>>
let seller: Someone
let buyer: Peer
let source: Peer

beforeAll(async () => {
  await startRuntime('intake')
  seller = await aSeller()
  ;[buyer, source] = await Promise.all([aPeer(), aPeer()])
})
beforeEach(() => {
  buyer.now(accepts)
  source.now(says(204, null))
  source.received.length = 0
})

/** A buyer that fails is tried again in an hour: its lead waits. */
const waiting = () =>
  aManualStep({ url: buyer.url, retry: { max_attempts: 2, first_delay: '1 hour' } } as Parameters<
    typeof aManualStep
  >[0])

async function aFlow(settings: Record<string, unknown> = { webhook: { url: source.url } }) {
  const flow = await aLiveFlow(seller.actor, { price: { cost: 12.5 }, steps: [waiting()] })
  const changed = await updateSource(seller.actor, { flowId: flow.flowId, sourceId: flow.sourceId, settings })
  if (!changed.ok) throw new Error(JSON.stringify(changed.error))
  return { ...flow, secret: changed.value.webhookSecret ?? '' }
}

/** Lets a waiting lead out, and waits for its end. */
async function end(leadId: string, wish: 'release' | 'drop' = 'release') {
  await pool().sql`update held_leads set wish = ${wish}, due_at = now() where lead_id = ${leadId}`
  await releaseHeld()
  await expect
    .poll(async () => {
      const lead = await getLead(seller.actor, leadId)
      return lead.ok && lead.value.status
    }, patience)
    .toBe('final')
}
const patience = { timeout: 10_000 }
const againNow = () => pool().sql`update source_notices set due_at = now() where sent_at is null`
const noticeOf = async (leadId: string) => {
  const lead = await getLead(seller.actor, leadId)
  return lead.ok ? lead.value.events.findLast(({ type }) => type === 'source')?.notice : undefined
}

describe('a source whose lead was pending', () => {
  test('is told the end once, signed, with what it would get if it asked', async () => {
    const flow = await aFlow()
    buyer.now(says(503, {}))
    const { lead } = await submit(flow.path)
    expect(lead.status).toBe('pending')
    expect(await sendDueNotices()).toBe(0)
    buyer.now(accepts)
    await end(lead.id)
    expect(await sendDueNotices()).toBe(1)
    await againNow()
    expect(await sendDueNotices()).toBe(0)
    const [call, ...more] = source.received
    expect(more).toEqual([])
    expect(call?.json()).toEqual({ outcome: 'success', lead: { id: lead.id }, price: 12.5 })
    expect(await answerNow(flow.path, lead.id)).toEqual(call?.json())
    const key = Buffer.from(flow.secret.replace(/^whsec_/, ''), 'base64')
    const signed = `${call?.headers['webhook-id']}.${call?.headers['webhook-timestamp']}.${call?.body}`
    expect(call?.headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`)
    expect(await noticeOf(lead.id)).toMatchObject({ state: 'sent', tries: 1, status: 204 })
  })

  test('is told again, by the same id, until it has it', async () => {
    const flow = await aFlow()
    buyer.now(says(503, {}))
    const { lead } = await submit(flow.path)
    await end(lead.id, 'drop')
    source.now(says(500, {}))
    expect(await sendDueNotices()).toBe(0)
    expect(await noticeOf(lead.id)).toMatchObject({ state: 'waiting', tries: 1, message: 'It answered 500.' })
    source.now(says(200, {}))
    await againNow()
    expect(await sendDueNotices()).toBe(1)
    const ids = source.received.map(({ headers }) => headers['webhook-id'])
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
    expect(source.received[1]?.json()).toMatchObject({ outcome: 'failure', lead: { id: lead.id }, price: 0 })
  })

  test('is no longer called after a day, and the lead says so', async () => {
    const flow = await aFlow()
    buyer.now(says(503, {}))
    const { lead } = await submit(flow.path)
    await end(lead.id, 'drop')
    source.now(says(500, {}))
    await pool().sql`update source_notices set created_at = now() - interval '25 hours' where lead_id = ${lead.id}`
    await sendDueNotices()
    await againNow()
    await sendDueNotices()
    expect(source.received).toHaveLength(1)
    expect(await noticeOf(lead.id)).toMatchObject({ state: 'failed' })
  })

  test('always finds the id of its lead, whatever else it asks for', async () => {
    const flow = await aFlow({ webhook: { url: source.url }, response_fields: ['outcome', 'lead.email'] })
    buyer.now(says(503, {}))
    const { lead } = await submit(flow.path)
    buyer.now(accepts)
    await end(lead.id)
    await sendDueNotices()
    expect(source.received[0]?.json()).toEqual({
      outcome: 'success',
      lead: { email: lastEmail(), id: lead.id },
    })
  })

  test('is told what a person says became of an attempt without an answer', async () => {
    const flow = await aFlow()
    buyer.now(hangsUp)
    const { lead } = await submit(flow.path)
    expect(lead.status).toBe('pending')
    expect(await sendDueNotices()).toBe(0)
    const [attempt] = await pool().sql`select id from events where lead_id = ${lead.id} and type = 'delivery'`
    expect(await decideAttempt(seller.actor, { eventId: String(attempt?.['id']), accepted: true })).toMatchObject({
      ok: true,
    })
    expect(await sendDueNotices()).toBe(1)
    expect(source.received[0]?.json()).toEqual({ outcome: 'success', lead: { id: lead.id }, price: 12.5 })
  })

  test('is told the new end of a lead that was given up and is replayed', async () => {
    const flow = await aFlow()
    buyer.now(says(503, {}))
    const { lead } = await submit(flow.path)
    await end(lead.id)
    expect(await sendDueNotices()).toBe(1)
    buyer.now(accepts)
    expect(await replayLeads(seller.actor, { leadIds: [lead.id] })).toMatchObject({ value: { done: 1 } })
    await releaseHeld()
    await expect.poll(() => answerNow(flow.path, lead.id), patience).toMatchObject({ outcome: 'success', price: 12.5 })
    expect(await sendDueNotices()).toBe(1)
    expect(source.received.map((call) => call.json()['outcome'])).toEqual(['error', 'success'])
    expect(source.received[1]?.headers['webhook-id']).not.toBe(source.received[0]?.headers['webhook-id'])
  })

  test('without a webhook only asks', async () => {
    const flow = await aFlow({})
    buyer.now(says(503, {}))
    const { lead } = await submit(flow.path)
    await end(lead.id, 'drop')
    expect(await sendDueNotices()).toBe(0)
    expect(await answerNow(flow.path, lead.id)).toMatchObject({ outcome: 'failure' })
  })
})

test('a lead that was answered at once is not told again', async () => {
  const flow = await aFlow()
  expect((await submit(flow.path)).lead.status).toBeUndefined()
  expect(await sendDueNotices()).toBe(0)
})

test('a source that hangs does not hold up another one', async () => {
  const flow = await aFlow()
  const hanging = await aPeer(() => {})
  const other = await aFlow({ webhook: { url: hanging.url } })
  buyer.now(says(503, {}))
  const stuck = await Promise.all(Array.from({ length: 8 }, () => submit(other.path)))
  for (const { lead } of stuck) await end(lead.id, 'drop')
  const { lead } = await submit(flow.path)
  await end(lead.id, 'drop')
  const sending = sendDueNotices()
  await expect.poll(() => source.received.length, patience).toBe(1)
  await expect.poll(() => hanging.received.length, patience).toBe(5)
  await hanging.close()
  await sending
})

describe('the webhook of a source', () => {
  test('gets its signing secret once, keeps it when its address changes, and loses it with the webhook', async () => {
    const flow = await aFlow()
    expect(flow.secret).toMatch(/^whsec_/)
    const at = { flowId: flow.flowId, sourceId: flow.sourceId }
    const moved = await updateSource(seller.actor, { ...at, settings: { webhook: { url: `${source.url}/2` } } })
    expect(moved.ok && moved.value.webhookSecret).toBeUndefined()
    await updateSource(seller.actor, { ...at, settings: { webhook: null } })
    expect(await tryWebhook(seller.actor, at)).toMatchObject({ ok: false, error: { kind: 'conflict' } })
    const again = await updateSource(seller.actor, { ...at, settings: { webhook: { url: source.url } } })
    expect(again.ok && again.value.webhookSecret).toMatch(/^whsec_/)
  })

  test('can be tried with a sample that is marked as a test', async () => {
    const flow = await aFlow()
    const at = { flowId: flow.flowId, sourceId: flow.sourceId }
    expect(await tryWebhook(seller.actor, at)).toEqual({
      ok: true,
      value: { passed: true, status: 204, message: 'It answered 204.' },
    })
    expect(source.received[0]?.headers['x-test-mode']).toBe('true')
    source.now(says(404, {}))
    expect(await tryWebhook(seller.actor, at)).toMatchObject({ value: { passed: false, status: 404 } })
    const stranger = await aSeller()
    expect(await tryWebhook(stranger.actor, at)).toMatchObject({ error: { kind: 'not-found' } })
  })

  test('may not be a private address', async () => {
    const flow = await aLiveFlow(seller.actor, { steps: [waiting()] })
    const made = await createSource(seller.actor, {
      flowId: flow.flowId,
      name: 'Inside',
      settings: { webhook: { url: 'http://169.254.169.254/latest' } },
    })
    expect(made).toMatchObject({ error: { kind: 'invalid', issues: [{ path: 'settings.webhook.url' }] } })
  })
})
