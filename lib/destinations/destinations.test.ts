import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '../../db/client'
import { auditEntries, outboxMails } from '../../db/schema/index'
import { aBuyer, aSeller, must, refusal, testDatabase } from '../../db/testing/index'
import type { Actor } from '../actor'
import {
  acceptInvitation,
  createInvitation,
  getConnection,
  listConnections,
  pageInvitations,
  setDelivery,
} from '../connections/index'
import type { InvitationInput } from '../connections/schema'
import { createFlow, getFlow, listVersions, loadFlow, publishFlow, saveDraft, setStepActive } from '../flows/index'
import { uuidv7 } from '../ids'
import {
  acknowledgeTest,
  createDestination,
  deleteDestination,
  disableDestination,
  enableDestination,
  getDestination,
  goLive,
  listDestinations,
  testDestination,
  updateDestination,
} from './index'
import { aBuyerSystem, aLiveDestination, token, webhook } from './testing'

testDatabase()

const failedIn = (checks: { name: string; passed: boolean }[]) =>
  checks.filter((check) => !check.passed).map((check) => check.name)

async function connect(seller: Actor, buyer: Actor, given: Partial<InvitationInput> = {}): Promise<string> {
  must(await createInvitation(seller, { email: buyer.userEmail, ...given }))
  const mails = await db()
    .select()
    .from(outboxMails)
    .where(eq(outboxMails.to, buyer.userEmail ?? ''))
    .orderBy(outboxMails.id)
  const link = /\/invite\/([\w-]+)/.exec(mails.at(-1)?.text ?? '')?.[1]
  return must(await acceptInvitation(buyer, { token: link })).connectionId
}

test("a destination can't go live before a test lead arrived and was acknowledged", async () => {
  const { actor } = await aBuyer()
  const system = await aBuyerSystem()
  const { id, status } = must(await createDestination(actor, webhook(system.url)))
  expect(status).toBe('draft')
  expect(refusal(await goLive(actor, { id })).message).toMatch(/test lead/)
  expect(refusal(await acknowledgeTest(actor, { id })).kind).toBe('conflict')

  system.reply = { status: 200, body: { status: 'declined', rejection_reason: 'Unknown campaign' } }
  const failed = must(await testDestination(actor, { id }))
  expect(failed.passed).toBe(false)
  expect(failed.checks.find((check) => !check.passed)?.message).toContain('Unknown campaign')
  expect(refusal(await acknowledgeTest(actor, { id })).kind).toBe('conflict')
  expect(refusal(await goLive(actor, { id })).kind).toBe('conflict')

  system.reply = { status: 200, body: { status: 'accepted' } }
  expect(must(await testDestination(actor, { id })).passed).toBe(true)
  expect(refusal(await goLive(actor, { id })).message).toMatch(/tick/)
  must(await acknowledgeTest(actor, { id }))
  expect(must(await goLive(actor, { id })).status).toBe('live')
})

test('a test lead is the well-known one, marked as a test, with the credential the system expects', async () => {
  const { actor } = await aBuyer()
  const system = await aBuyerSystem()
  const { id } = must(await createDestination(actor, webhook(system.url)))
  const result = must(await testDestination(actor, { id }))
  expect(result.checks.map((check) => check.name)).toEqual([
    'Reached',
    'Answered in time',
    'Success code',
    'Answer understood',
  ])
  const [received] = system.received
  expect(received?.body).toMatchObject({ mail_of_person: 'test@example.com', test: true })
  expect(String(received?.body['tel'])).toContain('5555551234')
  expect(String(received?.body['id'])).toMatch(/^TEST_/)
  expect(received?.headers).toMatchObject({
    authorization: `Bearer ${token}`,
    'x-test-mode': 'true',
    'x-baton-lead-id': 'TEST_123',
    'x-partner-code': 'partner-code-4711',
  })
  expect(JSON.stringify(result)).not.toContain(token)
})

test('a test says in words what went wrong', async () => {
  const { actor } = await aBuyer()
  const system = await aBuyerSystem({ status: 401, body: { error: 'no' } })
  const { id } = must(await createDestination(actor, webhook(system.url)))
  const refused = must(await testDestination(actor, { id }))
  expect(failedIn(refused.checks)).toEqual(['Success code', 'Answer understood'])
  expect(refused.checks.find((check) => check.name === 'Success code')?.message).toMatch(/Authentication Failed/)
  const nowhere = must(await createDestination(actor, webhook('http://127.0.0.1:9/', { name: 'Nowhere' })))
  const unreached = must(await testDestination(actor, { id: nowhere.id }))
  expect(failedIn(unreached.checks)).toEqual(['Reached'])
  expect(unreached.response).toBeUndefined()
})

test('a required field that nothing maps fails the test', async () => {
  const { actor } = await aBuyer()
  const system = await aBuyerSystem()
  const given = webhook(system.url)
  const { id } = must(
    await createDestination(actor, {
      ...given,
      config: { ...given.config, required_fields: ['email', 'tel', 'state'] },
    }),
  )
  const result = must(await testDestination(actor, { id }))
  expect(result.checks.at(-1)).toMatchObject({ name: 'Required fields mapped', passed: false })
  expect(result.checks.at(-1)?.message).toContain('state')
})

test('a test through a connection carries only what its seller shares', async () => {
  const [seller, buyer] = [await aSeller(), await aBuyer()]
  const system = await aBuyerSystem()
  const { id } = must(await createDestination(buyer.actor, webhook(system.url)))
  const connectionId = await connect(seller.actor, buyer.actor, { shared_fields: ['email'] })
  must(await testDestination(buyer.actor, { id, connectionId }))
  expect(system.received[0]?.body).toHaveProperty('mail_of_person')
  expect(system.received[0]?.body).not.toHaveProperty('tel')
  expect(refusal(await testDestination(buyer.actor, { id, connectionId: uuidv7() })).kind).toBe('not-found')
})

test('going live completes the connection: the seller is mailed and may enable its step', async () => {
  const [seller, buyer] = [await aSeller(), await aBuyer()]
  const { id: flowId } = must(await createFlow(seller.actor, { name: 'Insurance' }))
  const step = {
    id: 'partner',
    type: 'buyer',
    name: 'Partner',
    connection: { method: 'invite', shared_fields: ['email', 'phone_1'] },
  }
  must(
    await saveDraft(seller.actor, {
      flowId,
      document: {
        fields: [
          { name: 'email', type: 'email' },
          { name: 'phone_1', type: 'phone' },
        ],
        steps: [step],
      },
    }),
  )
  const connectionId = await connect(seller.actor, buyer.actor, { flow_id: flowId, step_id: 'partner' })
  must(await publishFlow(seller.actor, { flowId }))
  const system = await aBuyerSystem()
  const { id } = must(await createDestination(buyer.actor, webhook(system.url)))
  must(await setDelivery(buyer.actor, { connectionId, destinationId: id }))
  const setup = async () => must(await getConnection(seller.actor, connectionId)).setup
  expect(await setup()).toBe('setting_up')
  must(await testDestination(buyer.actor, { id }))
  expect(await setup()).toBe('testing')
  must(await acknowledgeTest(buyer.actor, { id }))
  const versionBefore = (await loadFlow(flowId))?.configVersion ?? 0
  must(await goLive(buyer.actor, { id }))
  expect(await setup()).toBe('ready')
  expect((await loadFlow(flowId))?.configVersion).toBeGreaterThan(versionBefore)
  must(await setStepActive(seller.actor, { flowId, stepId: 'partner', active: true }))
  const mails = await db().select().from(outboxMails).where(eq(outboxMails.kind, 'setup_finished'))
  expect(mails.filter((mail) => mail.to === seller.user.email)).toHaveLength(1)

  must(await disableDestination(buyer.actor, { id }))
  expect((await loadFlow(flowId))?.targets['partner']?.blocked).toBe('Destination is disabled')
  must(await enableDestination(buyer.actor, { id }))
  expect((await loadFlow(flowId))?.targets['partner']?.blocked).toBeUndefined()
  expect(refusal(await deleteDestination(buyer.actor, { id })).message).toContain(seller.account.name)
})

test("a seller never sees a buyer's credentials, address or headers, nor the other way round", async () => {
  const [seller, buyer] = [await aSeller(), await aBuyer()]
  const { id: flowId } = must(await createFlow(seller.actor, { name: 'Insurance' }))
  const step = {
    id: 'partner',
    type: 'buyer',
    name: 'Partner',
    connection: { method: 'invite', shared_fields: ['email'] },
  }
  must(
    await saveDraft(seller.actor, { flowId, document: { fields: [{ name: 'email', type: 'email' }], steps: [step] } }),
  )
  const connectionId = await connect(seller.actor, buyer.actor, { flow_id: flowId, step_id: 'partner' })
  const system = await aBuyerSystem()
  const { id } = await aLiveDestination(buyer.actor, system.url, { name: 'Secret CRM' })
  must(await setDelivery(buyer.actor, { connectionId, destinationId: id }))
  must(await publishFlow(seller.actor, { flowId }))
  const seen = JSON.stringify([
    must(await getConnection(seller.actor, connectionId)),
    await listConnections(seller.actor),
    await pageInvitations(seller.actor),
    must(await getFlow(seller.actor, flowId)),
    must(await listVersions(seller.actor, flowId)),
    await listDestinations(seller.actor),
    await db().select().from(auditEntries).where(eq(auditEntries.accountId, seller.account.id)),
    await db().select().from(outboxMails).where(eq(outboxMails.to, seller.user.email)),
  ])
  for (const secret of [
    token,
    token.slice(-4),
    new URL(system.url).host,
    'campaign=77',
    'partner-code-4711',
    'mail_of_person',
    'Secret CRM',
    id,
  ]) {
    expect(seen).not.toContain(secret)
  }
  expect(refusal(await getDestination(seller.actor, id)).kind).toBe('not-found')
})

test('a seller may keep parts of the configuration from being changed once it is connected', async () => {
  const [seller, buyer] = [await aSeller({ name: 'Golden Leads' }), await aBuyer()]
  const system = await aBuyerSystem()
  const { id, config } = await aLiveDestination(buyer.actor, system.url)
  const connectionId = await connect(seller.actor, buyer.actor, {
    permissions: { endpoint_url: true, authentication: true, field_mappings: false, test_mode: false },
  })
  expect(must(await getConnection(buyer.actor, connectionId)).setup).toBe('ready')
  const refused = refusal(
    await updateDestination(buyer.actor, { id, config: { request: { mappings: { mail: '{{lead.email}}' } } } }),
  )
  expect(refused).toMatchObject({ kind: 'forbidden', message: expect.stringContaining('Golden Leads') })
  expect(refusal(await testDestination(buyer.actor, { id, connectionId })).kind).toBe('forbidden')
  must(await updateDestination(buyer.actor, { id, config: { endpoint: { ...config.endpoint, headers: {} } } }))
})
