import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { pool } from '../../db/client'
import {
  aBuyer,
  aConnection,
  accepts,
  aDestination,
  aLiveFlow,
  aManualStep,
  aPeer,
  aSeller,
  must,
  refuses,
  type Someone,
  says,
  testDatabase,
} from '../../db/testing/index'
import { leadSeenBy, submit as submitTo } from '../../db/testing/source'
import type { FlowDocumentInput } from '../engine/index'
import { publishFlow, saveDraft } from '../flows/index'
import { replayLeads } from '../queue/index'
import { releaseHeld } from '../runs/index'
import { startRuntime } from '../runtime'

testDatabase()

const [first, second] = await Promise.all([aPeer(), aPeer()])
let seller: Someone

beforeAll(async () => {
  await startRuntime('intake')
  seller = await aSeller()
})
beforeEach(() => {
  first.now(accepts)
  second.now(accepts)
})

type Steps = NonNullable<FlowDocumentInput['steps']>
const one = (more: object = {}) => aManualStep({ id: 'one', name: 'One', url: first.url, ...more } as never)
const two = (more: object = {}) => aManualStep({ id: 'two', name: 'Two', url: second.url, ...more } as never)
const auction = (...buyers: object[]): FlowDocumentInput => ({
  steps: [{ id: 'auction', type: 'distribution', name: 'Auction', buyers }] as Steps,
})

const submit = async (path: string) => (await submitTo(path)).lead.id
const leadOf = (leadId: string, who = seller) => leadSeenBy(who.actor, leadId)
const linesOf = async (leadId: string) =>
  (await leadOf(leadId)).considered.map(({ name, outcome, reason }) => [name, outcome, reason])

describe('a seller sees of every buyer of a lead', () => {
  test('who had no room, who refused it, who got it and who only stands by', async () => {
    first.now(refuses('Wrong state'))
    const full = one({ id: 'full', name: 'Full', conditional_delivery: { caps: { daily: 1, timezone: 'UTC' } } })
    const document = auction(full, one(), two(), two({ id: 'backup', name: 'Backup', standby: true }))
    const { path } = await aLiveFlow(seller.actor, document)
    first.now(accepts)
    await submit(path)
    first.now(refuses('Wrong state'))
    const leadId = await submit(path)
    expect(await linesOf(leadId)).toEqual([
      ['Full', 'skipped', expect.stringMatching(/^Cap 1 of 1 a day, resets .*UTC$/)],
      ['One', 'rejected', 'Wrong state'],
      ['Two', 'accepted', undefined],
      ['Backup', 'skipped', 'Standby: asked only as a backup'],
    ])
    expect((await leadOf(leadId)).considered[2]).toMatchObject({
      place: 'Priority 3',
      within: { stepId: 'auction', name: 'Auction' },
      priceCents: 4500,
      buyerLeadId: 'b-1',
      eventId: expect.any(String),
    })
  })

  test('whom a held lead waits for, and what came of it when it went out', async () => {
    first.now(says(503, '{}'))
    const retry = { max_attempts: 3, first_delay: '1 hour' }
    const { path } = await aLiveFlow(seller.actor, auction(one({ retry }), two({ rules: { active: false } })))
    const leadId = await submit(path)
    const held = (await leadOf(leadId)).considered
    expect(held).toMatchObject([
      { name: 'One', outcome: 'error', waitsUntil: expect.any(String) },
      { name: 'Two', outcome: 'skipped', reason: 'Step is disabled' },
    ])
    first.now(accepts)
    await pool().sql`update held_leads set wish = 'release', due_at = now() where lead_id = ${leadId}`
    await releaseHeld()
    await expect.poll(async () => (await leadOf(leadId)).status, { timeout: 10_000 }).toBe('final')
    const sold = (await leadOf(leadId)).considered
    expect(sold).toMatchObject([
      { name: 'Two', outcome: 'skipped', reason: 'Step is disabled' },
      { name: 'One', outcome: 'accepted', tries: 2 },
    ])
    expect(sold[1]?.waitsUntil).toBeUndefined()
  })

  test('whom a lead waits for that is tried again after it had ended', async () => {
    first.now(says(503, '{}'))
    const flow = await aLiveFlow(seller.actor, auction(one(), two({ rules: { active: false } })))
    const leadId = await submit(flow.path)
    expect((await leadOf(leadId)).status).toBe('final')
    const retried = auction(one({ retry: { max_attempts: 3, first_delay: '1 hour' } }), two())
    must(await saveDraft(seller.actor, { flowId: flow.flowId, document: retried }))
    must(await publishFlow(seller.actor, { flowId: flow.flowId }))
    must(await replayLeads(seller.actor, { leadIds: [leadId] }))
    const held = async () => {
      await releaseHeld()
      return (await leadOf(leadId)).events.some(({ outcome }) => outcome === 'held')
    }
    await expect.poll(held, { timeout: 10_000 }).toBe(true)
    const attempts = (await leadOf(leadId)).considered.filter(({ name }) => name === 'One')
    expect(attempts.map(({ outcome, waitsUntil }) => [outcome, typeof waitsUntil])).toEqual([
      ['error', 'undefined'],
      ['error', 'string'],
    ])
  })

  test('those that the lead never came to, and why', async () => {
    const ends = { id: 'ends', type: 'filter', name: 'Ends', stop_when: "lead.state == 'CA'", reason: 'Not California' }
    const { path } = await aLiveFlow(seller.actor, { steps: [ends, one(), two({ standby: true })] as Steps })
    expect(await linesOf(await submit(path))).toEqual([
      ['One', 'skipped', 'Not reached: Not California'],
      ['Two', 'skipped', 'Standby: asked only as a backup'],
    ])
  })
})

test('a buyer sees its own line, and nothing of others or of the way that the lead came', async () => {
  first.now(says(500, '{}'))
  const buyer = await aBuyer()
  const connection_id = await aConnection(seller, buyer, await aDestination(buyer, second.url))
  const partner = {
    id: 'partner',
    type: 'buyer',
    name: 'Partner',
    standby: true,
    connection: { method: 'invite', connection_id, shared_fields: ['email'] },
    rules: { active: true, price: 45 },
  }
  const failing = one({ failover: { failover_chain: [{ buyer: 'partner' }] } })
  const { path } = await aLiveFlow(seller.actor, auction(failing, partner))
  const leadId = await submit(path)
  expect((await leadOf(leadId)).considered).toMatchObject([
    { name: 'One', outcome: 'error' },
    { outcome: 'accepted', via: 'failover', insteadOf: 'One' },
  ])
  const { considered } = await leadOf(leadId, buyer)
  expect(considered).toEqual([
    {
      name: expect.stringMatching(/^Intake /),
      outcome: 'accepted',
      eventId: expect.any(String),
      priceCents: 4500,
      buyerLeadId: 'b-1',
      trace: [],
    },
  ])
  const rows = await pool()
    .sql`select detail from events where account_id = ${buyer.account.id} and lead_id = ${leadId}`
  expect(rows).toHaveLength(1)
  expect(Object.keys(rows[0]?.['detail'])).not.toEqual(expect.arrayContaining(['via']))
  expect(JSON.stringify(rows)).not.toMatch(/failover|One|auction/)
})
