import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { db, pool } from '../../db/client'
import { destinations, outboxMails } from '../../db/schema/index'
import {
  aBuyer,
  accepts,
  aLiveFlow,
  aManualStep,
  aPeer,
  aSeller,
  refuses,
  type Someone,
  says,
  testDatabase,
} from '../../db/testing/index'
import { intakeApp } from '../api/index'
import { acceptInvitation, createInvitation, setDelivery } from '../connections/index'
import type { FlowDocumentInput } from '../engine/index'
import { DestinationConfig } from '../engine/schema'
import { publishFlow, saveDraft } from '../flows/index'
import { uuidv7 } from '../ids'
import { replayLeads } from '../queue/index'
import type { Result } from '../result'
import { releaseHeld } from '../runs/index'
import { startRuntime } from '../runtime'
import { getLead } from './index'

testDatabase()

function must<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new Error(JSON.stringify(result.error))
}

let seller: Someone
let first: Awaited<ReturnType<typeof aPeer>>
let second: Awaited<ReturnType<typeof aPeer>>

beforeAll(async () => {
  await startRuntime('intake')
  seller = await aSeller()
  first = await aPeer()
  second = await aPeer()
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

let number = 0
async function submit(path: string): Promise<string> {
  const body = new URLSearchParams({ email: `why${++number}@example.com`, state: 'CA' })
  const answer = await intakeApp.request(path, { method: 'POST', body })
  return ((await answer.json()) as { lead: { id: string } }).lead.id
}
const leadOf = async (leadId: string, who = seller) => must(await getLead(who.actor, leadId))
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

/** A connection of a buyer whose system has this address. */
async function aConnection(buyer: Someone, url: string): Promise<string> {
  must(await createInvitation(seller.actor, { email: buyer.user.email }))
  const [mail] = await db().select().from(outboxMails).where(eq(outboxMails.to, buyer.user.email))
  const token = /\/invite\/([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? ''
  const { connectionId } = must(await acceptInvitation(buyer.actor, { token }))
  const { endpoint, request, response } = aManualStep({ url }).connection
  const config = DestinationConfig.parse({ endpoint, request, response })
  const id = uuidv7()
  const accountId = buyer.account.id
  await db()
    .insert(destinations)
    .values({ id, accountId, name: 'Our CRM', integration: 'webhook', config, status: 'live' })
  must(await setDelivery(buyer.actor, { connectionId, destinationId: id }))
  return connectionId
}

test('a buyer sees its own line, and nothing of others or of the way that the lead came', async () => {
  first.now(says(500, '{}'))
  const buyer = await aBuyer()
  const connection_id = await aConnection(buyer, second.url)
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
      name: 'Our CRM',
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
