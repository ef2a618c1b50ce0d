import { createHash } from 'node:crypto'
import { and, eq, isNull, lt, or, sql } from 'drizzle-orm'
import { db } from '../../db/client'
import { secrets } from '../../db/schema/secrets'
import { nameOfSecret, type Secret } from '../engine/index'
import { log } from '../log'
import { once } from '../runtime'
import { accountCipher } from './account-cipher'
import { idOfName } from './named-secrets'
import { forgetSealed } from './open-secret'
import { idOfRef, lastFourOf, placeOfSecret } from './secret-refs'

/** What came of using a secret, and the one that takes its place from now on. */
type Used<T> = { value: T; next?: string }
type Use<T> = (text: string, leftMs: number) => Promise<Used<T>>

/** Longer than any use may take. */
const leaseSeconds = 45
const askAgainMs = 100
const saves = [0, 100, 300, 1_000, 3_000]

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Uses a secret that its use may replace, like an OAuth refresh token: one use at a time, in all processes, each with
 * the text that the last one left. `use` runs outside any transaction, under a lease on the row; the text that takes
 * its place is sealed under the same reference, so documents do not change. Throws when the secret is not there.
 */
export async function withRotatingSecret<T>(
  accountId: string,
  secret: Secret,
  timeoutMs: number,
  use: Use<T>,
): Promise<T> {
  const name = nameOfSecret(secret)
  if (name === undefined && typeof secret === 'string') return withText(accountId, secret, timeoutMs, use)
  const id = name === undefined ? idOfRef(secret as { secret: string }) : await idOfName(accountId, name)
  if (!id) throw new Error('The credential is no longer there.')
  const endsAt = performance.now() + timeoutMs
  const lease = await takeLease(accountId, id, endsAt)
  let next: string | undefined
  try {
    const used = await use(lease.text, Math.max(1, endsAt - performance.now()))
    next = used.next === lease.text ? undefined : used.next
    return used.value
  } finally {
    await endLease(accountId, id, lease.until, next)
  }
}

/** Waits for its turn; the UPDATE locks the row, so that of two processes one gets it. */
async function takeLease(accountId: string, id: string, endsAt: number): Promise<{ text: string; until: Date }> {
  const cipher = await accountCipher(accountId)
  const mine = and(eq(secrets.id, id), eq(secrets.accountId, accountId))
  const isFree = or(isNull(secrets.leasedUntil), lt(secrets.leasedUntil, sql`now()`))
  for (;;) {
    const [row] = await db()
      .update(secrets)
      .set({ leasedUntil: sql`date_trunc('milliseconds', now()) + ${leaseSeconds} * interval '1 second'` })
      .where(and(mine, isFree))
      .returning({ sealed: secrets.sealed, until: secrets.leasedUntil })
    if (row?.until) return { text: cipher.open(placeOfSecret(id), row.sealed), until: row.until }
    const [there] = await db().select({ id: secrets.id }).from(secrets).where(mine)
    if (!there) throw new Error('The credential is no longer there.')
    if (performance.now() + askAgainMs >= endsAt) throw new Error('The credential is in use by another process.')
    await pause(askAgainMs)
  }
}

/** The old text may be worth nothing any more, so the new one is saved with patience. */
async function endLease(accountId: string, id: string, until: Date, next: string | undefined): Promise<void> {
  const cipher = await accountCipher(accountId)
  const changed =
    next === undefined
      ? {}
      : { sealed: cipher.seal(placeOfSecret(id), next), lastFour: lastFourOf(next), updatedAt: new Date() }
  const ours = and(eq(secrets.id, id), eq(secrets.accountId, accountId), eq(secrets.leasedUntil, until))
  for (const [index, waitMs] of saves.entries()) {
    await pause(waitMs)
    try {
      await db()
        .update(secrets)
        .set({ ...changed, leasedUntil: null })
        .where(ours)
      forgetSealed(id)
      return
    } catch (error) {
      const isLast = index === saves.length - 1
      if (isLast) log.error({ err: error, accountId, secretId: id }, 'a renewed credential could not be saved')
    }
  }
}

/** Texts that were used before they were saved, and what took their place: a form may still hold the old one. */
const replaced = () => once('replaced-secrets', () => new Map<string, { text: string; at: number }>())
const keptMs = 15 * 60_000
const mostKept = 1_000

const keyOf = (accountId: string, text: string): string =>
  `${accountId} ${createHash('sha256').update(text).digest('base64url')}`

async function withText<T>(accountId: string, typed: string, timeoutMs: number, use: Use<T>): Promise<T> {
  const text = newestText(accountId, typed)
  const { value, next } = await use(text, timeoutMs)
  if (next !== undefined && next !== text) {
    const known = replaced()
    const [oldest] = known.keys()
    if (known.size >= mostKept && oldest !== undefined) known.delete(oldest)
    known.set(keyOf(accountId, typed), { text: next, at: performance.now() })
  }
  return value
}

/** What took the place of a text that was tried out before it was saved; mostly the text itself. */
export function newestText(accountId: string, typed: string): string {
  const known = replaced().get(keyOf(accountId, typed))
  return known && performance.now() - known.at < keptMs ? known.text : typed
}
