import { and, eq, inArray } from 'drizzle-orm'
import { db } from '../../db/client'
import { counters } from '../../db/schema/index'
import { type AccountCaps, capsOf, needsOf } from '../engine/index'
import type { CapUse } from './schema'

/** Caps that limit something; else none. */
export const withLimits = (caps: AccountCaps | null): AccountCaps | null =>
  caps && capsOf(caps, caps.timezone ?? 'UTC') ? caps : null

/** Caps of a partner, a connection or a destination: whose counters, and in whose time zone they count where they name none. */
type SharedCapsOwner = Pick<CapUse, 'of' | 'id' | 'name'> & {
  caps: AccountCaps | null
  owner: string
  accountId: string
  timeZone: string
}

const needsOfOwner = ({ caps, owner, timeZone }: SharedCapsOwner, now: number) => {
  const compiled = capsOf(caps ?? undefined, timeZone)
  return compiled ? needsOf(compiled, owner, 0, now) : []
}

/**
 * What is taken from each of these caps of one account in the stretch of time that runs now, in their order.
 * @param now Unix milliseconds.
 */
export async function sharedCapUses(owners: readonly SharedCapsOwner[], now: number): Promise<CapUse[]> {
  const needed = owners.flatMap((owner) => needsOfOwner(owner, now).map((need) => ({ owner, need })))
  const [first] = owners
  if (!first || needed.length === 0) return []
  const keys = needed.map(({ need }) => need.key)
  const rows = await db()
    .select({ key: counters.key, used: counters.used })
    .from(counters)
    .where(and(eq(counters.accountId, first.accountId), inArray(counters.key, keys)))
  const used = new Map(rows.map((row) => [row.key, row.used]))
  return needed.map(({ owner: { of, id, name }, need: { key, unit, period, limit, timeZone, resetsAt } }) => ({
    ...{ of, id, name, unit, period, timeZone, used: used.get(key) ?? 0, limit, draftLimit: limit },
    resetsAt: new Date(resetsAt).toISOString(),
  }))
}

/** The same of one. */
export const sharedCapUse = (owner: SharedCapsOwner, now: number): Promise<CapUse[]> => sharedCapUses([owner], now)
