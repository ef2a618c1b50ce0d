import { and, desc, eq, lt, ne } from 'drizzle-orm'
import { db } from '../../db/client'
import { accounts, flows, invitations, users } from '../../db/schema/index'
import type { Actor } from '../actor'
import { now } from '../clock'
import { isUuid } from '../ids'
import { statusOf } from './rules'
import type { InvitationFilters, InvitationPage, PublicInvitation } from './schema'
import { hashOfToken } from './tokens'
import { viewInvitation } from './views'

const pageSize = 50

/** The invitations that the account has sent, newest first, by keyset; decided ones too, unless only `open` ones are wanted. */
export async function pageInvitations(actor: Actor, filters: InvitationFilters = {}): Promise<InvitationPage> {
  const { open, cursor, limit = pageSize } = filters
  const rows = await db()
    .select({ invitation: invitations, flowName: flows.name, invitedBy: users.name })
    .from(invitations)
    .leftJoin(flows, eq(flows.id, invitations.flowId))
    .leftJoin(users, eq(users.id, invitations.invitedBy))
    .where(
      and(
        eq(invitations.accountId, actor.accountId),
        open === 'true' ? ne(invitations.status, 'accepted') : undefined,
        cursor && isUuid(cursor) ? lt(invitations.id, cursor) : undefined,
      ),
    )
    .orderBy(desc(invitations.id))
    .limit(limit + 1)
  const data = rows.slice(0, limit).map((row) => viewInvitation(row.invitation, row.flowName, row.invitedBy, now()))
  const last = data.at(-1)
  return { data, ...(rows.length > limit && last && { nextCursor: last.id }) }
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
