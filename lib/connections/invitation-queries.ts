import { desc, eq } from 'drizzle-orm'
import { db } from '../../db/client'
import { accounts, flows, invitations, users } from '../../db/schema/index'
import type { Actor } from '../actor'
import { now } from '../clock'
import { statusOf } from './rules'
import type { InvitationView, PublicInvitation } from './schema'
import { hashOfToken } from './tokens'
import { viewInvitation } from './views'

/** The invitations that the account has sent, newest first, decided ones too. */
export async function listInvitations(actor: Actor): Promise<InvitationView[]> {
  const rows = await db()
    .select({ invitation: invitations, flowName: flows.name, invitedBy: users.name })
    .from(invitations)
    .leftJoin(flows, eq(flows.id, invitations.flowId))
    .leftJoin(users, eq(users.id, invitations.invitedBy))
    .where(eq(invitations.accountId, actor.accountId))
    .orderBy(desc(invitations.id))
  return rows.map((row) => viewInvitation(row.invitation, row.flowName, row.invitedBy, now()))
}

/** What the holder of a link sees, signed in or not; `undefined` for a void and an unknown token alike. */
export async function findInvitation(token: string): Promise<PublicInvitation | undefined> {
  const [row] = await db()
    .select({ invitation: invitations, seller: accounts.name, flow: flows.name, invitedBy: users.name })
    .from(invitations)
    .innerJoin(accounts, eq(accounts.id, invitations.accountId))
    .leftJoin(flows, eq(flows.id, invitations.flowId))
    .leftJoin(users, eq(users.id, invitations.invitedBy))
    .where(eq(invitations.tokenHash, hashOfToken(token)))
  if (!row) return undefined
  const { invitation, seller, flow, invitedBy } = row
  return {
    seller,
    flow,
    purpose: invitation.purpose,
    message: invitation.message,
    sharedFields: invitation.sharedFields,
    permissions: invitation.permissions,
    invitedBy,
    email: invitation.email,
    expiresAt: invitation.expiresAt.toISOString(),
    status: statusOf(invitation, now()),
  }
}
