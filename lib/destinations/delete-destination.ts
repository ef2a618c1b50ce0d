import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import { destinations } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { mayConfigure } from '../access'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import { connectionsTo } from '../connections/index'
import { conflict } from '../errors'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { lockDestination } from './own-destination'
import { DestinationIdInput } from './schema'

/**
 * Takes a destination away; what was delivered to it stays in the log. Its name is free again. Refused while a
 * connection delivers to it: leads would have nowhere to go.
 */
export async function deleteDestination(actor: Actor, input: unknown, tx?: Tx): Promise<Result<{ id: string }>> {
  const allowed = mayConfigure(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(DestinationIdInput, input)
  if (!parsed.ok) return parsed
  return transact(async (run) => {
    const found = await lockDestination(run, actor, parsed.value.id)
    if (!found.ok) return found
    const { id, name, status } = found.value
    const using = await connectionsTo(run, actor.accountId, [id])
    if (using.length) {
      const sellers = using.map((connection) => connection.seller).join(', ')
      return err(conflict(`Leads of ${sellers} are delivered here. Choose another destination for them first.`))
    }
    await run
      .update(destinations)
      .set({ name: `${name} (deleted ${id})`, status: 'disabled', deletedAt: new Date() })
      .where(eq(destinations.id, id))
    await recordAudit(run, actor, {
      action: 'destination.delete',
      subjectKind: 'destination',
      subjectId: id,
      before: { name, status },
    })
    return ok({ id })
  }, tx)
}
