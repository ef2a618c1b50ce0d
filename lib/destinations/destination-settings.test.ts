import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '../../db/client'
import { auditEntries, destinations, secrets } from '../../db/schema/index'
import { aBuyer, must, refusal, testDatabase } from '../../db/testing/index'
import { checkPassword, signUp } from '../accounts/index'
import type { Actor } from '../actor'
import type { Result } from '../result'
import { revealSecret } from '../secrets/index'
import {
  acknowledgeTest,
  createDestination,
  deleteDestination,
  disableDestination,
  getDestination,
  goLive,
  listDestinations,
  listIntegrations,
  testDestination,
  updateDestination,
} from './index'
import { aBuyerSystem, aLiveDestination, token, webhook } from './testing'

testDatabase()

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

test('the password of a SOAP message is kept sealed, and gone with the format that needed it', async () => {
  const { actor } = await aBuyer()
  const made = must(await createDestination(actor, webhook((await aBuyerSystem()).url)))
  const security = { username: 'baton', password: 'soap-password-7788' }
  const soap = { format: 'soap12' as const, mappings: { Id: '{{event_id}}' }, soap: { operation: 'Add', security } }
  const changed = must(await updateDestination(actor, { id: made.id, config: { request: soap } }))
  expect(changed.config.request.soap?.security?.password).toEqual({ secret: expect.stringMatching(/^sec_/) })
  expect(JSON.stringify(await db().select().from(destinations))).not.toContain(security.password)
  must(await updateDestination(actor, { id: made.id, config: { request: made.config.request } }))
  expect(await db().select().from(secrets).where(eq(secrets.accountId, actor.accountId))).toHaveLength(1)
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
  const [secret = ''] = Object.keys(must(await getDestination(actor, id)).secrets)
  const reveal = (who: Actor, given: string) => revealSecret(who, { secret }, given, checkPassword)
  expect(refusal(await reveal(actor, 'wrong')).kind).toBe('forbidden')
  expect(must(await reveal(actor, password))).toBe(token)
  const stranger = await aBuyer()
  expect(refusal(await reveal(stranger.actor, password)).kind).toBe('not-found')
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
  expect(listIntegrations().map(({ id }) => id)).toEqual(['webhook', 'email', 'sandbox'])
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
