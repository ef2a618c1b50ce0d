import { createHash } from 'node:crypto'
import { and, desc, eq, isNull, lt, or, sql } from 'drizzle-orm'
import { db, type Tx } from '../../db/client'
import { accounts, apiKeys, members, users } from '../../db/schema/accounts'
import { type Actor, hasRole } from '../actor'
import { recordAudit } from '../audit/index'
import { now } from '../clock'
import { forbidden, notFound } from '../errors'
import { newToken, uuidv7 } from '../ids'
import { parseInput } from '../input'
import { log } from '../log'
import { err, ok, type Result } from '../result'
import { once } from '../runtime'
import { actorColumns, actorOfRow } from './memberships'
import { ApiKeyInput, RevokeApiKeyInput } from './schema'

export type ApiKeyView = {
  id: string
  name: string
  prefix: string
  owner: string
  lastUsedAt?: Date
  createdAt: Date
}

const shape = /^bat_[A-Za-z0-9_-]{43}$/
const prefixLength = 10
const cachedForMs = 5_000
const cachedMax = 5_000

type Cached = { actor: Actor; until: number }
const cache = () => once('api keys', () => new Map<string, Cached>())

const hashOf = (key: string) => createHash('sha256').update(key).digest()

/** Makes a key that acts as the person asking, in this account, for as long as they are a member. Shown this once. */
export async function createApiKey(
  actor: Actor,
  input: unknown,
  tx?: Tx,
): Promise<Result<{ id: string; name: string; key: string }>> {
  const parsed = parseInput(ApiKeyInput, input)
  if (!parsed.ok) return parsed
  const { userId } = actor
  if (!userId || !hasRole(actor, 'admin')) return err(forbidden('Only an admin or the owner can make API keys.'))
  const made = { id: uuidv7(), name: parsed.value.name, key: `bat_${newToken()}` }
  const prefix = made.key.slice(0, prefixLength)
  const create = async (run: Tx) => {
    const { id, name } = made
    await run.insert(apiKeys).values({ id, accountId: actor.accountId, userId, name, prefix, hash: hashOf(made.key) })
    await recordAudit(run, actor, {
      action: 'api-key.create',
      subjectKind: 'api-key',
      subjectId: id,
      after: { name, prefix },
    })
    return ok(made)
  }
  return tx ? create(tx) : db().transaction(create)
}

/** The account's keys in use, newest first, by their first characters. */
export async function listApiKeys(actor: Actor): Promise<ApiKeyView[]> {
  const rows = await db()
    .select({
      id: apiKeys.id,
      name: apiKeys.name,
      prefix: apiKeys.prefix,
      owner: users.name,
      lastUsedAt: apiKeys.lastUsedAt,
      createdAt: apiKeys.createdAt,
    })
    .from(apiKeys)
    .innerJoin(users, eq(users.id, apiKeys.userId))
    .where(and(eq(apiKeys.accountId, actor.accountId), isNull(apiKeys.revokedAt)))
    .orderBy(desc(apiKeys.id))
  return rows.map(({ lastUsedAt, ...row }) => ({ ...row, ...(lastUsedAt && { lastUsedAt }) }))
}

/** Ends a key of the account: at once in this process, within five seconds in others. Admins may. */
export async function revokeApiKey(actor: Actor, input: unknown, tx?: Tx): Promise<Result<{ id: string }>> {
  const parsed = parseInput(RevokeApiKeyInput, input)
  if (!parsed.ok) return parsed
  if (!hasRole(actor, 'admin')) return err(forbidden('Only an admin or the owner can revoke API keys.'))
  const { id } = parsed.value
  const revoke = async (run: Tx) => {
    const [key] = await run
      .update(apiKeys)
      .set({ revokedAt: new Date(now()) })
      .where(and(eq(apiKeys.id, id), eq(apiKeys.accountId, actor.accountId), isNull(apiKeys.revokedAt)))
      .returning({ name: apiKeys.name, prefix: apiKeys.prefix })
    if (!key) return err(notFound('This API key'))
    await recordAudit(run, actor, { action: 'api-key.revoke', subjectKind: 'api-key', subjectId: id, before: key })
    return ok({ id })
  }
  const revoked = tx ? await revoke(tx) : await db().transaction(revoke)
  if (revoked.ok) cache().clear()
  return revoked
}

/**
 * Whose key this is, or `undefined` for one that never was, was revoked, or whose person left the account. What a key
 * may do follows the person's role. An answer is kept for five seconds, a miss never.
 */
export async function actorOfApiKey(key: string): Promise<Actor | undefined> {
  if (!shape.test(key)) return undefined
  const hash = hashOf(key)
  const name = hash.toString('base64')
  const cached = cache().get(name)
  if (cached && cached.until > now()) return cached.actor
  const [row] = await db()
    .select({ keyId: apiKeys.id, ...actorColumns })
    .from(apiKeys)
    .innerJoin(accounts, eq(accounts.id, apiKeys.accountId))
    .innerJoin(users, eq(users.id, apiKeys.userId))
    .innerJoin(members, and(eq(members.userId, apiKeys.userId), eq(members.accountId, apiKeys.accountId)))
    .where(and(eq(apiKeys.hash, hash), isNull(apiKeys.revokedAt)))
  if (!row) return undefined
  const { keyId, ...rest } = row
  const actor = actorOfRow(rest, 'api-key')
  if (cache().size >= cachedMax) cache().clear()
  cache().set(name, { actor, until: now() + cachedForMs })
  markUsed(keyId)
  return actor
}

/** Once a minute is enough to know a key is alive; nobody waits for it. */
function markUsed(keyId: string): void {
  const stale = or(isNull(apiKeys.lastUsedAt), lt(apiKeys.lastUsedAt, sql`now() - interval '1 minute'`))
  db()
    .update(apiKeys)
    .set({ lastUsedAt: new Date(now()) })
    .where(and(eq(apiKeys.id, keyId), stale))
    .catch((error: unknown) => log.warn({ err: error }, 'An API key could not be marked as used'))
}
