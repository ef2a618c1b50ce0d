import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '../../db/client'
import { auditEntries, destinations, outboxMails, secrets } from '../../db/schema/index'
import { aBuyer, aSeller, testDatabase } from '../../db/testing/index'
import { signUp } from '../accounts/index'
import type { Actor } from '../actor'
import {
  acceptInvitation,
  createInvitation,
  getConnection,
  listConnections,
  listInvitations,
  setDelivery,
} from '../connections/index'
import type { InvitationInput } from '../connections/schema'
import { createFlow, getFlow, listVersions, loadFlow, publishFlow, saveDraft, setStepActive } from '../flows/index'
import { uuidv7 } from '../ids'
import type { Result } from '../result'
import {
  acknowledgeTest,
  createDestination,
  deleteDestination,
  disableDestination,
  enableDestination,
  getDestination,
  goLive,
  listDestinations,
  listIntegrations,
  revealCredential,
  testDestination,
  updateDestination,
} from './index'
import { aBuyerSystem, aLiveDestination, must, refusal, token, webhook } from './testing'

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
    await listInvitations(seller.actor),
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

test('a credential is kept sealed, shown by its last four and gone when it is replaced', async () => {
  const { actor } = await aBuyer()
  const system = await aBuyerSystem()
  const made = must(await createDestination(actor, webhook(system.url)))
  const auth = { type: 'bearer' as const, token: 'another-token-1234' }
  const changed = must(
    await updateDestination(actor, { id: made.id, config: { endpoint: { ...made.config.endpoint, auth } } }),
  )
  expect(made.credential).toMatchObject({ type: 'bearer', lastFour: token.slice(-4) })
  expect(changed.credential).toMatchObject({ type: 'bearer', lastFour: '1234' })
  expect(await db().select().from(secrets).where(eq(secrets.accountId, actor.accountId))).toHaveLength(1)
  const kept = await Promise.all([
    db().select().from(destinations),
    db().select().from(auditEntries),
    db().select().from(secrets),
  ])
  for (const secret of [token, 'another-token-1234'])
    expect(JSON.stringify([made, changed, kept])).not.toContain(secret)
  const same = must(
    await updateDestination(actor, {
      id: made.id,
      description: 'Renamed',
      config: { endpoint: changed.config.endpoint },
    }),
  )
  expect(same.credential?.lastFour).toBe('1234')
})

test('its owner may see a credential after giving the password again', async () => {
  const password = 'correct horse battery'
  const { account, user } = must(
    await signUp({ company: 'Acme', name: 'Ann', email: 'ann@acme.example', password }, { plan: 'partner' }),
  )
  const actor: Actor = {
    accountId: account.id,
    accountName: account.name,
    plan: 'partner',
    role: 'owner',
    userId: user.id,
    via: 'session',
  }
  const { id } = must(await createDestination(actor, webhook((await aBuyerSystem()).url)))
  expect(refusal(await revealCredential(actor, { id, password: 'wrong' })).kind).toBe('forbidden')
  expect(must(await revealCredential(actor, { id, password }))).toEqual({ credential: token })
  const stranger = await aBuyer()
  expect(refusal(await revealCredential(stranger.actor, { id, password })).kind).toBe('not-found')
})

test('a live destination keeps its configuration when a test lead does not get through with a new one', async () => {
  const { actor } = await aBuyer()
  const [system, broken] = [await aBuyerSystem(), await aBuyerSystem({ status: 500, body: {} })]
  const { id, config } = await aLiveDestination(actor, system.url)
  const to = (url: string) => updateDestination(actor, { id, config: { endpoint: { ...config.endpoint, url } } })
  const refused = refusal(await to(broken.url))
  expect(refused.kind).toBe('invalid')
  expect(refused.issues?.[0]?.message).toMatch(/^Success code/)
  expect(must(await getDestination(actor, id))).toMatchObject({ status: 'live', url: system.url })
  const better = await aBuyerSystem()
  expect(must(await to(better.url))).toMatchObject({ status: 'live', url: better.url })
  expect(better.received).toHaveLength(1)
  expect(better.received[0]?.headers.authorization).toBe(`Bearer ${token}`)
})

test('changing what is not live takes a new test and a new acknowledgement; renaming does not', async () => {
  const { actor } = await aBuyer()
  const system = await aBuyerSystem()
  const { id } = must(await createDestination(actor, webhook(system.url)))
  must(await testDestination(actor, { id }))
  must(await acknowledgeTest(actor, { id }))
  expect(must(await updateDestination(actor, { id, name: 'CRM' }))).toMatchObject({
    status: 'tested',
    acknowledged: true,
    testPassed: true,
  })
  const mappings = { mail: '{{lead.email}}' }
  const changed = must(await updateDestination(actor, { id, config: { request: { mappings } } }))
  expect(changed).toMatchObject({ status: 'draft', acknowledged: false, lastTest: null })
  expect(refusal(await goLive(actor, { id })).kind).toBe('conflict')
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

test('names are unique among the destinations that are there', async () => {
  const [{ actor }, other] = [await aBuyer(), await aBuyer()]
  const { url } = await aBuyerSystem()
  const { id } = must(await createDestination(actor, webhook(url)))
  expect(refusal(await createDestination(actor, webhook(url)))).toMatchObject({
    kind: 'conflict',
    issues: [{ path: 'name' }],
  })
  must(await createDestination(other.actor, webhook(url)))
  const second = must(await createDestination(actor, webhook(url, { name: 'Second' })))
  expect(refusal(await updateDestination(actor, { id: second.id, name: 'Our CRM' })).kind).toBe('conflict')
  must(await deleteDestination(actor, { id }))
  expect(refusal(await getDestination(actor, id)).kind).toBe('not-found')
  must(await createDestination(actor, webhook(url)))
  expect((await listDestinations(actor)).map(({ name }) => name)).toEqual(['Our CRM', 'Second'])
})

test('plain http needs a confirmation and stays flagged; an address inside the network is refused', async () => {
  const { actor } = await aBuyer()
  const { url } = await aBuyerSystem()
  const refused = refusal(await createDestination(actor, webhook(url, { insecureConfirmed: false })))
  expect(refused.issues).toMatchObject([{ path: 'insecureConfirmed' }])
  expect(must(await createDestination(actor, webhook(url)))).toMatchObject({ insecure: true, insecureConfirmed: true })
  expect(
    must(await createDestination(actor, webhook('https://crm.example/in', { name: 'Safe', insecureConfirmed: false })))
      .insecure,
  ).toBe(false)
  const inside = refusal(await createDestination(actor, webhook('https://10.0.0.7/in', { name: 'Inside' })))
  expect(inside.issues).toMatchObject([{ path: 'config.endpoint.url' }])
})

test('the sandbox makes its own address, needs no confirmation and says how it answers', async () => {
  const { actor } = await aBuyer()
  const made = must(
    await createDestination(actor, {
      name: 'Sandbox',
      integration: 'sandbox',
      settings: { mode: 'price', price: 12.5 },
    }),
  )
  expect(made).toMatchObject({
    url: 'http://localhost:3000/sandbox/price?price=12.5',
    insecure: false,
    settings: { mode: 'price', price: 12.5 },
    credential: null,
  })
  const changed = must(
    await updateDestination(actor, { id: made.id, settings: { mode: 'reject', reason: 'Not today' } }),
  )
  expect(changed.url).toBe('http://localhost:3000/sandbox/reject?reason=Not+today')
  expect(listIntegrations().map(({ id }) => id)).toEqual(['webhook', 'sandbox'])
})

test("someone else's destination is not found", async () => {
  const [mine, { actor }] = [await aBuyer(), await aBuyer()]
  const { id } = must(await createDestination(mine.actor, webhook((await aBuyerSystem()).url)))
  const asks: ((id: string) => Promise<Result<unknown>>)[] = [
    (ask) => getDestination(actor, ask),
    (ask) => updateDestination(actor, { id: ask, name: 'Mine' }),
    (ask) => deleteDestination(actor, { id: ask }),
    (ask) => testDestination(actor, { id: ask }),
    (ask) => acknowledgeTest(actor, { id: ask }),
    (ask) => goLive(actor, { id: ask }),
    (ask) => disableDestination(actor, { id: ask }),
  ]
  for (const ask of asks) {
    expect(refusal(await ask(id)).kind).toBe('not-found')
    expect(refusal(await ask('no-id-at-all'))).toEqual(refusal(await ask(id)))
  }
})
