import { inArray, sql } from 'drizzle-orm'
import type { Executor } from '../../db/client'
import { accounts } from '../../db/schema/accounts'

/**
 * Says that where these accounts' leads go has changed: their config version grows and `baton_config` tells every
 * process, both with the commit of `tx`. Rows are taken in id order, so that two changes never wait for each other.
 */
export async function touchConfig(tx: Executor, accountIds: readonly string[]): Promise<void> {
  const ids = [...new Set(accountIds)].sort()
  if (ids.length === 0) return
  await tx
    .select({ id: accounts.id })
    .from(accounts)
    .where(inArray(accounts.id, ids))
    .orderBy(accounts.id)
    .for('update')
  await tx
    .update(accounts)
    .set({ configVersion: sql`${accounts.configVersion} + 1` })
    .where(inArray(accounts.id, ids))
  for (const id of ids) await tx.execute(sql`select pg_notify('baton_config', ${id})`)
}
