import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import { destinations } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { mayConfigure } from '../access'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import type { AccountCaps } from '../engine/index'
import { withLimits } from '../flows/index'
import { parseInput } from '../input'
import { ok, type Result } from '../result'
import { lockDestination, touchWithSellers } from './own-destination'
import { SetDestinationCapsInput } from './schema'

/**
 * A buyer's caps on its destination, whoever the leads come from; `null`, or no limit in them, takes them away. They count at once, and a seller
 * only learns that the buyer's own limit is reached.
 */
export async function setDestinationCaps(
  actor: Actor,
  input: unknown,
  tx?: Tx,
): Promise<Result<{ id: string; caps: AccountCaps | null }>> {
  const allowed = mayConfigure(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(SetDestinationCapsInput, input)
  if (!parsed.ok) return parsed
  const { id } = parsed.value
  const caps = withLimits(parsed.value.caps)
  return transact(async (run) => {
    const found = await lockDestination(run, actor, id)
    if (!found.ok) return found
    await touchWithSellers(run, actor, id)
    await run.update(destinations).set({ caps, updatedAt: new Date() }).where(eq(destinations.id, id))
    await recordAudit(run, actor, {
      action: 'destination.caps',
      subjectKind: 'destination',
      subjectId: id,
      before: { caps: found.value.caps },
      after: { caps },
    })
    return ok({ id, caps })
  }, tx)
}
