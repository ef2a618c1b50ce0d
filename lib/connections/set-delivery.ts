import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import { connections, destinations } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { mayConfigure } from '../access'
import { touchConfig } from '../accounts/index'
import type { Actor } from '../actor'
import { conflict, forbidden, notFound } from '../errors'
import { isUuid } from '../ids'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { auditBoth } from './audit-both'
import { finishSetup } from './finish-setup'
import { type ConnectionRow, lockConnection, sideOf } from './own-connection'
import { SetDeliveryInput } from './schema'

async function ownDestination(tx: Tx, actor: Actor, id: string): Promise<boolean> {
  if (!isUuid(id)) return false
  const [row] = await tx
    .select({ id: destinations.id })
    .from(destinations)
    .where(and(eq(destinations.id, id), eq(destinations.accountId, actor.accountId), isNull(destinations.deletedAt)))
    .for('share')
  return row !== undefined
}

function mayChoose(actor: Actor, connection: ConnectionRow, destinationId: string): Result<true> {
  if (sideOf(actor, connection) !== 'buyer')
    return err(forbidden('Where leads are delivered is for the buyer to choose.'))
  if (connection.status === 'revoked') return err(conflict('This connection was ended.'))
  const moves = connection.destinationId !== null && connection.destinationId !== destinationId
  if (moves && !connection.permissions.endpoint_url) {
    return err(forbidden('This seller does not let its leads be sent elsewhere. Ask them for a new invitation.'))
  }
  return ok(true)
}

/**
 * The buyer's choice of where a connection's leads go. A destination that is not live yet may be chosen: leads wait
 * until it is. The seller is told, once, when everything is ready, and not where.
 */
export async function setDelivery(
  actor: Actor,
  input: unknown,
  tx?: Tx,
): Promise<Result<{ connectionId: string; destinationId: string }>> {
  const allowed = mayConfigure(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(SetDeliveryInput, input)
  if (!parsed.ok) return parsed
  const { connectionId, destinationId } = parsed.value
  return transact(async (run) => {
    const isOwn = await ownDestination(run, actor, destinationId)
    const found = await lockConnection(run, actor, connectionId)
    if (!found.ok) return found
    const connection = found.value
    const may = mayChoose(actor, connection, destinationId)
    if (!may.ok) return may
    if (!isOwn) return err(notFound('Destination'))
    if (connection.destinationId === destinationId) return ok({ connectionId, destinationId })
    await touchConfig(run, [actor.accountId, connection.sellerAccountId])
    await run.update(connections).set({ destinationId, updatedAt: new Date() }).where(eq(connections.id, connection.id))
    await auditDelivery(run, actor, connection, destinationId)
    await finishSetup(run, eq(connections.id, connection.id))
    return ok({ connectionId, destinationId })
  }, tx)
}

/** The buyer's log names the destinations; the seller's only says that the choice was made. */
async function auditDelivery(tx: Tx, actor: Actor, connection: ConnectionRow, destinationId: string): Promise<void> {
  await auditBoth(
    tx,
    actor,
    connection.sellerAccountId,
    { action: 'connection.delivery', subjectKind: 'connection', subjectId: connection.id, after: {} },
    { before: { destinationId: connection.destinationId }, after: { destinationId } },
  )
}
