import { and, eq, inArray } from 'drizzle-orm'
import type { Executor } from '../../db/client'
import { accounts, partners } from '../../db/schema/index'
import { type AccountCaps, type BusinessHours, capOwner, type StepTarget } from '../engine/index'
import { isUuid } from '../ids'
import type { StepPartner } from './schema'

/** A partner as its steps meet it: with what counts over all of them, in its account's zone where it names none. */
export type PartnerLink = StepPartner & {
  type: (typeof partners.$inferSelect)['type']
  caps: AccountCaps | null
  schedule: BusinessHours | null
  timeZone: string
}

/** What of its row a step meets. */
export const partnerColumns = {
  id: partners.id,
  name: partners.name,
  type: partners.type,
  status: partners.status,
  caps: partners.caps,
  schedule: partners.schedule,
}

/** The account's partners with these ids, by id; no query when nobody names one. */
export async function partnersNamed(
  exec: Executor,
  accountId: string,
  named: readonly (string | undefined)[],
): Promise<Map<string, PartnerLink>> {
  const ids = [...new Set(named)].filter((id) => id !== undefined && isUuid(id)) as string[]
  if (ids.length === 0) return new Map()
  const rows = await exec
    .select({ ...partnerColumns, timeZone: accounts.timeZone })
    .from(partners)
    .innerJoin(accounts, eq(accounts.id, partners.accountId))
    .where(and(eq(partners.accountId, accountId), inArray(partners.id, ids)))
  return new Map(rows.map((row) => [row.id, row]))
}

/** The target of a partner's step: its limits and schedule count beside the step's own, and nothing goes to a paused one. */
export function withPartner(target: StepTarget, partner: PartnerLink | undefined): StepTarget {
  if (!partner) return target
  const { id, status, caps, schedule, timeZone } = partner
  const own = caps && { caps, timeZone, of: 'partner' as const, owner: capOwner.partner(id) }
  return {
    ...target,
    ...(status === 'paused' && target.blocked === undefined && { blocked: 'Partner paused' }),
    ...(own && { caps: [own, ...(target.caps ?? [])] }),
    ...(schedule && { partnerHours: { ...schedule, timezone: schedule.timezone || timeZone } }),
  }
}

/** The same for a page. */
export const viewPartner = ({ id, name, status }: PartnerLink): StepPartner => ({ id, name, status })
