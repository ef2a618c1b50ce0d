import { eq } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { db } from '../../db/client'
import { apiKeys, members } from '../../db/schema/accounts'
import { aBuyer, aSeller, testDatabase } from '../../db/testing/index'
import type { Actor } from '../actor'
import { listAudit } from '../audit/index'
import { actorOfApiKey, createApiKey, listApiKeys, revokeApiKey } from './index'

testDatabase()

async function aKey(actor: Actor) {
  const made = await createApiKey(actor, { name: 'Nightly import' })
  if (!made.ok) throw new Error(made.error.message)
  return made.value
}

test('a key acts as the person who made it, is shown once, and only its hash is kept', async () => {
  const { actor } = await aSeller()
  const made = await aKey(actor)
  expect(made.key).toMatch(/^bat_[A-Za-z0-9_-]{43}$/)
  expect(await actorOfApiKey(made.key)).toMatchObject({
    accountId: actor.accountId,
    userId: actor.userId,
    role: 'owner',
    via: 'api-key',
  })
  expect(JSON.stringify(await listApiKeys(actor))).not.toContain(made.key)
  const [row] = await db().select().from(apiKeys).where(eq(apiKeys.id, made.id))
  expect(JSON.stringify(row)).not.toContain(made.key)
  expect(row?.hash).toHaveLength(32)
})

test('a key that was used says when', async () => {
  const { actor } = await aSeller()
  const made = await aKey(actor)
  expect((await listApiKeys(actor))[0]?.lastUsedAt).toBeUndefined()
  await actorOfApiKey(made.key)
  await vi.waitFor(async () => expect((await listApiKeys(actor))[0]?.lastUsedAt).toBeInstanceOf(Date))
})

test('a revoked key opens nothing', async () => {
  const { actor } = await aSeller()
  const made = await aKey(actor)
  await actorOfApiKey(made.key)
  expect(await revokeApiKey(actor, { id: made.id })).toMatchObject({ ok: true })
  expect(await actorOfApiKey(made.key)).toBeUndefined()
  expect(await listApiKeys(actor)).toEqual([])
  const actions = (await listAudit(actor)).entries.map(({ action }) => action)
  expect(actions).toEqual(['api-key.revoke', 'api-key.create'])
})

test('a key of someone who left the account opens nothing', async () => {
  const { actor, user } = await aSeller()
  const made = await aKey(actor)
  await db().delete(members).where(eq(members.userId, user.id))
  expect(await actorOfApiKey(made.key)).toBeUndefined()
})

test('nobody sees or revokes the keys of another account', async () => {
  const mine = await aSeller()
  const theirs = await aBuyer()
  const made = await aKey(theirs.actor)
  expect(await listApiKeys(mine.actor)).toEqual([])
  expect(await revokeApiKey(mine.actor, { id: made.id })).toMatchObject({ ok: false, error: { kind: 'not-found' } })
  expect(await actorOfApiKey(made.key)).toBeDefined()
})

test('members without the role can make no key', async () => {
  for (const role of ['member', 'viewer'] as const) {
    const { actor } = await aSeller({ role })
    expect(await createApiKey(actor, { name: 'Mine' })).toMatchObject({ ok: false, error: { kind: 'forbidden' } })
  }
})

test.each(['', 'bat_', `bat_${'x'.repeat(43)}`, "bat_' or true --"])('no key: %j', async (key) => {
  expect(await actorOfApiKey(key)).toBeUndefined()
})
