import { eq } from 'drizzle-orm'
import { db, type Executor } from '../../db/client'
import { accountKeys } from '../../db/schema/secrets'
import { once } from '../runtime'
import { newDataKey, unwrapDataKey, wrapDataKey } from './key-ring'

/** Keys that are committed, by account. A data key never changes; rotation only wraps it anew. */
const knownKeys = () => once('data-keys', () => new Map<string, Buffer>())
const maxKnown = 10_000

async function readKey(executor: Executor, accountId: string): Promise<Buffer | undefined> {
  const where = eq(accountKeys.accountId, accountId)
  const [row] = await executor
    .select({ keyId: accountKeys.keyId, wrapped: accountKeys.wrapped })
    .from(accountKeys)
    .where(where)
  return row && unwrapDataKey(accountId, row)
}

/**
 * The account's data key, made the first time. When several make one at once, the first row stands and all read it.
 * What a transaction reads is not remembered: it may hold a key of its own that is rolled back.
 */
export async function dataKeyOf(accountId: string, tx?: Executor): Promise<Buffer> {
  const cached = knownKeys().get(accountId)
  if (cached) return cached
  const executor = tx ?? db()
  const key = (await readKey(executor, accountId)) ?? (await makeKey(executor, accountId))
  if (!tx) remember(accountId, key)
  return key
}

async function makeKey(executor: Executor, accountId: string): Promise<Buffer> {
  await executor
    .insert(accountKeys)
    .values({ accountId, ...wrapDataKey(accountId, newDataKey()) })
    .onConflictDoNothing()
  const key = await readKey(executor, accountId)
  if (!key) throw new Error(`The data key of account ${accountId} could not be made.`)
  return key
}

function remember(accountId: string, key: Buffer): void {
  const known = knownKeys()
  const [oldest] = known.keys()
  if (known.size >= maxKnown && oldest !== undefined) known.delete(oldest)
  known.set(accountId, key)
}
