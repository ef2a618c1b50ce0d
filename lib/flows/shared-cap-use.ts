import { and, eq, inArray } from 'drizzle-orm'
import { db } from '../../db/client'
import { counters } from '../../db/schema/index'
import { type AccountCaps, capsOf, needsOf } from '../engine/index'
import type { CapUse } from './schema'

/** Caps that limit something; else none. */
export const withLimits = (caps: AccountCaps | null): AccountCaps | null =>
  caps && capsOf(caps, caps.timezone ?? 'UTC') ? caps : null

/** Caps of a connection or a destination: whose counters, and in whose time zone they count where they name none. */
type SharedCapsOwner = Pick<CapUse, 'of' | 'id' | 'name'> & {
  caps: AccountCaps | null
  owner: string
  accountId: string
  timeZone: string
}

/** What is taken from each of these caps in the stretch of time that runs now. @param now Unix milliseconds. */
export async function sharedCapUse({ caps, owner, accountId, timeZone, ...whose }: SharedCapsOwner, now: number) {
  const compiled = capsOf(caps ?? undefined, timeZone)
  const needs = compiled ? needsOf(compiled, owner, 0, now) : []
  if (needs.length === 0) return []
  const keys = needs.map(({ key }) => key)
  const rows = await db()
    .select({ key: counters.key, used: counters.used })
    .from(counters)
    .where(and(eq(counters.accountId, accountId), inArray(counters.key, keys)))
  const used = new Map(rows.map((row) => [row.key, row.used]))
  return needs.map(
    ({ key, unit, period, limit, timeZone: zone, resetsAt }): CapUse => ({
      ...whose,
      ...{ unit, period, timeZone: zone, used: used.get(key) ?? 0, limit, draftLimit: limit },
      resetsAt: new Date(resetsAt).toISOString(),
    }),
  )
}
