import { eq } from 'drizzle-orm'
import { db } from '../../db/client'
import { accounts } from '../../db/schema/index'
import type { Actor } from '../actor'
import { capOwner } from '../engine/index'
import { sharedCapUses } from '../flows/index'
import type { CapUse } from '../flows/schema'
import { ok, type Result } from '../result'
import { readPartner } from './own-partner'
import type { PartnerSummary } from './schema'

type Capped = Pick<PartnerSummary, 'id' | 'name' | 'caps'>

/** What is taken now from each limit of these partners of the actor, in their order. @param now Unix milliseconds. */
export async function partnerCapUses(actor: Actor, partners: readonly Capped[], now: number): Promise<CapUse[]> {
  const { accountId } = actor
  const [account] = await db().select({ zone: accounts.timeZone }).from(accounts).where(eq(accounts.id, accountId))
  const timeZone = account?.zone ?? 'UTC'
  const owners = partners.map(({ id, name, caps }) => {
    return { of: 'partner' as const, id, name, caps, owner: capOwner.partner(id), accountId, timeZone }
  })
  return sharedCapUses(owners, now)
}

/** The same of one; somebody else's is not found. */
export async function partnerCapUse(actor: Actor, id: string, now: number): Promise<Result<CapUse[]>> {
  const found = await readPartner(db(), actor, id)
  return found.ok ? ok(await partnerCapUses(actor, [found.value], now)) : found
}
