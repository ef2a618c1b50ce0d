import { randomBytes } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '../../db/client'
import { accountKeys, accounts, secrets } from '../../db/schema/index'
import { aBuyer, aSeller, testDatabase } from '../../db/testing'
import { listAudit } from '../audit'
import { Auth, type SecretRef } from '../engine'
import { env } from '../env'
import { uuidv7 } from '../ids'
import {
  accountCipher,
  deleteSecret,
  describeSecrets,
  openSecret,
  openText,
  replaceSecret,
  revealSecret,
  rewrapKeys,
  sealSecrets,
  sealText,
  secretRefsIn,
  storeSecret,
} from './index'
import { idOfRef } from './secret-refs'

testDatabase()

const place = { table: 'leads', column: 'fields', row: 'lead-1' }
const refIn = (auth: Auth): SecretRef => {
  const [ref] = secretRefsIn(Auth, auth)
  if (!ref) throw new Error('not sealed')
  return ref
}
const sealed = async (accountId: string, auth: Auth, previous?: Auth) => {
  const result = await sealSecrets(db(), accountId, Auth, auth, previous)
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

test('a credential is stored sealed, shown by its last four characters, and opens for its account only', async () => {
  const [seller, buyer] = [await aSeller(), await aBuyer()]
  const ref = await storeSecret(db(), buyer.account.id, 'Token', 'tok_live_abcdef1234')
  expect(ref.secret).toMatch(/^sec_[0-9a-f]{32}$/)
  expect(await openSecret(buyer.account.id, ref)).toBe('tok_live_abcdef1234')
  await expect(openSecret(seller.account.id, ref)).rejects.toThrow('no longer there')
  expect(await describeSecrets(buyer.account.id, [ref, { secret: 'sec_x' }])).toEqual({
    [ref.secret]: { lastFour: '1234', updatedAt: expect.any(Date) },
  })
  expect(await describeSecrets(seller.account.id, [ref])).toEqual({})
  const rows = await db().execute(sql`select (s.*)::text as text from secrets s`)
  expect(JSON.stringify(rows)).not.toContain('tok_live')
})

test('a row that is copied to another account does not open there', async () => {
  const [one, other] = [await aBuyer(), await aBuyer()]
  const ref = await storeSecret(db(), one.account.id, 'Token', 'tok_live_abcdef1234')
  await openSecret(other.account.id, await storeSecret(db(), other.account.id, 'Token', 'another-token'))
  await db()
    .update(secrets)
    .set({ accountId: other.account.id })
    .where(eq(secrets.id, idOfRef(ref) ?? ''))
  await expect(openSecret(other.account.id, ref)).rejects.toThrow()
})

test('many that seal at once for a new account agree on one key', async () => {
  const { account } = await aSeller()
  const cipher = await accountCipher(account.id)
  const other = await aSeller()
  const texts = await Promise.all(
    Array.from({ length: 20 }, (_, number) => sealText(other.account.id, place, `text ${number}`)),
  )
  const opened = await Promise.all(texts.map((text) => openText(other.account.id, place, text)))
  expect(opened).toEqual(texts.map((_, number) => `text ${number}`))
  expect(() => cipher.open(place, texts[0] ?? '')).toThrow()
  expect(cipher.open(place, cipher.seal(place, '123-45-6789'))).toBe('123-45-6789')
  expect(await db().select().from(accountKeys).where(eq(accountKeys.accountId, other.account.id))).toHaveLength(1)
})

test('a key that was made in a transaction that failed is not used afterwards', async () => {
  const id = uuidv7()
  const account = { id, name: 'New', plan: 'partner' as const }
  const failing = db().transaction(async (tx) => {
    await tx.insert(accounts).values(account)
    await storeSecret(tx, id, 'Token', 'tok_live_abcdef1234')
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  await db().insert(accounts).values(account)
  const ref = await storeSecret(db(), id, 'Token', 'second-token')
  expect(await openSecret(id, ref)).toBe('second-token')
})

test('a replaced credential opens as the new one, a deleted one not at all', async () => {
  const { account } = await aBuyer()
  const stranger = await aBuyer()
  const ref = await storeSecret(db(), account.id, 'Token', 'first-token')
  expect(await openSecret(account.id, ref)).toBe('first-token')
  expect(await replaceSecret(db(), stranger.account.id, ref, 'stolen')).toMatchObject({
    ok: false,
    error: { kind: 'not-found' },
  })
  expect((await replaceSecret(db(), account.id, ref, 'second-token')).ok).toBe(true)
  expect(await openSecret(account.id, ref)).toBe('second-token')
  await deleteSecret(db(), stranger.account.id, ref)
  expect(await openSecret(account.id, ref)).toBe('second-token')
  await deleteSecret(db(), account.id, ref)
  await expect(openSecret(account.id, ref)).rejects.toThrow('no longer there')
})

test('the secret of a connection is taken out of it, and kept when it comes back as a reference', async () => {
  const [buyer, stranger] = [await aBuyer(), await aBuyer()]
  const accountId = buyer.account.id
  const first = await sealed(accountId, { type: 'bearer', token: ' tok_live_abcdef1234\n' })
  expect(JSON.stringify(first)).not.toContain('tok_live')
  expect(await openSecret(accountId, refIn(first))).toBe('tok_live_abcdef1234')
  expect(await sealed(accountId, first, first)).toEqual(first)
  expect(await sealed(accountId, { type: 'api_key', header: 'X-Key', key: refIn(first) })).toMatchObject({
    key: refIn(first),
  })
  const basic = await sealed(accountId, { type: 'basic', username: 'sk_1', password: '' })
  expect(await openSecret(accountId, refIn(basic))).toBe('')
  expect(await sealed(accountId, { type: 'none' })).toEqual({ type: 'none' })
  const stolen = await sealSecrets(db(), stranger.account.id, Auth, first)
  expect(stolen).toMatchObject({ ok: false, error: { kind: 'invalid', issues: [{ path: 'token' }] } })
  expect(await sealSecrets(db(), accountId, Auth, { type: 'api_key', header: 'X-Key', key: '  ' })).toMatchObject({
    ok: false,
    error: { issues: [{ path: 'key' }] },
  })
})

test('an admin sees a credential again for the password, and it is on record', async () => {
  const [buyer, stranger] = [await aBuyer(), await aBuyer()]
  const ref = await storeSecret(db(), buyer.account.id, 'Token', 'tok_live_abcdef1234')
  const check = async (userId: string, password: string) => userId === buyer.user.id && password === 'right'
  const reveal = (actor = buyer.actor, password = 'right') => revealSecret(actor, ref, password, check)
  expect(await reveal(buyer.actor, 'wrong')).toMatchObject({ ok: false, error: { kind: 'forbidden' } })
  expect(await reveal(stranger.actor)).toMatchObject({ ok: false, error: { kind: 'not-found' } })
  expect(await reveal({ ...buyer.actor, via: 'api-key' })).toMatchObject({ ok: false, error: { kind: 'forbidden' } })
  expect(await reveal({ ...buyer.actor, role: 'member' })).toMatchObject({ ok: false, error: { kind: 'forbidden' } })
  expect((await listAudit(buyer.actor)).entries).toEqual([])
  expect(await reveal()).toEqual({ ok: true, value: 'tok_live_abcdef1234' })
  const { entries } = await listAudit(buyer.actor)
  expect(entries).toMatchObject([{ action: 'secret.reveal', after: { name: 'Token' } }])
  expect(JSON.stringify(entries)).not.toContain('1234')
})

test('the key of the installation is changed while everything goes on', async () => {
  const { account } = await aBuyer()
  const ref = await storeSecret(db(), account.id, 'Token', 'tok_live_abcdef1234')
  const rowsBefore = await db().select().from(secrets)
  const old = env().keys
  const ring = `k2:${randomBytes(32).toString('base64url')}`
  Object.defineProperty(env(), 'keys', { value: `${ring},${old}`, configurable: true })
  expect(await openSecret(account.id, ref)).toBe('tok_live_abcdef1234')
  const { rewrapped, left } = await rewrapKeys()
  expect(rewrapped).toBeGreaterThan(0)
  expect(left).toBe(0)
  Object.defineProperty(env(), 'keys', { value: ring, configurable: true })
  expect(new Set((await db().select().from(accountKeys)).map(({ keyId }) => keyId))).toEqual(new Set(['k2']))
  expect(await db().select().from(secrets)).toEqual(rowsBefore)
  const { dataKeyOf } = await import('./data-keys')
  expect(await db().transaction((tx) => dataKeyOf(account.id, tx))).toHaveLength(32)
  expect(await rewrapKeys()).toEqual({ rewrapped: 0, left: 0 })
})
