import { eq } from 'drizzle-orm'
import { db } from '../../db/client'
import { accounts } from '../../db/schema/accounts'
import type { Actor } from '../actor'
import type { AccountInput } from './schema'

/** The actor's account as `updateAccount` takes it: its name, and the IANA zone in which its days begin. */
export async function ownAccount(actor: Actor): Promise<AccountInput> {
  const [account] = await db()
    .select({ name: accounts.name, timeZone: accounts.timeZone })
    .from(accounts)
    .where(eq(accounts.id, actor.accountId))
  return account ?? { name: actor.accountName, timeZone: 'UTC' }
}
