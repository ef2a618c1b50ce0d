import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  aBuyer,
  aConnection,
  aDestination,
  aLiveFlow,
  aManualStep,
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
import { setDestinationCaps } from '../destinations/index'
import { getEvent, getPing, listEvents } from '../events/index'
import { getFlow, publishFlow, saveDraft } from '../flows/index'
import { getLead } from '../leads/index'
import { startRuntime } from '../runtime'
import { reloadFlow } from './flow-cache'

testDatabase()

type Peer = Awaited<ReturnType<typeof aPeer>>
type Invited = { who: Someone; peer: Peer; destination: string; connectionId: string }
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
  return { who, peer, destination, connectionId: await aConnection(seller, who, destination) }
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
async function become(flowId: string, steps: object[]) {
  must(await saveDraft(seller.actor, { flowId, document: anAuction(steps, {}, { fields }) }))
  must(await publishFlow(seller.actor, { flowId }))
}
const both = () => [stepTo('one', one), stepTo('two', two)]

let number = 0
type Answer = { outcome: string; reason?: string; lead: { id: string } }
const addressOf = (count: number) => `invited-${count}@example.com`
async function submit(path: string, more: Record<string, string> = {}): Promise<Answer> {
  const body = new URLSearchParams({ email: addressOf(++number), first_name: 'Ana', state: 'CA', ...more })
  const answer = await intakeApp.request(path, { method: 'POST', body })
  return (await answer.json()) as Answer
}
const withMargin = { settings: { pings: { margin_percent: 20 } } }
/** Asks for a bid, as the source. */
async function ask(path: string) {
  const body = new URLSearchParams({ state: 'CA' })
  const answer = await intakeApp.request(path.replace('/submit', '/ping'), { method: 'POST', body })
  return (await answer.json()) as { outcome: string; reason?: string; price: number; bid: { id: string } }
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

  test('see nothing of a lead that their step took while it was configured by hand', async () => {
    const flow = await aFlow([aPingedStep('Own', own)])
    own.now(
      onPing(async (request, response) => {
        await become(flow.flowId, [stepTo('own', one)])
        bids(40)(request, response)
      }, bids(40)),
    )
    const { lead } = await submit(flow.path)
    expect([postsOf(own).length, one.peer.received.length]).toEqual([1, 0])
    const [sent] = (await eventsOf(lead.id)).filter(({ type }) => type === 'delivery')
    expect(sent).toMatchObject({ outcome: 'accepted', request: { url: own.url } })
    expect(await getLead(one.who.actor, lead.id)).toMatchObject({ ok: false })
    const seen = (await listEvents(one.who.actor, 'buyer', {})).data.filter(({ leadId }) => leadId === lead.id)
    expect(seen).toEqual([])
  })

  test('have in their log what they bought, though their step went to another one meanwhile', async () => {
    const steps = (first: Invited) => [stepTo('one', first), aManualStep({ id: 'own', url: own.url })] as never
    own.now(bids(10))
    const flow = await aLiveFlow(seller.actor, { fields, steps: steps(one) })
    one.peer.now(async (request, response) => {
      must(await saveDraft(seller.actor, { flowId: flow.flowId, document: { fields, steps: steps(two) } }))
      must(await publishFlow(seller.actor, { flowId: flow.flowId }))
      bids(25)(request, response)
    })
    const { lead } = await submit(flow.path)
    expect([postsOf(one.peer).length, postsOf(own).length, postsOf(two.peer).length]).toEqual([1, 1, 0])
    expect(must(await getLead(one.who.actor, lead.id)).outcome).toBe('success')
    expect(await getLead(two.who.actor, lead.id)).toMatchObject({ ok: false })
  })

  test('are not held to a bid of the buyer that had their step before them, and learn nothing of it', async () => {
    one.peer.now(bids(30))
    two.peer.now(bids(50))
    const flow = await aFlow([stepTo('place', two)], withMargin)
    const { bid } = await ask(flow.path)
    await become(flow.flowId, [stepTo('place', one)])
    await reloadFlow(flow.flowId)
    const { lead } = await submit(flow.path, { bid_id: bid.id })
    expect(postsOf(one.peer).map((post) => post.json())).toMatchObject([{ ping: 'ref-30', bid: 30 }])
    expect(must(await getLead(seller.actor, lead.id)).revenueCents).toBe(3000)
  })

  test('whose own limit is reached bid for no source', async () => {
    const full = await anInvited()
    full.peer.now(bids(50))
    must(await setDestinationCaps(full.who.actor, { id: full.destination, caps: { daily: 1 } }))
    const flow = await aFlow([stepTo('full', full)], withMargin)
    expect((await ask(flow.path)).outcome).toBe('success')
    expect((await submit(flow.path)).outcome).toBe('success')
    expect((await ask(flow.path)).reason).toBe('The buyer’s own limit is reached')
  })

  test('bid for a source that asks first, and are held to it; what they were asked stays theirs', async () => {
    one.peer.now(bids(30))
    two.peer.now(bids(50))
    const flow = await aFlow(both(), withMargin)
    const { price, bid } = await ask(flow.path)
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
