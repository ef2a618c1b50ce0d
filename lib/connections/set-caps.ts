import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import { connections } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { mayConfigure } from '../access'
import { touchConfig } from '../accounts/index'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import type { AccountCaps } from '../engine/index'
import { conflict, forbidden } from '../errors'
import { withLimits } from '../flows/index'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { lockConnection, sideOf } from './own-connection'
import { SetConnectionCapsInput } from './schema'

/**
 * A seller's caps on a connection, over all flows and steps that use it; `null`, or no limit in them, takes them away. They count at once, and
 * the buyer is not told of them.
 */
export async function setConnectionCaps(
  actor: Actor,
  input: unknown,
  tx?: Tx,
): Promise<Result<{ id: string; caps: AccountCaps | null }>> {
  const allowed = mayConfigure(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(SetConnectionCapsInput, input)
  if (!parsed.ok) return parsed
  const { id } = parsed.value
  const caps = withLimits(parsed.value.caps)
  return transact(async (run) => {
    const found = await lockConnection(run, actor, id)
    if (!found.ok) return found
    const connection = found.value
    if (sideOf(actor, connection) !== 'seller')
      return err(forbidden('The caps of a connection are the seller’s. Set your own on the destination.'))
    if (connection.status === 'revoked') return err(conflict('This connection was ended.'))
    await touchConfig(run, [actor.accountId])
    await run.update(connections).set({ caps, updatedAt: new Date() }).where(eq(connections.id, id))
    await recordAudit(run, actor, {
      action: 'connection.caps',
      subjectKind: 'connection',
      subjectId: id,
      before: { caps: connection.caps },
      after: { caps },
    })
    return ok({ id, caps })
  }, tx)
}
