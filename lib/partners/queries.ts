import { and, asc, eq, inArray, or, sql } from 'drizzle-orm'
import { db, type Executor } from '../../db/client'
import { accounts, connections, partners } from '../../db/schema/index'
import type { Actor } from '../actor'
import { ok, type Result } from '../result'
import { type PartnerRow, readPartner } from './own-partner'
import type { PartnerFilters, PartnerName, PartnerPage, PartnerSummary, PartnerView } from './schema'
import { usesOf } from './usage'

type Connected = PartnerSummary['connections']

/** The connections whose buyer each of these partners is, by partner. */
export async function connectionsOf(exec: Executor, partnerIds: readonly string[]): Promise<Map<string, Connected>> {
  if (partnerIds.length === 0) return new Map()
  const rows = await exec
    .select({ partnerId: connections.partnerId, id: connections.id, name: accounts.name })
    .from(connections)
    .innerJoin(accounts, eq(accounts.id, connections.buyerAccountId))
    .where(inArray(connections.partnerId, [...partnerIds]))
    .orderBy(asc(connections.id))
  return new Map(
    partnerIds.map((id) => [
      id,
      rows.flatMap(({ partnerId, ...connection }) => (partnerId === id ? [connection] : [])),
    ]),
  )
}

export function summarise(row: PartnerRow, connected: Connected): PartnerSummary {
  const { accountId: _, createdAt, updatedAt, ...rest } = row
  return {
    ...rest,
    connections: connected,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }
}

const pageSize = 50

/** Partners with a text in their name, or in their contact's name or address, letter case aside. */
const matching = (q: string) =>
  or(
    ...[partners.name, partners.contactName, partners.email].map(
      (column) => sql`position(lower(${q}) in lower(${column})) > 0`,
    ),
  )

/** The account's partners by name, a page at a time, by keyset. */
export async function listPartners(actor: Actor, filters: PartnerFilters = {}): Promise<PartnerPage> {
  const { q, cursor, limit = pageSize } = filters
  const rows = await db()
    .select()
    .from(partners)
    .where(
      and(
        eq(partners.accountId, actor.accountId),
        q ? matching(q) : undefined,
        cursor ? sql`lower(${partners.name}) > lower(${cursor})` : undefined,
      ),
    )
    .orderBy(sql`lower(${partners.name})`)
    .limit(limit + 1)
  const shown = rows.slice(0, limit)
  const connected = await connectionsOf(
    db(),
    shown.map(({ id }) => id),
  )
  const last = shown.at(-1)
  return {
    data: shown.map((row) => summarise(row, connected.get(row.id) ?? [])),
    ...(rows.length > limit && last && { nextCursor: last.name }),
  }
}

/** All partners of the account by name, for choosing one. */
export async function listPartnerNames(actor: Actor): Promise<PartnerName[]> {
  return db()
    .select({ id: partners.id, name: partners.name, type: partners.type, status: partners.status })
    .from(partners)
    .where(eq(partners.accountId, actor.accountId))
    .orderBy(sql`lower(${partners.name})`)
}

/** Whether there is such a partner for the actor. */
export const hasPartner = async (actor: Actor, id: string): Promise<boolean> => (await readPartner(db(), actor, id)).ok

/** One partner, with the steps and sources that name it. */
export async function getPartner(actor: Actor, id: string): Promise<Result<PartnerView>> {
  const found = await readPartner(db(), actor, id)
  if (!found.ok) return found
  const connected = (await connectionsOf(db(), [id])).get(id) ?? []
  return ok({ ...summarise(found.value, connected), uses: await usesOf(db(), found.value, connected) })
}
