import { eq } from 'drizzle-orm'
import { db } from '../../db/client'
import { accounts } from '../../db/schema/index'
import type { Actor } from '../actor'
import { capOwner } from '../engine/index'
import { forbidden } from '../errors'
import { sharedCapUse } from '../flows/index'
import type { CapUse } from '../flows/schema'
import { err, ok, type Result } from '../result'
import { getConnection } from './queries'

/** What is taken from each of the seller's caps on a connection now. @param now Unix milliseconds. */
export async function connectionCapUse(actor: Actor, id: string, now: number): Promise<Result<CapUse[]>> {
  const found = await getConnection(actor, id)
  if (!found.ok) return found
  const view = found.value
  if (view.side !== 'seller') return err(forbidden('The caps of a connection are the seller’s.'))
  const { accountId } = actor
  const [account] = await db().select({ zone: accounts.timeZone }).from(accounts).where(eq(accounts.id, accountId))
  const whose = { of: 'connection' as const, id: view.id, name: view.partner.name, caps: view.caps }
  const timeZone = account?.zone ?? 'UTC'
  return ok(await sharedCapUse({ ...whose, owner: capOwner.connection(view.id), accountId, timeZone }, now))
}
