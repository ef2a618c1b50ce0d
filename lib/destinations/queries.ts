import { and, desc, eq, isNull, lt, type SQL } from 'drizzle-orm'
import { db } from '../../db/client'
import { destinations } from '../../db/schema/index'
import type { Actor } from '../actor'
import { connectionsTo, listConnections } from '../connections/index'
import { isUuid } from '../ids'
import { ok, type Result } from '../result'
import { readDestination } from './own-destination'
import type { Coming } from './run-test'
import type { DestinationFilters, DestinationPage, DestinationSummary, DestinationView } from './schema'
import { summarise, viewDestination } from './views'

const readSummaries = (actor: Actor, wanted?: SQL) =>
  db()
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
    .where(and(eq(destinations.accountId, actor.accountId), isNull(destinations.deletedAt), wanted))
    .orderBy(desc(destinations.id))

async function summariseAll(actor: Actor, rows: Awaited<ReturnType<typeof readSummaries>>) {
  const connections = await connectionsTo(
    db(),
    actor.accountId,
    rows.map((row) => row.id),
  )
  return rows.map((row) =>
    summarise(row, connections.filter((connection) => connection.destinationId === row.id).length),
  )
}

/** The account's destinations, newest first. */
export async function listDestinations(actor: Actor): Promise<DestinationSummary[]> {
  return summariseAll(actor, await readSummaries(actor))
}

const pageSize = 50

/** The same a page at a time, by keyset. */
export async function pageDestinations(actor: Actor, filters: DestinationFilters = {}): Promise<DestinationPage> {
  const { cursor, limit = pageSize } = filters
  const before = cursor && isUuid(cursor) ? lt(destinations.id, cursor) : undefined
  const rows = await readSummaries(actor, before).limit(limit + 1)
  const data = await summariseAll(actor, rows.slice(0, limit))
  const last = data.at(-1)
  return { data, ...(rows.length > limit && last && { nextCursor: last.id }) }
}

/** Fields that come through the connections which deliver here; `undefined` when none does. */
async function fieldsComing(actor: Actor, destinationId: string): Promise<Coming | undefined> {
  const delivering = (await listConnections(actor)).filter(
    (connection) => connection.side === 'buyer' && connection.destination?.id === destinationId,
  )
  if (delivering.length === 0) return undefined
  return {
    sharedFields: [...new Set(delivering.flatMap((connection) => connection.sharedFields))],
    pingFields: [...new Set(delivering.flatMap((connection) => connection.pingFields))],
  }
}

/** Whether there is such a destination for the actor. */
export const hasDestination = async (actor: Actor, id: string): Promise<boolean> =>
  (await readDestination(db(), actor, id)).ok

/** One destination of the account with its problems; of its credential the type and the last 4 characters. */
export async function getDestination(actor: Actor, id: string): Promise<Result<DestinationView>> {
  const found = await readDestination(db(), actor, id)
  if (!found.ok) return found
  return ok(await viewDestination(db(), actor, found.value, await fieldsComing(actor, found.value.id)))
}
