import { createHmac } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import { db } from '../../db/client'
import { rateWindows } from '../../db/schema/accounts'
import { now } from '../clock'
import { env } from '../env'
import { rateLimited } from '../errors'
import { err, ok, type Result } from '../result'

const windowOf = (windowSeconds: number) => {
  const lengthMs = windowSeconds * 1_000
  const startMs = Math.floor(now() / lengthMs) * lengthMs
  return { start: new Date(startMs), secondsLeft: Math.max(1, Math.ceil((startMs + lengthMs - now()) / 1_000)) }
}

/** What is counted, without an email or address in clear: `kind` and a keyed hash of the value. */
export const rateKey = (kind: string, value: string): string =>
  `${kind}:${createHmac('sha256', env().authSecret).update(value.trim().toLowerCase()).digest('base64url').slice(0, 32)}`

/**
 * Counts one use of `key` in the present window of `windowSeconds` and refuses past `limit`, exactly, across processes.
 * It commits by itself: a refused or failed try stays counted. Never call it inside a transaction.
 */
export async function takeRate(key: string, limit: number, windowSeconds: number): Promise<Result<void>> {
  const { start, secondsLeft } = windowOf(windowSeconds)
  const taken = await db()
    .insert(rateWindows)
    .values({ key, windowStart: start, used: 1 })
    .onConflictDoUpdate({
      target: [rateWindows.key, rateWindows.windowStart],
      set: { used: sql`${rateWindows.used} + 1` },
      setWhere: sql`${rateWindows.used} < ${limit}`,
    })
    .returning({ used: rateWindows.used })
  if (taken.length > 0) return ok(undefined)
  const minutes = Math.ceil(secondsLeft / 60)
  return err(
    rateLimited(
      `Too many tries. Wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`}, then try again.`,
      secondsLeft,
    ),
  )
}

/** Gives one use back: a try that succeeded was no guess. */
export async function giveBackRate(key: string, windowSeconds: number): Promise<void> {
  const { start } = windowOf(windowSeconds)
  await db()
    .update(rateWindows)
    .set({ used: sql`greatest(${rateWindows.used} - 1, 0)` })
    .where(and(eq(rateWindows.key, key), eq(rateWindows.windowStart, start)))
}

type Rate = { key: string; limit: number; windowSeconds: number }

/**
 * Takes several rates in order and stops at the first refusal. The value gives them all back.
 * All are counted before the work they guard, so that guesses sent at once are bounded too.
 */
export async function takeRates(rates: readonly Rate[]): Promise<Result<{ giveBack: () => Promise<void> }>> {
  for (const { key, limit, windowSeconds } of rates) {
    const taken = await takeRate(key, limit, windowSeconds)
    if (!taken.ok) return taken
  }
  return ok({
    giveBack: async () => {
      for (const { key, windowSeconds } of rates) await giveBackRate(key, windowSeconds)
    },
  })
}

const quarterHour = 15 * 60

/** Wrong passwords for one email, wherever they are typed: signing in, signing up again, revealing a credential. */
export const passwordRates = (email: string): Rate[] => [
  { key: rateKey('password', email), limit: 20, windowSeconds: quarterHour },
]

/** Failed tries from one address, shared by all who are behind it. */
export const signInRates = (ip: string | undefined): Rate[] =>
  ip ? [{ key: rateKey('sign-in-from', ip), limit: 100, windowSeconds: quarterHour }] : []

export const signUpRates = (ip: string | undefined): Rate[] =>
  ip ? [{ key: rateKey('sign-up-from', ip), limit: 60, windowSeconds: 60 * 60 }] : []

/** Deletes windows that ended more than a day ago. */
export const sweepRates = async (): Promise<void> => {
  await db().delete(rateWindows).where(sql`${rateWindows.windowStart} < now() - interval '1 day'`)
}
