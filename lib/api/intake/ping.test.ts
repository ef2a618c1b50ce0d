import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { pool } from '../../../db/client'
import {
  accepts,
  aLiveFlow,
  aManualStep,
  anAuction,
  aPeer,
  aPingedStep,
  aSeller,
  bids,
  onPing,
  pingsOf,
  postsOf,
  refuses,
  type Someone,
  says,
  testDatabase,
} from '../../../db/testing/index'
import { leadSeenBy, post, submit as submitTo } from '../../../db/testing/source'
import { getEvent, getPing, listEvents } from '../../events/index'
import { updateFlow, updateSource } from '../../flows/index'
import { uuidv7 } from '../../ids'
import { forget, startRuntime } from '../../runtime'
import { intakeApp } from './app'

testDatabase()

const [one, two] = await Promise.all([aPeer(), aPeer()])
let seller: Someone

beforeAll(async () => {
  await startRuntime('intake')
  seller = await aSeller()
})
beforeEach(() => {
  for (const peer of [one, two]) peer.received.length = 0
  one.now(bids(30))
  two.now(bids(50))
})

type Flow = Awaited<ReturnType<typeof aLiveFlow>>
type Bid = { outcome: string; reason?: string; price: number; bid?: { id: string; expires_at: string } }
const ping = async (flow: Flow, more: Record<string, string> = {}): Promise<Bid> => {
  const answer = await post(flow.path.replace('/submit', '/ping'), { state: 'CA', ...more })
  expect(answer.status).toBe(200)
  return (await answer.json()) as Bid
}
const submit = (flow: Flow, more: Record<string, string> = {}) => submitTo(flow.path, more)
const leadOf = (leadId: string) => leadSeenBy(seller.actor, leadId)
const countOf = async (table: 'leads' | 'runs') => (await pool().sql`select 1 from ${pool().sql(table)}`).length

const withMargin = { settings: { pings: { margin_percent: 20 } } }
const both = () => [aPingedStep('One', one), aPingedStep('Two', two)]

describe('a source that pings', () => {
  test('is bid what the best buyer bids less the margin, and nothing is sold by it', async () => {
    const flow = await aLiveFlow(seller.actor, anAuction(both()), withMargin)
    const before = await countOf('leads')
    const said = await ping(flow)
    expect(said).toEqual({
      outcome: 'success',
      bid: { id: expect.stringMatching(/^[0-9a-f-]{36}$/), expires_at: expect.any(String) },
      price: 40,
    })
    expect(Date.parse(said.bid?.expires_at ?? '')).toBeGreaterThan(Date.now() + 60_000)
    expect([pingsOf(one).length, pingsOf(two).length, postsOf(one).length, postsOf(two).length]).toEqual([1, 1, 0, 0])
    expect(await countOf('leads')).toBe(before)
    const { data } = await listEvents(seller.actor, 'seller', { type: 'ping', flow_id: flow.flowId })
    expect(data.map(({ name, outcome, priceCents }) => [name, outcome, priceCents]).toSorted()).toEqual([
      ['One', 'bid', 3000],
      ['Two', 'bid', 5000],
      ['Web form', 'bid', 4000],
    ])
  })

  test('is paid its bid when it submits the lead with it, and the buyer that bid gets it with the reference', async () => {
    const flow = await aLiveFlow(seller.actor, anAuction(both()), withMargin)
    const { bid } = await ping(flow)
    // What others would bid by now is of no account.
    two.now(bids(10))
    const { outcome, price, lead } = await submit(flow, { bid_id: bid?.id ?? '' })
    expect([outcome, price]).toEqual(['success', 40])
    expect(postsOf(two).map((request) => request.json())).toMatchObject([{ ping: 'ref-50', bid: 50 }])
    expect(pingsOf(two)).toHaveLength(1)
    const { revenueCents, priceCents, events } = await leadOf(lead.id)
    expect([revenueCents, priceCents]).toEqual([5000, 4000])
    expect(events.at(-1)?.trace.map(({ text }) => text)).toContain('The bid of $40.00 is honoured')
  })

  test('is seen with what buyers said, and with the lead that used its bid; by nobody else', async () => {
    one.now(refuses('Not in CA'))
    const flow = await aLiveFlow(seller.actor, anAuction(both()), withMargin)
    const { bid } = await ping(flow)
    const id = bid?.id ?? ''
    const { lead } = await submit(flow, { bid_id: id })
    const found = await getPing(seller.actor, id)
    expect(found).toMatchObject({
      ok: true,
      value: { outcome: 'bid', priceCents: 4000, sourceName: 'Web form', leadId: lead.id, fields: ['state'] },
    })
    const { pings, expiresAt } = found.ok ? found.value : { pings: [], expiresAt: '' }
    expect(expiresAt).toBe(bid?.expires_at)
    expect(pings.map(({ name, outcome, reason }) => [name, outcome, reason]).toSorted()).toEqual([
      ['One', 'no_bid', 'Declined the ping: Not in CA'],
      ['Two', 'bid', undefined],
    ])
    expect(await getEvent(seller.actor, pings[0]?.id ?? '')).toMatchObject({ value: { pingId: id } })
    expect((await leadOf(lead.id)).events.at(-1)).toMatchObject({ type: 'source', pingId: id })
    expect(await getPing((await aSeller()).actor, id)).toMatchObject({ ok: false })
    expect(await getPing(seller.actor, lead.id)).toMatchObject({ ok: false })
  })

  test('is bid its own price where it has no margin, and no bid when it has neither', async () => {
    const priced = await aLiveFlow(seller.actor, anAuction(both(), {}, { price: { cost: 12 } }))
    expect(await ping(priced)).toMatchObject({ outcome: 'success', price: 12 })
    const unpriced = await aLiveFlow(seller.actor, anAuction(both()))
    expect(await ping(unpriced)).toEqual({ outcome: 'failure', reason: 'No bid', price: 0 })
  })

  test('has no bid when nobody would take the lead', async () => {
    one.now(refuses('Not in CA'))
    two.now(says(503, {}))
    const flow = await aLiveFlow(seller.actor, anAuction(both()), withMargin)
    expect(await ping(flow)).toMatchObject({ outcome: 'failure', price: 0 })
  })

  test('need not tell what it does not know yet, and is told no by what it does', async () => {
    const steps = [aManualStep({ url: one.url })]
    const flow = await aLiveFlow(seller.actor, {
      fields: [{ name: 'email', type: 'email', required: true }],
      acceptance: { rule: "lead.state in ['CA', 'TX'] && lead.email.valid", reason: 'Not bought here' },
      price: { cost: 9 },
      steps,
    })
    expect(await ping(flow)).toMatchObject({ outcome: 'success', price: 9 })
    expect(await ping(flow, { state: 'NY' })).toEqual({ outcome: 'failure', reason: 'Not bought here', price: 0 })
    expect(await ping(flow, { email: 'nonsense' })).toEqual({ outcome: 'failure', reason: 'Not bought here', price: 0 })
    const { bid } = await ping(flow)
    expect(await submit(flow, { bid_id: bid?.id ?? '', email: '' })).toMatchObject({
      outcome: 'failure',
      reason: 'Email is required',
    })
  })

  test('takes nothing from caps, and is told when they are full', async () => {
    one.now(accepts)
    const caps = { conditional_delivery: { caps: { daily: 1, when_exceeded: { action: 'skip' as const } } } }
    const flow = await aLiveFlow(seller.actor, {
      price: { cost: 9 },
      steps: [aManualStep({ url: one.url, ...caps })],
    })
    const [first, second] = [await ping(flow), await ping(flow)]
    expect([first.outcome, second.outcome]).toEqual(['success', 'success'])
    expect(await submit(flow, { bid_id: first.bid?.id ?? '' })).toMatchObject({ outcome: 'success', price: 9 })
    expect(await ping(flow)).toMatchObject({ outcome: 'failure' })
    // A bid is a promise of the price, not of a buyer.
    expect(await submit(flow, { bid_id: second.bid?.id ?? '' })).toMatchObject({ outcome: 'failure', price: 0 })
  })
})

describe('a bid', () => {
  const usual = () => aLiveFlow(seller.actor, anAuction(both()), withMargin)

  test('is used once, however many leads come with it at the same moment', async () => {
    const flow = await usual()
    const { bid } = await ping(flow)
    const answers = await Promise.all(Array.from({ length: 8 }, () => submit(flow, { bid_id: bid?.id ?? '' })))
    expect(answers.map(({ outcome, reason }) => reason ?? outcome).toSorted()).toEqual([
      ...Array.from({ length: 7 }, () => 'The bid was used before'),
      'success',
    ])
    expect(answers.reduce((sum, { price }) => sum + price, 0)).toBe(40)
    expect(postsOf(two)).toHaveLength(1)
    expect(await submit(flow, { bid_id: bid?.id ?? '' })).toMatchObject({ reason: 'The bid was used before' })
  })

  test('lets the same body, sent again before it was answered, join its lead', async () => {
    const flow = await usual()
    const { bid } = await ping(flow)
    const fields = { email: 'again@example.com', bid_id: bid?.id ?? '' }
    const [first, again] = await Promise.all([submit(flow, fields), submit(flow, fields)])
    expect(again).toEqual(first)
    expect(first).toMatchObject({ outcome: 'success', price: 40 })
  })

  test('is over when it has expired', async () => {
    const flow = await usual()
    const { bid } = await ping(flow)
    await pool().sql`update source_bids set expires_at = now() - interval '1 second' where id = ${bid?.id ?? ''}`
    expect(await submit(flow, { bid_id: bid?.id ?? '' })).toMatchObject({
      outcome: 'failure',
      reason: 'The bid has expired',
      price: 0,
    })
    expect(postsOf(two)).toHaveLength(0)
  })

  test('of another source, or of nobody, is none', async () => {
    const [flow, other] = [await usual(), await usual()]
    const { bid } = await ping(other)
    for (const id of [bid?.id ?? '', uuidv7(), 'nonsense']) {
      expect(await submit(flow, { bid_id: id })).toMatchObject({ reason: 'There is no such bid', price: 0 })
    }
    expect(await submit(other, { bid_id: bid?.id ?? '' })).toMatchObject({ outcome: 'success' })
  })

  test('is for the lead that was told, not for another one', async () => {
    const fields = [
      { name: 'state', type: 'state' as const },
      { name: 'email', type: 'email' as const },
    ]
    const { steps = [], ...rest } = anAuction(both(), {}, { fields })
    const sets = { id: 'tidy', type: 'mapping' as const, name: 'Tidy', set: { state: 'CA' } }
    const flow = await aLiveFlow(seller.actor, { ...rest, steps: [sets, ...steps] }, withMargin)
    const { bid } = await ping(flow, { state: 'TX' })
    const said = { bid_id: bid?.id ?? '' }
    expect(await submit(flow, { ...said, state: 'NY' })).toMatchObject({
      outcome: 'failure',
      reason: 'The bid was made for another lead: state differs',
    })
    // The same value in another spelling is the same.
    expect(await submit(flow, { ...said, state: 'Texas' })).toMatchObject({ outcome: 'success', price: 40 })
  })

  test('of a test is for a test, and reaches buyers as one', async () => {
    const flow = await usual()
    const { bid, price } = await ping(flow, { is_test: 'true' })
    expect(price).toBe(40)
    expect(pingsOf(two).map(({ headers }) => headers['x-test-mode'])).toEqual(['true'])
    expect(await submit(flow, { bid_id: bid?.id ?? '' })).toMatchObject({ reason: 'The bid was made for a test lead' })
    expect(await submit(flow, { bid_id: bid?.id ?? '', is_test: 'true' })).toMatchObject({ outcome: 'success' })
  })

  test('holds after the process that made it has gone', async () => {
    const flow = await usual()
    const { bid } = await ping(flow)
    await forget('run-owner-lease')
    await forget('run-owner-id')
    expect(await submit(flow, { bid_id: bid?.id ?? '' })).toMatchObject({ outcome: 'success', price: 40 })
  })

  test('goes to the next best bid when the best refuses the lead', async () => {
    two.now(onPing(bids(50), refuses('Changed our mind')))
    const flow = await usual()
    const { bid } = await ping(flow)
    const { lead, price } = await submit(flow, { bid_id: bid?.id ?? '' })
    expect(price).toBe(40)
    expect((await leadOf(lead.id)).revenueCents).toBe(3000)
  })
})

describe('what the protocol says of pings', () => {
  test('a source that may not, one that is off, another method, an Accept that cannot be met', async () => {
    const flow = await aLiveFlow(seller.actor, anAuction(both()), withMargin)
    const path = flow.path.replace('/submit', '/ping')
    const text = await intakeApp.request(`${path}?state=CA`, { headers: { accept: 'text/plain' } })
    expect(await text.text()).toMatch(/^outcome: success\nbid\.id: \S+\nbid\.expires_at: \S+\nprice: 40$/)
    const xml = await intakeApp.request(`${path}?state=CA`, { headers: { accept: 'text/xml' } })
    expect(await xml.text()).toContain('<result>\n  <outcome>success</outcome>\n  <bid>\n    <id>')
    const put = await intakeApp.request(path, { method: 'PUT' })
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, POST'])
    expect((await intakeApp.request(path, { headers: { accept: 'image/png' } })).status).toBe(406)
    await updateSource(seller.actor, {
      flowId: flow.flowId,
      sourceId: flow.sourceId,
      settings: { pings: { allowed: false } },
    })
    await expect.poll(async () => (await intakeApp.request(path)).status).toBe(403)
    expect(await (await intakeApp.request(path)).json()).toEqual({ message: 'Pings are disabled for this source' })
    await updateFlow(seller.actor, { flowId: flow.flowId, enabled: false })
    await expect
      .poll(async () => (await (await intakeApp.request(path)).json()) as object)
      .toEqual({
        message: 'Flow is disabled',
      })
  })
})
