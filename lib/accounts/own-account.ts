import { eq } from 'drizzle-orm'
import { db } from '../../db/client'
import { accounts } from '../../db/schema/accounts'
import type { Actor } from '../actor'
import type { AccountSettings } from './schema'

export const settings = {
  name: accounts.name,
  timeZone: accounts.timeZone,
  businessHours: accounts.businessHours,
}

/** The actor's account: its name, the IANA zone in which its days begin, and when its people are there. */
export async function ownAccount(actor: Actor): Promise<AccountSettings> {
  const [account] = await db().select(settings).from(accounts).where(eq(accounts.id, actor.accountId))
  return account ?? { name: actor.accountName, timeZone: 'UTC', businessHours: null }
}
