import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import { connections } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { mayConfigure } from '../access'
import { touchConfig } from '../accounts/index'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import { conflict, forbidden } from '../errors'
import { parseInput } from '../input'
import { lockPartner } from '../partners/index'
import { isSoldTo } from '../partners/schema'
import { err, ok, type Result } from '../result'
import { lockConnection, sideOf } from './own-connection'
import { SetConnectionPartnerInput } from './schema'

/** Only somebody whom the actor sells to can be the buyer of its connection. Locked until the transaction ends. */
async function isBuyer(tx: Tx, actor: Actor, partnerId: string): Promise<Result<true>> {
  const partner = await lockPartner(tx, actor, partnerId)
  if (!partner.ok) return partner
  const { name, type } = partner.value
  if (isSoldTo(type)) return ok(true)
  const message = `${name} is an introducer, whom you buy from. Make it both first.`
  return err(conflict(message, [{ path: 'partnerId', message }]))
}

/**
 * Says which of the seller's partners the buyer of a connection is: its limits and schedule count from the next lead on.
 * `null`: none. The buyer is not told.
 */
export async function setConnectionPartner(
  actor: Actor,
  input: unknown,
  tx?: Tx,
): Promise<Result<{ id: string; partnerId: string | null }>> {
  const allowed = mayConfigure(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(SetConnectionPartnerInput, input)
  if (!parsed.ok) return parsed
  const { id, partnerId } = parsed.value
  return transact(async (run) => {
    const found = await lockConnection(run, actor, id)
    if (!found.ok) return found
    const connection = found.value
    if (sideOf(actor, connection) !== 'seller')
      return err(forbidden('The seller’s record of its buyer is the seller’s.'))
    const fits = partnerId === null ? ok(true as const) : await isBuyer(run, actor, partnerId)
    if (!fits.ok) return fits
    if (connection.partnerId === partnerId) return ok({ id, partnerId })
    await touchConfig(run, [actor.accountId])
    await run.update(connections).set({ partnerId, updatedAt: new Date() }).where(eq(connections.id, id))
    await recordAudit(run, actor, {
      action: 'connection.partner',
      subjectKind: 'connection',
      subjectId: id,
      before: { partnerId: connection.partnerId },
      after: { partnerId },
    })
    return ok({ id, partnerId })
  }, tx)
}
