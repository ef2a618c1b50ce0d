import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { pool } from '../../db/client'
import {
  aBuyer,
  aConnection,
  accepts,
  aDestination,
  aLiveFlow,
  aPeer,
  aSeller,
  refuses,
  type Someone,
  says,
  testDatabase,
} from '../../db/testing/index'
import { intakeApp } from '../api/index'
import { simulateLead } from '../backtests/index'
import { connectionCapUse, getConnection, setConnectionCaps } from '../connections/index'
import { destinationCapUse, setDestinationCaps } from '../destinations/index'
import type { FlowDocumentInput } from '../engine/index'
import { startRuntime } from '../runtime'

testDatabase()

let peer: Awaited<ReturnType<typeof aPeer>>
beforeAll(async () => {
  await startRuntime('intake')
  peer = await aPeer()
})
beforeEach(() => {
  peer.now(accepts)
  peer.received.length = 0
})

type Steps = NonNullable<FlowDocumentInput['steps']>
const stepTo = (connection_id: string, more: object = {}): Steps =>
  [
    {
      id: 'partner',
      type: 'buyer',
      name: 'Partner',
      connection: { method: 'invite', connection_id, shared_fields: ['email'] },
      rules: { active: true, price: 45 },
      ...more,
    },
  ] as Steps

let number = 0
async function submit(path: string, more: Record<string, string> = {}) {
  const body = new URLSearchParams({ email: `c${++number}@example.com`, ...more })
  const answer = await intakeApp.request(path, { method: 'POST', body })
  return (await answer.json()) as { outcome: string; reason?: string; lead: { id: string; status?: string } }
}
const sold = (answers: { outcome: string }[]) => answers.filter(({ outcome }) => outcome === 'success').length
const must = async (done: Promise<{ ok: boolean }>) => expect(await done).toMatchObject({ ok: true })

describe('a buyer’s caps on its destination', () => {
  async function aMarket(caps: object, more: object = {}) {
    const buyer = await aBuyer()
    const destination = await aDestination(buyer, peer.url)
    const sellers = await Promise.all([aSeller(), aSeller()])
    const flows: { seller: Someone; flowId: string; path: string }[] = []
    for (const seller of sellers) {
      const connection = await aConnection(seller, buyer, destination)
      const flow = await aLiveFlow(seller.actor, { steps: stepTo(connection, more) })
      flows.push({ seller, flowId: flow.flowId, path: flow.path })
    }
    await must(setDestinationCaps(buyer.actor, { id: destination, caps }))
    return { buyer, destination, flows }
  }
  const use = async ({ buyer, destination }: { buyer: Someone; destination: string }) => {
    const found = await destinationCapUse(buyer.actor, destination, Date.now())
    return found.ok ? found.value.map(({ unit, period, used, limit }) => [unit, period, used, limit]) : found
  }

  test('are never exceeded by even one, whichever seller the leads come from, and tell no numbers', async () => {
    const market = await aMarket({ daily: 7, timezone: 'Europe/London' })
    const answers = await Promise.all(
      Array.from({ length: 15 }, () => market.flows.map(({ path }) => submit(path))).flat(),
    )
    expect(sold(answers)).toBe(7)
    expect(peer.received).toHaveLength(7)
    const reasons = new Set(answers.flatMap(({ reason }) => reason ?? []))
    expect([...reasons]).toEqual(['The buyer’s own limit is reached'])
    expect(await use(market)).toEqual([['leads', 'day', 7, 7]])
  })

  test('have room again when the buyer refused, and count money as it was paid', async () => {
    const market = await aMarket({ daily: 2, daily_spend: 100 })
    const [one, other] = market.flows
    peer.now(refuses('No'))
    for (let turn = 0; turn < 3; turn++) expect((await submit(one?.path ?? '')).reason).toBe('No')
    expect(await use(market)).toEqual([
      ['leads', 'day', 0, 2],
      ['cents', 'day', 0, 10_000],
    ])
    peer.now(says(201, { status: 'accepted', payout: 70 }))
    expect((await submit(one?.path ?? '')).outcome).toBe('success')
    expect(await use(market)).toEqual([
      ['leads', 'day', 1, 2],
      ['cents', 'day', 7_000, 10_000],
    ])
    // 70 of 100 are spent, and the next lead would cost 45.
    expect((await submit(other?.path ?? '')).reason).toBe('The buyer’s own limit is reached')
  })

  test('hold a lead where the seller’s step queues what is over a cap', async () => {
    const caps = { daily: 1_000, when_exceeded: { action: 'queue' } }
    const market = await aMarket({ daily: 1 }, { conditional_delivery: { caps } })
    const path = market.flows[0]?.path ?? ''
    expect((await submit(path)).lead.status).toBeUndefined()
    expect((await submit(path)).lead.status).toBe('pending')
    const held = await pool()
      .sql`select reason from held_leads where account_id = ${market.flows[0]?.seller.account.id ?? ''}`
    expect(held).toEqual([{ reason: 'The buyer’s own limit is reached' }])
  })

  test('count no test leads, and are gone when they are taken away', async () => {
    const market = await aMarket({ daily: 1 })
    const path = market.flows[0]?.path ?? ''
    expect(sold([await submit(path, { is_test: 'true' }), await submit(path), await submit(path)])).toBe(2)
    await must(setDestinationCaps(market.buyer.actor, { id: market.destination, caps: {} }))
    // Heard in a moment.
    await expect.poll(async () => (await submit(path)).outcome, { timeout: 10_000 }).toBe('success')
    expect(sold([await submit(path), await submit(path)])).toBe(2)
    expect(await use(market)).toEqual([])
  })

  test('are not told by the simulator, however often a seller asks it', async () => {
    const market = await aMarket({ daily: 31_337, daily_spend: 31_337 })
    const [one] = market.flows
    if (!one) throw new Error('no flow')
    await submit(one.path)
    const tried = await simulateLead(one.seller.actor, { flowId: one.flowId, lead: { email: 'x@example.com' } })
    expect(tried).toMatchObject({ ok: true })
    expect(JSON.stringify(tried)).not.toMatch(/31,?337/)
    expect(JSON.stringify(tried)).toContain('only the buyer knows them')
  })

  test('are the buyer’s alone to see and to set', async () => {
    const market = await aMarket({ daily: 1 })
    const [seller] = market.flows
    const { destination: id } = market
    const stranger = seller?.seller.actor ?? market.buyer.actor
    expect(await setDestinationCaps(stranger, { id, caps: null })).toMatchObject({ error: { kind: 'not-found' } })
    expect(await destinationCapUse(stranger, id, Date.now())).toMatchObject({ error: { kind: 'not-found' } })
    const zone = await setDestinationCaps(market.buyer.actor, { id, caps: { daily: 1, timezone: 'Mars/Base' } })
    expect(zone).toMatchObject({ error: { kind: 'invalid', issues: [{ path: 'caps.timezone' }] } })
  })
})

describe('a seller’s caps on a connection', () => {
  test('count over all flows that use it, beside those of the steps, and say their numbers', async () => {
    const [seller, buyer] = await Promise.all([aSeller(), aBuyer()])
    const connection = await aConnection(seller, buyer, await aDestination(buyer, peer.url))
    const own = { conditional_delivery: { caps: { daily: 4 } } }
    const first = await aLiveFlow(seller.actor, { steps: stepTo(connection, own) })
    const second = await aLiveFlow(seller.actor, { steps: stepTo(connection) })
    await must(setConnectionCaps(seller.actor, { id: connection, caps: { daily: 6, timezone: 'Europe/London' } }))
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => [submit(first.path), submit(second.path)]).flat(),
    )
    expect(sold(answers)).toBe(6)
    expect(answers.findLast(({ outcome }) => outcome === 'failure')?.reason).toMatch(
      /^Cap (4 of 4|of the connection 6 of 6) a day, resets .*/,
    )
    expect((await submit(second.path)).reason).toMatch(/^Cap of the connection 6 of 6 a day, resets .*London$/)
    expect(await connectionCapUse(seller.actor, connection, Date.now())).toMatchObject({
      value: [{ of: 'connection', unit: 'leads', period: 'day', used: 6, limit: 6 }],
    })
  })

  test('are nothing that the buyer sees or sets', async () => {
    const [seller, buyer] = await Promise.all([aSeller(), aBuyer()])
    const id = await aConnection(seller, buyer, await aDestination(buyer, peer.url))
    await must(setConnectionCaps(seller.actor, { id, caps: { monthly: 123_456 } }))
    expect(JSON.stringify(await getConnection(buyer.actor, id))).not.toContain('123456')
    expect(await setConnectionCaps(buyer.actor, { id, caps: null })).toMatchObject({ error: { kind: 'forbidden' } })
    expect(await connectionCapUse(buyer.actor, id, Date.now())).toMatchObject({ error: { kind: 'forbidden' } })
  })
})
