import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { pool } from '../../db/client'
import {
  aLiveFlow,
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
} from '../../db/testing/index'
import { leadSeenBy, submit } from '../../db/testing/source'
import { getEvent } from '../events/index'
import { forget, startRuntime } from '../runtime'
import { recoverRuns } from './index'

testDatabase()

const [fast, slow, best] = await Promise.all([aPeer(), aPeer(), aPeer()])
let seller: Someone

beforeAll(async () => {
  await startRuntime('intake')
  seller = await aSeller()
})
beforeEach(() => {
  for (const peer of [fast, slow, best]) peer.received.length = 0
})

const auction = (more: object = {}) =>
  anAuction([aPingedStep('Fast', fast), aPingedStep('Slow', slow), aPingedStep('Best', best)], more)

const leadOf = (leadId: string) => leadSeenBy(seller.actor, leadId)

describe('buyers that are pinged', () => {
  test('bid at once, with what they may see; the best gets the lead with the reference of its ping', async () => {
    fast.now(bids(20))
    slow.now(refuses('Not in CA'))
    best.now(bids(48.5))
    const flow = await aLiveFlow(seller.actor, auction())
    const { lead, outcome } = await submit(flow.path)
    expect(outcome).toBe('success')
    for (const peer of [fast, slow, best]) expect(pingsOf(peer).map((one) => one.json())).toEqual([{ state: 'CA' }])
    expect(postsOf(best).map((one) => one.json())).toMatchObject([{ ping: 'ref-48.5', bid: 48.5 }])
    expect([postsOf(fast), postsOf(slow)]).toEqual([[], []])
    const { events, revenueCents } = await leadOf(lead.id)
    expect(revenueCents).toBe(4850)
    expect(
      events
        .filter(({ type }) => type === 'ping')
        .map(({ name, outcome: said, priceCents, reason }) => [name, said, priceCents ?? reason])
        .toSorted(),
    ).toEqual([
      ['Best', 'bid', 4850],
      ['Fast', 'bid', 2000],
      ['Slow', 'no_bid', 'Declined the ping: Not in CA'],
    ])
    expect(events.filter(({ type }) => type === 'delivery').map(({ name, outcome: said }) => [name, said])).toEqual([
      ['Best', 'accepted'],
    ])
  })

  test('keep their exchange in the log, each under an id of its own', async () => {
    fast.now(bids(20))
    slow.now(bids(21))
    best.now(bids(22))
    const flow = await aLiveFlow(seller.actor, auction())
    const { lead } = await submit(flow.path)
    const ping = (await leadOf(lead.id)).events.find(({ type, name }) => type === 'ping' && name === 'Best')
    const event = await getEvent(seller.actor, ping?.id ?? '')
    expect(event).toMatchObject({
      value: {
        sentFields: ['state'],
        buyerLeadId: 'ref-22',
        request: { body: '{"state":"CA"}' },
        response: { status: 200 },
      },
    })
    expect(pingsOf(best).map(({ headers }) => headers['idempotency-key'])).toEqual([ping?.id])
    expect(postsOf(best).map(({ headers }) => headers['idempotency-key'])).not.toEqual([ping?.id])
  })

  test('that do not answer in time have no bid, and nobody waits for them', async () => {
    fast.now(bids(20))
    slow.now(async (request, response) => {
      await sleep(5_000)
      bids(99)(request, response)
    })
    best.now(says(503, { message: 'Down' }))
    const flow = await aLiveFlow(seller.actor, auction({ bids_within_seconds: 0.4 }))
    const { lead, outcome } = await submit(flow.path)
    expect(outcome).toBe('success')
    expect(postsOf(fast)).toHaveLength(1)
    const reasons = (await leadOf(lead.id)).events.flatMap(({ type, name, outcome: said, reason }) =>
      type === 'ping' && reason ? [[name, said, reason]] : [],
    )
    expect(reasons.toSorted()).toEqual([
      ['Best', 'error', expect.stringContaining('No bid: ')],
      ['Slow', 'error', 'No bid in 0.4 s'],
    ])
  })

  test('give way to the next best bid when they refuse the lead after all', async () => {
    fast.now(bids(20))
    slow.now(bids(30))
    best.now(onPing(bids(40), refuses('Changed our mind')))
    const flow = await aLiveFlow(seller.actor, auction())
    const { lead } = await submit(flow.path)
    const { events, revenueCents } = await leadOf(lead.id)
    expect(events.filter(({ type }) => type === 'delivery').map(({ name, outcome }) => [name, outcome])).toEqual([
      ['Best', 'rejected'],
      ['Slow', 'accepted'],
    ])
    expect(revenueCents).toBe(3000)
  })

  test('are pinged anew when the process died meanwhile, and the lead is sold once', { timeout: 60_000 }, async () => {
    fast.now(bids(20))
    slow.now(bids(30))
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    best.now(async (request, response) => {
      if (pingsOf(best).length === 1) await released
      bids(40)(request, response)
    })
    const flow = await aLiveFlow(seller.actor, auction({ bids_within_seconds: 60 }))
    const answer = submit(flow.path)
    await expect.poll(() => pingsOf(best).length).toBe(1)
    // As kill -9 would: its run belongs to nobody that is there.
    await forget('run-owner-lease')
    await forget('run-owner-id')
    await vi.waitFor(async () => expect(await recoverRuns()).toBe(1), { timeout: 30_000, interval: 500 })
    const { sql } = pool()
    await expect.poll(() => postsOf(best).length, { timeout: 20_000 }).toBe(1)
    await expect.poll(async () => (await sql`select 1 from runs where settled_at is null`).length).toBe(0)
    // What the dead process hears then leads nowhere.
    release()
    const { lead, outcome } = await answer
    expect(outcome).toBe('success')
    expect([postsOf(fast).length, postsOf(slow).length, postsOf(best).length]).toEqual([0, 0, 1])
    expect((await leadOf(lead.id)).revenueCents).toBe(4000)
  })
})
