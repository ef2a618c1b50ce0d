import { and, eq, isNull } from 'drizzle-orm'
import type { Executor, Tx } from '../../db/client'
import { destinations } from '../../db/schema/index'
import { touchConfig } from '../accounts/index'
import type { Actor } from '../actor'
import { connectionsTo, lockConnectionsTo } from '../connections/index'
import { notFound } from '../errors'
import { isUuid } from '../ids'
import { err, ok, type Result } from '../result'

export type DestinationRow = typeof destinations.$inferSelect

export const isOwn = (actor: Actor, id: string) =>
  and(eq(destinations.id, id), eq(destinations.accountId, actor.accountId), isNull(destinations.deletedAt))

export async function readDestination(exec: Executor, actor: Actor, id: string): Promise<Result<DestinationRow>> {
  const [row] = isUuid(id) ? await exec.select().from(destinations).where(isOwn(actor, id)) : []
  return row ? ok(row) : err(notFound('Destination'))
}

/** The actor's destination, locked until the transaction ends. */
export async function lockDestination(tx: Tx, actor: Actor, id: string): Promise<Result<DestinationRow>> {
  const [row] = isUuid(id) ? await tx.select().from(destinations).where(isOwn(actor, id)).for('update') : []
  return row ? ok(row) : err(notFound('Destination'))
}

/** What changes here changes where the leads of every connected seller go. */
export async function touchWithSellers(tx: Tx, actor: Actor, destinationId: string): Promise<void> {
  await lockConnectionsTo(tx, destinationId)
  const connections = await connectionsTo(tx, actor.accountId, [destinationId])
  await touchConfig(tx, [actor.accountId, ...connections.map((connection) => connection.sellerAccountId)])
}

/** Postgres's word for a second row of the same unique key, wherever in the chain of causes it stands. */
export function isTaken(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  return ('code' in error && error.code === '23505') || ('cause' in error && isTaken(error.cause))
}
