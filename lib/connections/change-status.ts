import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import { connections } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { mayConfigure } from '../access'
import { touchConfig } from '../accounts/index'
import type { Actor } from '../actor'
import { parseInput } from '../input'
import { ok, type Result } from '../result'
import { auditBoth } from './audit-both'
import { finishSetup } from './finish-setup'
import { type ConnectionRow, lockConnection, otherAccount, type Side, sideOf } from './own-connection'
import { ConnectionIdInput, type ConnectionStatus } from './schema'

export type Standing = { id: string; status: ConnectionStatus; pausedBy: Side | null }
export type NextStatus = (row: ConnectionRow, side: Side) => Result<Pick<Standing, 'status' | 'pausedBy'>>

/** Pausing, resuming and ending differ only in what comes next: `next` says it, or why not. Deliveries obey at once. */
export async function changeStatus(
  actor: Actor,
  input: unknown,
  change: { action: string; next: NextStatus },
  tx?: Tx,
): Promise<Result<Standing>> {
  const allowed = mayConfigure(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(ConnectionIdInput, input)
  if (!parsed.ok) return parsed
  return transact(async (run) => {
    const found = await lockConnection(run, actor, parsed.value.id)
    if (!found.ok) return found
    const row = found.value
    const next = change.next(row, sideOf(actor, row))
    if (!next.ok) return next
    const { status, pausedBy } = next.value
    if (status === row.status && pausedBy === row.pausedBy) return ok({ id: row.id, status, pausedBy })
    const other = otherAccount(actor, row)
    await touchConfig(run, [actor.accountId, other])
    await run.update(connections).set({ status, pausedBy, updatedAt: new Date() }).where(eq(connections.id, row.id))
    await auditBoth(run, actor, other, {
      action: change.action,
      subjectKind: 'connection',
      subjectId: row.id,
      before: { status: row.status, pausedBy: row.pausedBy },
      after: { status, pausedBy },
    })
    await finishSetup(run, eq(connections.id, row.id))
    return ok({ id: row.id, status, pausedBy })
  }, tx)
}
