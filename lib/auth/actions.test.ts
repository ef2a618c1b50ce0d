import { encode } from 'next-auth/jwt'
import { beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { aBuyer, aSeller, type Someone, testDatabase } from '../../db/testing/index'
import { closeSession, startSession } from '../accounts/index'
import type { Actor } from '../actor'
import { env } from '../env'
import { ok } from '../result'
import {
  buyerAction,
  currentUser,
  requireSeller,
  sellerAction,
  switchAccount,
  userAction,
  visitor,
  visitorAction,
} from './index'

const request = vi.hoisted(() => ({ cookies: new Map<string, string>(), headers: new Headers() }))
vi.mock('next/headers', () => ({
  cookies: async () => ({ get: (name: string) => ({ value: request.cookies.get(name) }) }),
  headers: async () => request.headers,
}))

testDatabase()

beforeEach(() => {
  request.cookies.clear()
  request.headers = new Headers()
})

const Rename = z.object({ name: z.string().trim().min(1, 'Give a name.') })
const rename = async (actor: Actor, input: z.infer<typeof Rename>) => ok(`${actor.accountId} ${input.name}`)

async function signedIn(who: Someone): Promise<string> {
  const started = await startSession(who.user.id)
  if (!started.ok) throw new Error(started.error.message)
  const { id: sessionId } = started.value
  request.cookies.set('baton.session', await encode({ token: { sessionId }, secret: env().authSecret }))
  return sessionId
}

test('an action knows who is asking, hands over what was parsed, and answers with the value', async () => {
  const seller = await aSeller()
  await signedIn(seller)
  expect(await userAction(Rename, rename)({ name: ' New ' })).toEqual({ ok: true, value: `${seller.account.id} New` })
})

test('an action of someone signed out, or with a cookie that is not ours, is refused before anything else', async () => {
  const verb = vi.fn(rename)
  expect(await userAction(Rename, verb)({ name: 'x' })).toMatchObject({ ok: false, error: { kind: 'unauthenticated' } })
  const forged = await encode({ token: { sessionId: 'x' }, secret: 'another secret' })
  for (const cookie of [forged, 'nonsense', '']) {
    request.cookies.set('baton.session', cookie)
    expect(await userAction(Rename, verb)({ name: 'x' })).toMatchObject({ error: { kind: 'unauthenticated' } })
  }
  expect(verb).not.toHaveBeenCalled()
})

test('a session that was ended is signed out with its next action, though its cookie still holds', async () => {
  await closeSession(await signedIn(await aSeller()))
  expect(await userAction(Rename, rename)({ name: 'x' })).toMatchObject({ error: { kind: 'unauthenticated' } })
})

test('what is wrong with an input is named by its field', async () => {
  await signedIn(await aSeller())
  expect(await userAction(Rename, rename)({ name: ' ' })).toMatchObject({
    ok: false,
    error: { kind: 'invalid', issues: [{ path: 'name', message: 'Give a name.' }] },
  })
})

test('viewers change nothing, members configure, and what needs an admin needs one', async () => {
  await signedIn(await aSeller({ role: 'viewer' }))
  expect(await sellerAction(Rename, rename)({ name: 'x' })).toMatchObject({ error: { kind: 'forbidden' } })
  expect(await sellerAction(Rename, rename, { needs: 'viewer' })({ name: 'x' })).toMatchObject({ ok: true })
  await signedIn(await aSeller({ role: 'member' }))
  expect(await sellerAction(Rename, rename)({ name: 'x' })).toMatchObject({ ok: true })
  expect(await sellerAction(Rename, rename, { needs: 'admin' })({ name: 'x' })).toMatchObject({
    error: { kind: 'forbidden' },
  })
})

test('an account that came by invitation buys and does not sell', async () => {
  await signedIn(await aBuyer())
  expect(await buyerAction(Rename, rename)({ name: 'x' })).toMatchObject({ ok: true })
  expect(await sellerAction(Rename, rename)({ name: 'x' })).toMatchObject({ error: { kind: 'forbidden' } })
  await expect(requireSeller()).rejects.toMatchObject({ digest: expect.stringContaining('/buyer') })
})

test('a bug is answered in words and keeps its cause to itself', async () => {
  await signedIn(await aSeller())
  const fails = userAction(Rename, async () => {
    throw new Error('relation "secrets" does not exist')
  })
  const answer = await fails({ name: 'x' })
  expect(answer).toMatchObject({ ok: false, error: { kind: 'unavailable' } })
  expect(JSON.stringify(answer)).not.toContain('relation')
})

test('a visitor who wants to see a page goes to sign in and comes back to it', async () => {
  request.headers = new Headers({ 'x-baton-path': '/seller/flows?q=a&b' })
  await expect(requireSeller()).rejects.toMatchObject({
    digest: expect.stringContaining('/sign-in?next=%2Fseller%2Fflows%3Fq%3Da%26b'),
  })
})

test('the address of a visitor is the one our own proxy saw, not what they claim', async () => {
  request.headers = new Headers({
    'x-forwarded-for': '127.0.0.1, 203.0.113.7',
    'user-agent': 'A browser',
    host: 'baton.test',
  })
  expect(await visitor()).toEqual({ ip: '203.0.113.7', userAgent: 'A browser', host: 'baton.test' })
  const who = visitorAction(Rename, async ({ ip }: { ip: string }) => ok(ip))
  expect(await who({ name: 'x' })).toEqual({ ok: true, value: '203.0.113.7' })
})

test('a browser moves between the accounts of its person only', async () => {
  const mine = await aSeller()
  const foreign = await aSeller()
  await signedIn(mine)
  expect(await switchAccount({ accountId: foreign.account.id })).toMatchObject({
    ok: false,
    error: { kind: 'not-found' },
  })
  expect((await currentUser())?.actor.accountId).toBe(mine.account.id)
})
