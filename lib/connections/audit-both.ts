import type { Tx } from '../../db/client'
import type { Actor } from '../actor'
import { type AuditChange, recordAudit } from '../audit/index'

/**
 * Writes a change into the log of the account that made it and of the other one, which learns which account did it
 * and not which person. `own` replaces what only the account itself may know.
 */
export async function auditBoth(
  tx: Tx,
  actor: Actor,
  otherAccountId: string,
  change: AuditChange & { after: object },
  own: Pick<AuditChange, 'before' | 'after'> = {},
): Promise<void> {
  await recordAudit(tx, actor, { ...change, ...own })
  const other: Actor = { accountId: otherAccountId, accountName: '', plan: 'full', role: 'member', via: 'system' }
  await recordAudit(tx, other, { ...change, after: { ...change.after, by: actor.accountName } })
}
