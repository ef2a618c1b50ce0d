import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import { destinations } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { mayConfigure } from '../access'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import { finishSetupOf } from '../connections/index'
import { parseInput } from '../input'
import { ok, type Result } from '../result'
import { type DestinationRow, lockDestination, touchWithSellers } from './own-destination'
import { DestinationIdInput, type DestinationStatus } from './schema'

export type Standing = { id: string; status: DestinationStatus; acknowledgedAt: string | null }
type Next = Pick<DestinationRow, 'status' | 'acknowledgedAt'>
export type NextStanding = (row: DestinationRow) => Result<Next>

const view = (id: string, { status, acknowledgedAt }: Next): Standing => ({
  id,
  status,
  acknowledgedAt: acknowledgedAt?.toISOString() ?? null,
})

/** Acknowledging, going live, disabling and enabling differ only in what comes next: `next` says it, or why not. */
export async function changeStatus(
  actor: Actor,
  input: unknown,
  change: { action: string; next: NextStanding },
  tx?: Tx,
): Promise<Result<Standing>> {
  const allowed = mayConfigure(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(DestinationIdInput, input)
  if (!parsed.ok) return parsed
  return transact(async (run) => {
    const found = await lockDestination(run, actor, parsed.value.id)
    if (!found.ok) return found
    const row = found.value
    const next = change.next(row)
    if (!next.ok) return next
    const after = next.value
    if (after.status === row.status && after.acknowledgedAt === row.acknowledgedAt) return ok(view(row.id, after))
    await touchWithSellers(run, actor, row.id)
    await run
      .update(destinations)
      .set({ ...after, updatedAt: new Date() })
      .where(eq(destinations.id, row.id))
    await recordAudit(run, actor, {
      action: change.action,
      subjectKind: 'destination',
      subjectId: row.id,
      before: { status: row.status, acknowledgedAt: row.acknowledgedAt },
      after,
    })
    if (after.status === 'live') await finishSetupOf(run, row.id)
    return ok(view(row.id, after))
  }, tx)
}
