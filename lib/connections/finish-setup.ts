import { and, desc, eq, exists, isNull, type SQL } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import { connections, destinations, flows, invitations } from '../../db/schema/index'
import { env } from '../env'
import { queueMail, setupFinishedMail } from '../notify/index'
import { inviterOf, nameOfAccount } from './people'

type Ready = { id: string; sellerAccountId: string; buyerAccountId: string }

async function invitedFlow(tx: Tx, connection: Ready): Promise<{ id: string; name: string } | undefined> {
  const [flow] = await tx
    .select({ id: flows.id, name: flows.name })
    .from(invitations)
    .innerJoin(flows, eq(flows.id, invitations.flowId))
    .where(and(eq(invitations.connectionId, connection.id), eq(invitations.accountId, connection.sellerAccountId)))
    .orderBy(desc(invitations.decidedAt))
    .limit(1)
  return flow
}

async function tellSeller(tx: Tx, connection: Ready): Promise<void> {
  const seller = await inviterOf(tx, connection)
  if (!seller) return
  const flow = await invitedFlow(tx, connection)
  const path = flow ? `/seller/flows/${flow.id}` : `/seller/connections/${connection.id}`
  const buyer = await nameOfAccount(tx, connection.buyerAccountId)
  const mail = await setupFinishedMail({ buyer, flow: flow?.name, link: `${env().baseUrl}${path}` })
  await queueMail(tx, { ...mail, to: seller.email, accountId: connection.sellerAccountId })
}

/**
 * Tells the seller of each of these connections, once ever, that its buyer is ready: connected, with a live
 * destination. One UPDATE decides, so that two changes at once don't both write.
 */
export async function finishSetup(tx: Tx, which: SQL): Promise<void> {
  const live = tx
    .select({ id: destinations.id })
    .from(destinations)
    .where(and(eq(destinations.id, connections.destinationId), eq(destinations.status, 'live')))
  const ready = await tx
    .update(connections)
    .set({ readyNotifiedAt: new Date() })
    .where(and(which, eq(connections.status, 'active'), isNull(connections.readyNotifiedAt), exists(live)))
    .returning({
      id: connections.id,
      sellerAccountId: connections.sellerAccountId,
      buyerAccountId: connections.buyerAccountId,
    })
  for (const connection of ready) await tellSeller(tx, connection)
}

/** The same for every connection that delivers to this destination. */
export const finishSetupOf = (tx: Tx, destinationId: string): Promise<void> =>
  finishSetup(tx, eq(connections.destinationId, destinationId))
