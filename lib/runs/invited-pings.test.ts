import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  aBuyer,
  aConnection,
  aDestination,
  aLiveFlow,
  anAuction,
  aPeer,
  aPingedStep,
  aSeller,
  bids,
  must,
  onPing,
  pingsOf,
  postsOf,
  refuses,
  type Someone,
  testDatabase,
} from '../../db/testing/index'
import { intakeApp } from '../api/index'
import { pauseConnection } from '../connections/index'
import { getEvent, getPing, listEvents } from '../events/index'
import { getFlow } from '../flows/index'
import { getLead } from '../leads/index'
import { startRuntime } from '../runtime'

testDatabase()

type Peer = Awaited<ReturnType<typeof aPeer>>
type Invited = { who: Someone; peer: Peer; connectionId: string }
let seller: Someone
let one: Invited
let two: Invited
let own: Peer

const response = {
  success_codes: [200],
  parser: {
    success_path: 'status',
    success_value: 'accepted',
    price_path: 'price',
    id_path: 'ping_id',
    reason_path: 'rejection_reason',
  },
  capture: { token: 'lead_id' },
}
/** It asks for more than it may be told. */
const mappings = { st: '{{lead.state}}', mail: '{{lead.email}}', who: '{{lead.first_name}}', at: '{{submission.ip}}' }
const auth = { type: 'bearer' as const, token: 'tok_of_the_buyer' }

/** A buyer that was invited, and whose destination is pinged. */
async function anInvited(): Promise<Invited> {
  const [who, peer] = await Promise.all([aBuyer(), aPeer()])
  const destination = await aDestination(who, peer.url, {
    endpoint: { url: peer.url, auth, headers: { 'X-Partner': '{{lead.email}}' } },
    request: {
      mappings: {
        email: '{{lead.email}}',
        ping: '{{ping.id}}',
        bid: '{{ping.price}}',
        token: '{{ping.token}}',
      },
    },
    ping: { endpoint: { url: peer.url.replace('/leads', '/ping') }, request: { mappings }, response },
  })
  return { who, peer, connectionId: await aConnection(seller, who, destination) }
}

beforeAll(async () => {
  await startRuntime('intake')
  seller = await aSeller()
  one = await anInvited()
  two = await anInvited()
  own = await aPeer()
})
beforeEach(() => {
  for (const peer of [one.peer, two.peer, own]) peer.received.length = 0
})

const fields = [
  { name: 'first_name', type: 'first_name' as const },
  { name: 'email', type: 'email' as const },
  { name: 'state', type: 'state' as const },
]
const stepTo = (id: string, { connectionId }: Invited, more: object = {}) => ({
  id,
  type: 'buyer',
  name: `Step ${id}`,
  connection: {
    method: 'invite',
    connection_id: connectionId,
    shared_fields: ['first_name', 'email', 'state'],
    ...more,
  },
  rules: { active: true, price: 25 },
})
const aFlow = (steps: object[], source: Record<string, unknown> = {}) =>
  aLiveFlow(seller.actor, anAuction(steps, {}, { fields }), source)
const both = () => [stepTo('one', one), stepTo('two', two)]

let number = 0
type Answer = { outcome: string; reason?: string; lead: { id: string } }
const addressOf = (count: number) => `invited-${count}@example.com`
async function submit(path: string, more: Record<string, string> = {}): Promise<Answer> {
  const body = new URLSearchParams({ email: addressOf(++number), first_name: 'Ana', state: 'CA', ...more })
  const answer = await intakeApp.request(path, { method: 'POST', body })
  return (await answer.json()) as Answer
}
const eventsOf = async (leadId: string) => must(await getLead(seller.actor, leadId)).events

describe('buyers that were invited', () => {
  test('are told what names nobody, whatever they ask for, and the best bid gets the lead with its reference', async () => {
    one.peer.now(bids(30))
    two.peer.now(bids(50))
    own.now(bids(40))
    const flow = await aFlow([...both(), aPingedStep('Own', own)])
    expect((await submit(flow.path)).outcome).toBe('success')
    for (const { peer } of [one, two]) {
      const [ping] = pingsOf(peer)
      expect(ping?.json()).toEqual({ st: 'CA' })
      expect(ping?.headers.authorization).toBe(`Bearer ${auth.token}`)
      expect(ping?.headers['x-partner']).toBeUndefined()
      expect(pingsOf(peer)).toHaveLength(1)
    }
    expect(pingsOf(own)).toHaveLength(1)
    expect(postsOf(two.peer).map((post) => post.json())).toEqual([
      { email: addressOf(number), ping: 'ref-50', bid: 50, token: 'b-1' },
    ])
    expect([postsOf(one.peer), postsOf(own)]).toEqual([[], []])
  })

  test('are told what the seller chose, and are not asked where that is nothing', async () => {
    one.peer.now(bids(30))
    two.peer.now(bids(50))
    const flow = await aFlow([
      stepTo('one', one, { ping_fields: ['state', 'first_name'] }),
      stepTo('two', two, { ping_fields: [] }),
    ])
    const { lead } = await submit(flow.path)
    expect(pingsOf(one.peer).map((ping) => ping.json())).toEqual([{ st: 'CA', who: 'Ana' }])
    expect(pingsOf(two.peer)).toEqual([])
    // Its price of 25 stands against a bid of 30.
    expect(must(await getLead(seller.actor, lead.id)).revenueCents).toBe(3000)
    const { steps } = must(await getFlow(seller.actor, flow.flowId))
    expect(steps.map(({ stepId, pinged }) => [stepId, pinged])).toEqual([
      ['one', true],
      ['two', false],
    ])
  })

  test('keep how they are asked to themselves: the seller sees what was told and what they bid', async () => {
    one.peer.now(refuses('Not in CA'))
    two.peer.now(bids(50))
    const flow = await aFlow(both())
    const { lead } = await submit(flow.path)
    const pings = (await eventsOf(lead.id)).filter(({ type }) => type === 'ping')
    expect(
      pings.map(({ name, outcome, priceCents, reason }) => [name, outcome, priceCents ?? reason]).toSorted(),
    ).toEqual([
      ['Step one', 'no_bid', 'Declined the ping: Not in CA'],
      ['Step two', 'bid', 5000],
    ])
    for (const { id } of pings) {
      const seen = must(await getEvent(seller.actor, id))
      expect(seen).toMatchObject({ configuredByBuyer: true, sentFields: ['state'] })
      for (const hidden of ['request', 'response', 'curl', 'captured', 'sizes']) expect(seen).not.toHaveProperty(hidden)
      expect(JSON.stringify(seen)).not.toContain('127.0.0.1')
    }
  })

  test('see what they were asked and bid, and of a lead that another one got nothing else', async () => {
    one.peer.now(bids(30))
    two.peer.now(bids(50))
    const flow = await aFlow(both())
    const { lead } = await submit(flow.path)
    const lost = (await listEvents(one.who.actor, 'buyer', { type: 'ping' })).data[0]
    expect(lost).toMatchObject({ outcome: 'bid', priceCents: 3000, name: seller.account.name, pingId: lost?.id })
    const seen = must(await getEvent(one.who.actor, lost?.id ?? ''))
    expect(seen).toMatchObject({ request: { body: '{"st":"CA"}' }, response: { status: 200 }, leadData: {}, trace: [] })
    expect(JSON.stringify([lost, seen])).not.toMatch(/invited-\d+@|\bAna\b|Step two|"priceCents":5000|ref-50/)
    expect(await getLead(one.who.actor, lead.id)).toMatchObject({ ok: false, error: { kind: 'not-found' } })
    expect((await listEvents(one.who.actor, 'buyer', { q: addressOf(number) })).data).toEqual([])
    const won = must(await getLead(two.who.actor, lead.id))
    expect(won.events.map(({ type, outcome }) => [type, outcome])).toEqual([
      ['ping', 'bid'],
      ['delivery', 'accepted'],
    ])
  })

  test('are decided about again when they pause while they are asked: the next best gets the lead', async () => {
    one.peer.now(bids(30))
    const three = await anInvited()
    three.peer.now(
      onPing(async (request, response) => {
        must(await pauseConnection(three.who.actor, { id: three.connectionId }))
        bids(90)(request, response)
      }, bids(90)),
    )
    const flow = await aFlow([stepTo('one', one), stepTo('three', three)])
    const { lead } = await submit(flow.path)
    expect([postsOf(three.peer).length, postsOf(one.peer).length]).toEqual([0, 1])
    expect(must(await getLead(seller.actor, lead.id)).revenueCents).toBe(3000)
    await submit(flow.path)
    expect(pingsOf(three.peer)).toHaveLength(1)
  })

  test('bid for a source that asks first, and are held to it; what they were asked stays theirs', async () => {
    one.peer.now(bids(30))
    two.peer.now(bids(50))
    const flow = await aFlow(both(), { settings: { pings: { margin_percent: 20 } } })
    const body = new URLSearchParams({ state: 'CA' })
    const answer = await intakeApp.request(flow.path.replace('/submit', '/ping'), { method: 'POST', body })
    const { price, bid } = (await answer.json()) as { price: number; bid: { id: string } }
    expect(price).toBe(40)
    const { pings } = must(await getPing(seller.actor, bid.id))
    expect(pings).toHaveLength(2)
    for (const ping of pings) {
      expect(ping).toMatchObject({ configuredByBuyer: true })
      expect(ping).not.toHaveProperty('request')
    }
    expect(await getPing(two.who.actor, bid.id)).toMatchObject({ ok: false })
    const [asked] = (await listEvents(two.who.actor, 'buyer', { type: 'ping' })).data
    expect(must(await getEvent(two.who.actor, asked?.id ?? ''))).toMatchObject({ request: { body: '{"st":"CA"}' } })
    expect((await submit(flow.path, { bid_id: bid.id })).outcome).toBe('success')
    expect(pingsOf(two.peer)).toHaveLength(1)
    expect(postsOf(two.peer).map((post) => post.json())).toMatchObject([{ ping: 'ref-50', bid: 50 }])
  })
})
