import { beforeAll, expect, test } from 'vitest'
import { accepts, aManualStep, aPeer, hangsUp, says, testDatabase } from '../../../db/testing/index'
import { releaseHeld } from '../../runs/index'
import { intakeApp } from '../index'
import { aCompany, type Json } from './testing'

testDatabase()

type Company = Awaited<ReturnType<typeof aCompany>>
let seller: Company
let stranger: Company
let peer: Awaited<ReturnType<typeof aPeer>>
let backup: Awaited<ReturnType<typeof aPeer>>

beforeAll(async () => {
  ;[seller, stranger, peer, backup] = await Promise.all([aCompany('Seller'), aCompany('Stranger'), aPeer(), aPeer()])
})

async function aFlow(...steps: object[]) {
  const flow = await seller.call('POST', '/flows', { name: 'Insurance' })
  const id = String(flow.body['id'])
  await seller.call('PUT', `/flows/${id}/draft`, { steps })
  expect((await seller.call('POST', `/flows/${id}/publish`)).status).toBe(200)
  const source = await seller.call('POST', `/flows/${id}/sources`, { name: 'Web form' })
  return { id, path: `/flows/${id}/sources/${source.body['id']}/submit` }
}
const submit = async (path: string, email: string): Promise<string> => {
  const answer = await intakeApp.request(path, { method: 'POST', body: new URLSearchParams({ email }) })
  return ((await answer.json()) as { lead: { id: string } }).lead.id
}
const idsOf = (body: Json) => (body['data'] as { lead_id: string }[]).map(({ lead_id: id }) => id)
const outcomeOf = (id: string) =>
  expect.poll(
    async () => {
      await releaseHeld()
      return (await seller.call('GET', `/leads/${id}`)).body['outcome']
    },
    { timeout: 10_000 },
  )

test('waiting leads are listed, released and dropped by key, each once and only by who owns them', async () => {
  peer.now(says(503, '{}'))
  const retry = { max_attempts: 3, first_delay: '1 hour' }
  const flow = await aFlow(aManualStep({ id: 'one', name: 'One', url: peer.url, retry } as never))
  const [first, second] = [await submit(flow.path, 'a@example.com'), await submit(flow.path, 'b@example.com')]
  const listed = await seller.call('GET', `/queue?flow_id=${flow.id}&cause=retry`)
  expect(idsOf(listed.body).toSorted()).toEqual([first, second].toSorted())
  expect((await seller.call('GET', '/queue/counts')).body).toEqual({ waiting: 2, given_up: 0, decisions: 0 })
  expect(idsOf((await stranger.call('GET', '/queue')).body)).toEqual([])
  expect((await seller.call('GET', '/queue?cause=weather')).status).toBe(422)
  expect((await stranger.call('POST', `/queue/${first}/release`)).status).toBe(404)
  expect((await seller.call('POST', '/queue/nonsense/release')).status).toBe(404)
  peer.now(accepts)
  const released = await seller.call('POST', `/queue/${first}/release`)
  expect([released.status, released.body]).toEqual([200, { done: 1, passed_over: [] }])
  await outcomeOf(first).toBe('success')
  expect((await seller.call('POST', `/queue/${first}/release`)).status).toBe(409)
  expect((await seller.call('POST', `/queue/${second}/reassign`, { step_id: 'nine' })).status).toBe(409)
  expect((await seller.call('POST', `/queue/${second}/drop`)).status).toBe(200)
  await outcomeOf(second).toBe('failure')
})

test('several waiting leads are released, sent elsewhere or dropped in one call, which says what it passed over', async () => {
  peer.now(says(503, '{}'))
  const retry = { max_attempts: 3, first_delay: '1 hour' }
  const one = aManualStep({ id: 'one', name: 'One', url: peer.url, retry } as never)
  const other = aManualStep({ id: 'two', name: 'Two', url: backup.url, standby: true } as never)
  const ids: string[] = []
  const flow = await aFlow(one, other)
  for (const name of ['g', 'h', 'i', 'j']) ids.push(await submit(flow.path, `${name}@example.com`))
  const [first = '', ...rest] = ids
  const to = (verb: string, body: object, who = seller) => who.call('POST', `/queue/${verb}`, body)
  expect((await to('release', { lead_ids: ids }, stranger)).status).toBe(404)
  for (const verb of ['release', 'drop', 'reassign']) {
    const wrong = await to(verb, { lead_ids: ['nonsense'], ...(verb === 'reassign' && { step_id: 'two' }) })
    expect([wrong.status, (wrong.body['errors'] as { path: string }[])[0]?.path]).toEqual([422, 'lead_ids.0'])
  }
  peer.now(accepts)
  expect((await to('release', { lead_ids: [first] })).body).toEqual({ done: 1, passed_over: [] })
  await outcomeOf(first).toBe('success')
  const [third = '', fourth = ''] = rest.slice(1)
  expect((await to('reassign', { lead_ids: [first, rest[0]], step_id: 'two' })).body).toEqual({
    done: 1,
    passed_over: [{ lead_id: first, reason: 'It does not wait any more: it was just taken up' }],
  })
  expect((await to('drop', { lead_ids: [third, fourth], reason: 'The campaign is over' })).body['done']).toBe(2)
  for (const id of [third, fourth]) await outcomeOf(id).toBe('failure')
  await outcomeOf(rest[0] ?? '').toBe('success')
  expect(backup.received).toHaveLength(1)
  expect((await to('drop', { lead_ids: ids })).status).toBe(409)
})

test('leads that were given up are listed and replayed by key, one or a range', async () => {
  peer.now(says(503, '{}'))
  const flow = await aFlow(aManualStep({ id: 'one', name: 'One', url: peer.url }))
  const ids: string[] = []
  for (const name of ['c', 'd', 'e']) ids.push(await submit(flow.path, `${name}@example.com`))
  expect(idsOf((await seller.call('GET', `/dead-letters?flow_id=${flow.id}`)).body)).toEqual(ids.toReversed())
  const [one = '', ...rest] = ids
  peer.now(accepts)
  expect((await stranger.call('POST', `/dead-letters/${one}/replay`)).status).toBe(404)
  expect((await seller.call('POST', `/dead-letters/${one}/replay`)).body).toEqual({
    done: 1,
    passed_over: [],
    left: false,
  })
  expect((await seller.call('POST', '/dead-letters/replay', {})).status).toBe(422)
  const range = await seller.call('POST', '/dead-letters/replay', { flow_id: flow.id })
  expect([range.status, range.body['done']]).toEqual([200, rest.length])
  expect((await seller.call('POST', '/dead-letters/replay', { flow_id: flow.id })).status).toBe(409)
  for (const id of ids) await outcomeOf(id).toBe('success')
})

test('an attempt without an answer is listed and decided by key, once', async () => {
  peer.now(hangsUp)
  const flow = await aFlow(aManualStep({ id: 'one', name: 'One', url: peer.url }))
  const lead = await submit(flow.path, 'f@example.com')
  const listed = await seller.call('GET', `/undecided?flow_id=${flow.id}`)
  const [attempt] = listed.body['data'] as { event_id: string; lead_id: string; price: number }[]
  expect(attempt).toMatchObject({ lead_id: lead, price: 45 })
  const path = `/undecided/${attempt?.event_id}/decide`
  expect((await stranger.call('POST', path, { accepted: true })).status).toBe(404)
  expect((await seller.call('POST', path, { accepted: false, price: 3 })).status).toBe(422)
  expect((await seller.call('POST', path, { accepted: true, price: 12.5 })).body).toMatchObject({ price: 12.5 })
  expect((await seller.call('POST', path, { accepted: true })).status).toBe(409)
  expect((await seller.call('GET', `/leads/${lead}`)).body).toMatchObject({ outcome: 'success', revenue: 12.5 })
})
