import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import { connections, destinations, flows, invitations } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { mayConfigure } from '../access'
import { touchConfig } from '../accounts/index'
import type { Actor } from '../actor'
import { env } from '../env'
import { uuidv7 } from '../ids'
import { parseInput } from '../input'
import { connectionAcceptedMail, queueMail } from '../notify/index'
import { partnerOfBuyer } from '../partners/index'
import { ok, type Result } from '../result'
import { auditBoth } from './audit-both'
import { claimInvitation } from './claim-invitation'
import { finishSetup } from './finish-setup'
import { inviterOf, nameOfAccount } from './people'
import { TokenInput } from './schema'
import type { InvitationRow } from './views'

export type Accepted = { connectionId: string }

/**
 * The connection of this pair of accounts: made, or the one they have. One that was ended lives again; one that is
 * paused stays so, since whoever paused it has not said otherwise.
 */
async function connect(tx: Tx, invitation: InvitationRow, buyerAccountId: string) {
  const status = sql`case when ${connections.status} = 'revoked' then 'active' else ${connections.status} end`
  const [row] = await tx
    .insert(connections)
    .values({
      id: uuidv7(),
      sellerAccountId: invitation.accountId,
      buyerAccountId,
      permissions: invitation.permissions,
    })
    .onConflictDoUpdate({
      target: [connections.sellerAccountId, connections.buyerAccountId],
      set: { permissions: invitation.permissions, status, updatedAt: new Date() },
    })
    .returning()
  if (!row) throw new Error('an upsert answered no row')
  return row
}

/** A partner with exactly one live destination means that one; it can't be taken away before this commits. */
async function onlyDestination(tx: Tx, buyer: Actor): Promise<string | undefined> {
  if (buyer.plan !== 'partner') return undefined
  const [only, another] = await tx
    .select({ id: destinations.id })
    .from(destinations)
    .where(
      and(eq(destinations.accountId, buyer.accountId), eq(destinations.status, 'live'), isNull(destinations.deletedAt)),
    )
    .limit(2)
    .for('share')
  return another ? undefined : only?.id
}

/**
 * Whatever changes a connection locks destination, connection, partner and accounts in this order, so that none waits in
 * a circle.
 */
async function lockPair(tx: Tx, sellerAccountId: string, buyerAccountId: string): Promise<void> {
  await tx
    .select({ id: connections.id })
    .from(connections)
    .where(and(eq(connections.sellerAccountId, sellerAccountId), eq(connections.buyerAccountId, buyerAccountId)))
    .for('update')
}

async function tellSeller(tx: Tx, invitation: InvitationRow, connectionId: string, buyerName: string): Promise<void> {
  const seller = await inviterOf(tx, { id: connectionId, sellerAccountId: invitation.accountId })
  if (!seller) return
  const [flow] = invitation.flowId
    ? await tx.select({ name: flows.name }).from(flows).where(eq(flows.id, invitation.flowId))
    : []
  const link = `${env().baseUrl}/seller/connections/${connectionId}`
  const mail = await connectionAcceptedMail({ buyer: buyerName, flow: flow?.name, link })
  await queueMail(tx, { ...mail, to: seller.email, accountId: invitation.accountId })
}

/** Connects the two accounts of an invitation that this transaction has claimed for the actor. */
export async function connectAccounts(tx: Tx, actor: Actor, invitation: InvitationRow): Promise<Accepted> {
  const destinationId = await onlyDestination(tx, actor)
  await lockPair(tx, invitation.accountId, actor.accountId)
  const connection = await connect(tx, invitation, actor.accountId)
  const buyerName = await nameOfAccount(tx, actor.accountId)
  const partnerId =
    connection.partnerId ??
    (await partnerOfBuyer(tx, { sellerAccountId: invitation.accountId, name: buyerName, email: invitation.email }))
  await touchConfig(tx, [invitation.accountId, actor.accountId])
  await tx
    .update(connections)
    .set({ partnerId, destinationId: connection.destinationId ?? destinationId ?? null })
    .where(eq(connections.id, connection.id))
  await tx.update(invitations).set({ connectionId: connection.id }).where(eq(invitations.id, invitation.id))
  await auditBoth(tx, actor, invitation.accountId, {
    action: 'invitation.accept',
    subjectKind: 'connection',
    subjectId: connection.id,
    after: { invitationId: invitation.id, sharedFields: invitation.sharedFields, permissions: invitation.permissions },
  })
  await tellSeller(tx, invitation, connection.id, buyerName)
  await finishSetup(tx, eq(connections.id, connection.id))
  return { connectionId: connection.id }
}

/**
 * Accepts an invitation for the actor's account, of any plan. Once, whoever comes first: a second click, a voided, an
 * expired or an unknown token is refused. An account can't accept its own.
 */
export async function acceptInvitation(actor: Actor, input: unknown, tx?: Tx): Promise<Result<Accepted>> {
  const allowed = mayConfigure(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(TokenInput, input)
  if (!parsed.ok) return parsed
  return transact(async (run) => {
    const claimed = await claimInvitation(run, parsed.value.token, { status: 'accepted', byAccountId: actor.accountId })
    if (!claimed.ok) return claimed
    return ok(await connectAccounts(run, actor, claimed.value))
  }, tx)
}
