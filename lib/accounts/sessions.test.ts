import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '../../db/client'
import { members, sessions } from '../../db/schema/accounts'
import { aBuyer, aSeller, aUser, testDatabase } from '../../db/testing/index'
import { dayMs, hourMs } from '../time'
import { closeSession, endSession, listSessions, startSession, switchSessionAccount, touchSession } from './index'

testDatabase()

async function aSession(userId: string): Promise<string> {
  const started = await startSession(userId, { visitor: { ip: '203.0.113.1', userAgent: 'A browser' } })
  if (!started.ok) throw new Error(started.error.message)
  return started.value.id
}

test('a session stands for its person in their account until they sign out, and not once after', async () => {
  const { actor } = await aSeller()
  const id = await aSession(actor.userId ?? '')
  expect(await touchSession(id)).toMatchObject({ accountId: actor.accountId, userId: actor.userId, via: 'session' })
  await closeSession(id)
  expect(await touchSession(id)).toBeUndefined()
})

test('a session ends when nobody used it for three days, and after thirty days whatever happens', async () => {
  const { user } = await aSeller()
  const idle = await aSession(user.id)
  await db()
    .update(sessions)
    .set({ lastSeenAt: new Date(Date.now() - 73 * hourMs) })
    .where(eq(sessions.id, idle))
  expect(await touchSession(idle)).toBeUndefined()

  const old = await aSession(user.id)
  const [row] = await db().select().from(sessions).where(eq(sessions.id, old))
  expect((row?.expiresAt.getTime() ?? 0) - Date.now()).toBeLessThanOrEqual(30 * dayMs)
  await db()
    .update(sessions)
    .set({ expiresAt: new Date(Date.now() - 1) })
    .where(eq(sessions.id, old))
  expect(await touchSession(old)).toBeUndefined()
})

test('using a session keeps it alive', async () => {
  const { user } = await aSeller()
  const id = await aSession(user.id)
  await db()
    .update(sessions)
    .set({ lastSeenAt: new Date(Date.now() - 2 * dayMs) })
    .where(eq(sessions.id, id))
  expect(await touchSession(id)).toBeDefined()
  const [row] = await db().select().from(sessions).where(eq(sessions.id, id))
  expect(Date.now() - (row?.lastSeenAt.getTime() ?? 0)).toBeLessThan(hourMs)
})

test('someone who is taken out of an account is out with their next request', async () => {
  const { user } = await aSeller()
  const id = await aSession(user.id)
  await db().delete(members).where(eq(members.userId, user.id))
  expect(await touchSession(id)).toBeUndefined()
  expect(await startSession(user.id)).toMatchObject({ ok: false, error: { kind: 'forbidden' } })
})

test('people end their own sessions, admins those in their account, and nobody those of strangers', async () => {
  const owner = await aSeller()
  const colleague = await aUser()
  await db().insert(members).values({ accountId: owner.account.id, userId: colleague.id, role: 'member' })
  const stranger = await aBuyer()
  const [ownersId, colleaguesId, strangersId] = [
    await aSession(owner.user.id),
    await aSession(colleague.id),
    await aSession(stranger.user.id),
  ]
  const asColleague = { ...owner.actor, role: 'member', userId: colleague.id } as const

  expect((await listSessions(asColleague)).map(({ id }) => id)).toEqual([colleaguesId])
  expect((await listSessions(owner.actor)).map(({ id }) => id).sort()).toEqual([ownersId, colleaguesId].sort())
  expect(await endSession(asColleague, { sessionId: ownersId })).toMatchObject({
    ok: false,
    error: { kind: 'not-found' },
  })
  expect(await endSession(owner.actor, { sessionId: strangersId })).toMatchObject({
    ok: false,
    error: { kind: 'not-found' },
  })
  expect(await endSession(owner.actor, { sessionId: colleaguesId })).toMatchObject({ ok: true })
  expect(await touchSession(colleaguesId)).toBeUndefined()
  expect(await touchSession(ownersId)).toBeDefined()
  expect(await touchSession(strangersId)).toBeDefined()
})

test('a session moves between the accounts of its person, and to no other', async () => {
  const mine = await aSeller()
  const other = await aBuyer()
  const foreign = await aBuyer()
  await db().insert(members).values({ accountId: other.account.id, userId: mine.user.id, role: 'admin' })
  const id = await aSession(mine.user.id)
  expect(await switchSessionAccount(id, { accountId: other.account.id })).toMatchObject({ ok: true })
  expect(await touchSession(id)).toMatchObject({ accountId: other.account.id, role: 'admin', plan: 'partner' })
  expect(await switchSessionAccount(id, { accountId: foreign.account.id })).toMatchObject({
    ok: false,
    error: { kind: 'not-found' },
  })
  const next = await startSession(mine.user.id)
  expect(next).toMatchObject({ ok: true, value: { accountId: other.account.id } })
})

test('what is no session id is no session', async () => {
  expect(await touchSession("' or true --")).toBeUndefined()
  expect(await switchSessionAccount('', { accountId: (await aSeller()).account.id })).toMatchObject({ ok: false })
})
