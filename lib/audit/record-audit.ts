import type { Executor } from '../../db/client'
import { auditEntries } from '../../db/schema/records'
import type { Actor } from '../actor'
import { uuidv7 } from '../ids'

/** One change, in words that sort and filter: `flow.publish`, `api-key.create`. `before` and `after` never hold a secret. */
export type AuditChange = {
  action: string
  subjectKind: string
  subjectId: string
  before?: unknown
  after?: unknown
}

/** Writes who changed what, in the transaction of the change itself, so that neither exists without the other. */
export async function recordAudit(tx: Executor, actor: Actor, change: AuditChange): Promise<void> {
  await tx.insert(auditEntries).values({
    id: uuidv7(),
    accountId: actor.accountId,
    userId: actor.userId ?? null,
    via: actor.via,
    action: change.action,
    subjectKind: change.subjectKind,
    subjectId: change.subjectId,
    before: change.before ?? null,
    after: change.after ?? null,
  })
}
