import { and, eq, inArray, ne } from 'drizzle-orm'
import type { Executor, Tx } from '../../db/client'
import { accounts, connections } from '../../db/schema/index'
import type { ConnectionStatus, Permissions } from './schema'

export type DeliveringConnection = {
  id: string
  destinationId: string
  sellerAccountId: string
  seller: string
  status: ConnectionStatus
  permissions: Permissions
}

/**
 * The connections that deliver to these destinations of a buyer; ended ones left out. For the destinations' own rules:
 * whom to tell of a change, and what the sellers allow.
 */
export async function connectionsTo(
  exec: Executor,
  buyerAccountId: string,
  destinationIds: string[],
): Promise<DeliveringConnection[]> {
  if (!destinationIds.length) return []
  const rows = await exec
    .select({
      id: connections.id,
      destinationId: connections.destinationId,
      sellerAccountId: connections.sellerAccountId,
      seller: accounts.name,
      status: connections.status,
      permissions: connections.permissions,
    })
    .from(connections)
    .innerJoin(accounts, eq(accounts.id, connections.sellerAccountId))
    .where(
      and(
        eq(connections.buyerAccountId, buyerAccountId),
        inArray(connections.destinationId, destinationIds),
        ne(connections.status, 'revoked'),
      ),
    )
  return rows.flatMap(({ destinationId, ...row }) => (destinationId ? [{ ...row, destinationId }] : []))
}

/** Locks the connections that deliver to a destination, whose row is locked already: that order, then the accounts. */
export async function lockConnectionsTo(tx: Tx, destinationId: string): Promise<void> {
  await tx
    .select({ id: connections.id })
    .from(connections)
    .where(eq(connections.destinationId, destinationId))
    .orderBy(connections.id)
    .for('update')
}
