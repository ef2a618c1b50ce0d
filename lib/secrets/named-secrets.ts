import { and, eq } from 'drizzle-orm'
import { db, type Executor } from '../../db/client'
import { namedSecrets } from '../../db/schema/secrets'
import { once } from '../runtime'
import { openSecretOfId } from './open-secret'

/** Ids by account and name, for as long as sealed rows are kept: a delivery must not cost a query. */
const ids = () => once('named-secrets', () => new Map<string, { id: string; readAt: number }>())
const freshMs = 5_000
const maxIds = 10_000

/** The names under which an account keeps secrets. */
export async function secretNames(accountId: string, exec?: Executor): Promise<Set<string>> {
  const rows = await (exec ?? db())
    .select({ name: namedSecrets.name })
    .from(namedSecrets)
    .where(eq(namedSecrets.accountId, accountId))
  return new Set(rows.map(({ name }) => name))
}

/** The row behind a name; `undefined` when the account keeps none. */
export async function idOfName(accountId: string, name: string): Promise<string | undefined> {
  const key = `${accountId} ${name}`
  const now = performance.now()
  const known = ids().get(key)
  if (known && now - known.readAt < freshMs) return known.id
  const mine = and(eq(namedSecrets.accountId, accountId), eq(namedSecrets.name, name))
  const [row] = await db().select({ id: namedSecrets.secretId }).from(namedSecrets).where(mine)
  ids().delete(key)
  if (!row) return undefined
  const [oldest] = ids().keys()
  if (ids().size >= maxIds && oldest !== undefined) ids().delete(oldest)
  ids().set(key, { id: row.id, readAt: now })
  return row.id
}

/** The text behind `{{secret.NAME}}`. Throws when the account keeps none of this name, or it can't be opened. */
export async function openNamedSecret(accountId: string, name: string): Promise<string> {
  const id = await idOfName(accountId, name)
  if (id === undefined) throw new Error('The account keeps no secret of this name.')
  return openSecretOfId(accountId, id)
}

export const forgetName = (accountId: string, name: string): void => {
  ids().delete(`${accountId} ${name}`)
}
