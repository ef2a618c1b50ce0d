import { eq } from 'drizzle-orm'
import { db } from '../../db/client'
import { accounts } from '../../db/schema/index'
import type { Actor } from '../actor'
import { capOwner } from '../engine/index'
import { sharedCapUse } from '../flows/index'
import type { CapUse } from '../flows/schema'
import { ok, type Result } from '../result'
import { readDestination } from './own-destination'

/** What is taken from each of the buyer's caps on its destination now. @param now Unix milliseconds. */
export async function destinationCapUse(actor: Actor, id: string, now: number): Promise<Result<CapUse[]>> {
  const found = await readDestination(db(), actor, id)
  if (!found.ok) return found
  const { name, caps, accountId } = found.value
  const [account] = await db().select({ zone: accounts.timeZone }).from(accounts).where(eq(accounts.id, accountId))
  const owner = capOwner.destination(found.value.id)
  const timeZone = account?.zone ?? 'UTC'
  return ok(await sharedCapUse({ of: 'destination', id: found.value.id, name, caps, owner, accountId, timeZone }, now))
}
