import { eq } from 'drizzle-orm'
import { db, type Tx } from '../../db/client'
import { accounts } from '../../db/schema/accounts'
import { type Actor, hasRole } from '../actor'
import { recordAudit } from '../audit/index'
import { forbidden, notFound } from '../errors'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { settings } from './own-account'
import { AccountChanges, type AccountSettings } from './schema'
import { touchConfig } from './touch-config'

/**
 * Renames the account, moves its day, or says when its people are there. Admins may. Schedules read the time zone, and
 * failover chains the business hours, so the configuration counts as changed.
 */
export async function updateAccount(actor: Actor, input: unknown, tx?: Tx): Promise<Result<AccountSettings>> {
  const parsed = parseInput(AccountChanges, input)
  if (!parsed.ok) return parsed
  if (!hasRole(actor, 'admin')) return err(forbidden('Only an admin or the owner can change the account.'))
  const update = async (run: Tx) => {
    const [before] = await run.select(settings).from(accounts).where(eq(accounts.id, actor.accountId)).for('update')
    if (!before) return err(notFound('This account'))
    const next = { ...before, ...parsed.value } as AccountSettings
    await run.update(accounts).set(next).where(eq(accounts.id, actor.accountId))
    const change = { action: 'account.update', subjectKind: 'account', subjectId: actor.accountId, before, after: next }
    await recordAudit(run, actor, change)
    await touchConfig(run, [actor.accountId])
    return ok(next)
  }
  return tx ? update(tx) : db().transaction(update)
}
