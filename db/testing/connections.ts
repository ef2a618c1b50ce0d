import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import { acceptInvitation, createInvitation, setDelivery } from '../../lib/connections/index'
import { DestinationConfig } from '../../lib/engine/schema'
import { uuidv7 } from '../../lib/ids'
import { db } from '../client'
import { destinations, outboxMails } from '../schema/index'
import type { Someone } from './factories'
import { aManualStep } from './flows'
import { must } from './results'

/** A live destination of a buyer whose system has this address. */
export async function aDestination(
  buyer: Someone,
  url: string,
  more: Partial<z.input<typeof DestinationConfig>> = {},
): Promise<string> {
  const { endpoint, request, response } = aManualStep({ url }).connection
  const config = DestinationConfig.parse({ endpoint, request, response, ...more })
  const id = uuidv7()
  await db()
    .insert(destinations)
    .values({ id, accountId: buyer.account.id, name: `Intake ${id}`, integration: 'webhook', config, status: 'live' })
  return id
}

/** A connection of a seller and a buyer that delivers to a destination of the buyer. */
export async function aConnection(seller: Someone, buyer: Someone, destinationId: string): Promise<string> {
  const { id } = must(await createInvitation(seller.actor, { email: buyer.user.email }))
  const mails = await db()
    .select()
    .from(outboxMails)
    .where(eq(outboxMails.to, buyer.user.email))
    .orderBy(outboxMails.id)
  const tokens = mails.flatMap(({ text }) => /\/invite\/([\w-]+)/.exec(text)?.[1] ?? [])
  const { connectionId } = must(await acceptInvitation(buyer.actor, { token: tokens.at(-1) ?? id }))
  must(await setDelivery(buyer.actor, { connectionId, destinationId }))
  return connectionId
}
