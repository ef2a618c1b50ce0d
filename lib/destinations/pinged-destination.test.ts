import { expect, test } from 'vitest'
import { aBuyer, must, refusal, testDatabase } from '../../db/testing/index'
import { startRuntime } from '../runtime'
import { createDestination, getDestination, testDestination, testPing, updateDestination } from './index'
import { aBuyerSystem, aLiveDestination, token, webhook } from './testing'

testDatabase()

const bid = { status: 200, body: { status: 'accepted', lead_id: 'crm-1', price: 41.5, ping_id: 'P-1', slot: 'a7' } }

type System = Awaited<ReturnType<typeof aBuyerSystem>>
const pingOf = ({ url }: System, more: object = {}) => ({
  endpoint: { url: url.replace('/v2/intake', '/ping') },
  request: { mappings: { st: '{{lead.state}}' } },
  response: { success_codes: [200], parser: { price_path: 'price', id_path: 'ping_id' }, capture: { slot: 'slot' } },
  ...more,
})
const withReference = {
  mappings: { id: '{{event_id}}', ref: '{{ping.id}}', bid: '{{ping.price}}', slot: '{{ping.slot}}' },
}

test('a test ping is signed in as a lead is, and says what it bids', async () => {
  await startRuntime('web')
  const { actor } = await aBuyer()
  const system = await aBuyerSystem(bid)
  const made = must(await createDestination(actor, webhook(system.url)))
  expect(refusal(await testPing(actor, { id: made.id }))).toMatchObject({ kind: 'conflict' })
  must(await updateDestination(actor, { id: made.id, config: { ping: pingOf(system) } }))
  const tested = must(await testPing(actor, { id: made.id }))
  expect(tested).toMatchObject({ passed: true, bid: { priceCents: 4150, reference: 'P-1', captured: { slot: 'a7' } } })
  expect(tested.checks.at(-1)?.message).toBe('Bids $41.50, under the reference P-1.')
  expect(system.received).toMatchObject([
    {
      url: '/ping?campaign=77',
      headers: { authorization: `Bearer ${token}`, 'x-test-mode': 'true' },
      body: { st: 'TX' },
    },
  ])
  expect(JSON.stringify(tested)).not.toContain(token)
})

test('an answer without a price where one is looked for is no bid, and says so', async () => {
  const { actor } = await aBuyer()
  const system = await aBuyerSystem({ status: 200, body: { cost: 12 } })
  const made = must(await createDestination(actor, webhook(system.url)))
  must(await updateDestination(actor, { id: made.id, config: { ping: pingOf(system) } }))
  const tested = must(await testPing(actor, { id: made.id }))
  expect(tested).toMatchObject({ passed: false })
  expect(tested.checks.at(-1)).toEqual({
    name: 'Bid',
    passed: false,
    message: 'There is no price where it was looked for in the answer.',
  })
})

test('a test lead is asked about before it is sent, and carries the reference of the answer', async () => {
  const { actor } = await aBuyer()
  const system = await aBuyerSystem(bid)
  const made = must(await createDestination(actor, webhook(system.url)))
  const config = { ping: pingOf(system), request: withReference }
  must(await updateDestination(actor, { id: made.id, config }))
  expect(must(await testDestination(actor, { id: made.id }))).toMatchObject({ passed: true, ping: { passed: true } })
  expect(system.received.map(({ body }) => body)).toMatchObject([{ st: 'TX' }, { ref: 'P-1', bid: 41.5, slot: 'a7' }])
})

test('a live destination takes a ping only when a bid came back, and lets go of it without a question', async () => {
  const { actor } = await aBuyer()
  const system = await aBuyerSystem()
  const { id } = await aLiveDestination(actor, system.url)
  const refused = refusal(await updateDestination(actor, { id, config: { ping: pingOf(system) } }))
  expect(refused.issues?.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^Ping: Bid: There is no price/),
  ])
  expect(must(await getDestination(actor, id)).config.ping).toBeUndefined()
  system.reply = bid
  const changed = must(await updateDestination(actor, { id, config: { ping: pingOf(system) } }))
  expect(changed).toMatchObject({ status: 'live', config: { ping: { active: true } } })
  must(await updateDestination(actor, { id, config: { ping: null } }))
  expect(must(await getDestination(actor, id)).config.ping).toBeUndefined()
})

test('the address of a ping is held to what that of a destination is', async () => {
  const { actor } = await aBuyer()
  const system = await aBuyerSystem(bid)
  const made = must(await createDestination(actor, webhook(system.url)))
  const to = (url: string) =>
    updateDestination(actor, { id: made.id, config: { ping: pingOf(system, { endpoint: { url } }) } })
  expect(refusal(await to('http://10.0.0.7/ping')).issues?.[0]?.path).toBe('config.ping.endpoint.url')
  const plain = must(await createDestination(actor, { ...webhook('https://crm.example.com/leads'), name: 'Encrypted' }))
  const config = { ping: pingOf(system) }
  const unsafe = { id: plain.id, config, insecureConfirmed: false }
  expect(refusal(await updateDestination(actor, unsafe)).issues).toMatchObject([{ path: 'insecureConfirmed' }])
  const sandbox = must(await createDestination(actor, { name: 'Try', integration: 'sandbox' }))
  expect(refusal(await updateDestination(actor, { id: sandbox.id, config })).issues?.[0]?.path).toBe('config.ping')
})
