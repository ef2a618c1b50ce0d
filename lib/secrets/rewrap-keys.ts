import { and, asc, eq, gt, ne } from 'drizzle-orm'
import { db } from '../../db/client'
import { accountKeys } from '../../db/schema/secrets'
import { log } from '../log'
import { keyRing, unwrapDataKey, wrapDataKey } from './key-ring'

const batchSize = 200

/**
 * Wraps every account's data key under the active key of the ring, in batches, while everything runs on: the data keys
 * stay, so nothing else changes. When `left` is 0, the old key may go from `BATON_KEYS`.
 */
export async function rewrapKeys(): Promise<{ rewrapped: number; left: number }> {
  const { active } = keyRing()
  const count = { rewrapped: 0, left: 0 }
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const batch = await db()
      .select()
      .from(accountKeys)
      .where(and(ne(accountKeys.keyId, active), gt(accountKeys.accountId, after)))
      .orderBy(asc(accountKeys.accountId))
      .limit(batchSize)
    for (const row of batch) count[await rewrap(row)]++
    const last = batch.at(-1)
    if (!last) return count
    after = last.accountId
  }
}

async function rewrap(row: typeof accountKeys.$inferSelect): Promise<'rewrapped' | 'left'> {
  try {
    const wrapped = wrapDataKey(row.accountId, unwrapDataKey(row.accountId, row))
    // another process may have been here in between; its wrapping is as good
    await db()
      .update(accountKeys)
      .set(wrapped)
      .where(and(eq(accountKeys.accountId, row.accountId), eq(accountKeys.wrapped, row.wrapped)))
    return 'rewrapped'
  } catch (error) {
    log.error({ err: error, accountId: row.accountId, keyId: row.keyId }, 'a data key could not be wrapped anew')
    return 'left'
  }
}
