import { and, desc, eq, isNull } from 'drizzle-orm'
import { db } from '../../db/client'
import { destinations } from '../../db/schema/index'
import type { Actor } from '../actor'
import { connectionsTo, listConnections } from '../connections/index'
import { ok, type Result } from '../result'
import { readDestination } from './own-destination'
import type { DestinationSummary, DestinationView } from './schema'
import { summarise, viewDestination } from './views'

/** The account's destinations, newest first. */
export async function listDestinations(actor: Actor): Promise<DestinationSummary[]> {
  const rows = await db()
    .select({
      id: destinations.id,
      name: destinations.name,
      description: destinations.description,
      integration: destinations.integration,
      status: destinations.status,
      config: destinations.config,
      lastTest: destinations.lastTest,
      testedAt: destinations.testedAt,
      acknowledgedAt: destinations.acknowledgedAt,
      updatedAt: destinations.updatedAt,
    })
    .from(destinations)
    .where(and(eq(destinations.accountId, actor.accountId), isNull(destinations.deletedAt)))
    .orderBy(desc(destinations.id))
  const connections = await connectionsTo(
    db(),
    actor.accountId,
    rows.map((row) => row.id),
  )
  return rows.map((row) =>
    summarise(row, connections.filter((connection) => connection.destinationId === row.id).length),
  )
}

/** Fields that come through the connections which deliver here; `undefined` when none does. */
async function fieldsComing(actor: Actor, destinationId: string): Promise<string[] | undefined> {
  const delivering = (await listConnections(actor)).filter(
    (connection) => connection.side === 'buyer' && connection.destination?.id === destinationId,
  )
  return delivering.length ? [...new Set(delivering.flatMap((connection) => connection.sharedFields))] : undefined
}

/** One destination of the account with its problems; of its credential the type and the last 4 characters. */
export async function getDestination(actor: Actor, id: string): Promise<Result<DestinationView>> {
  const found = await readDestination(db(), actor, id)
  if (!found.ok) return found
  return ok(await viewDestination(db(), actor, found.value, await fieldsComing(actor, found.value.id)))
}
