import { and, asc, desc, eq } from 'drizzle-orm'
import type { Executor } from '../../db/client'
import { accounts, invitations, members, users } from '../../db/schema/index'
import type { Actor } from '../actor'

export type Person = { name: string; email: string }

/** The first owner of an account: who is written to when nobody in particular is meant. */
export async function ownerOf(exec: Executor, accountId: string): Promise<Person | undefined> {
  const [owner] = await exec
    .select({ name: users.name, email: users.email })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.accountId, accountId), eq(members.role, 'owner')))
    .orderBy(asc(members.createdAt))
    .limit(1)
  return owner
}

/** Who sends an invitation: the person who asks, or the account's owner when the system does. */
export async function senderOf(exec: Executor, actor: Actor): Promise<Person> {
  if (actor.userName && actor.userEmail) return { name: actor.userName, email: actor.userEmail }
  return (await ownerOf(exec, actor.accountId)) ?? { name: actor.accountName, email: '' }
}

/** Whom to tell about a connection: the member who sent its last invitation, while they are one; else the owner. */
export async function inviterOf(
  exec: Executor,
  connection: { id: string; sellerAccountId: string },
): Promise<Person | undefined> {
  const [inviter] = await exec
    .select({ name: users.name, email: users.email })
    .from(invitations)
    .innerJoin(users, eq(users.id, invitations.invitedBy))
    .innerJoin(members, and(eq(members.userId, users.id), eq(members.accountId, invitations.accountId)))
    .where(and(eq(invitations.connectionId, connection.id), eq(invitations.accountId, connection.sellerAccountId)))
    .orderBy(desc(invitations.decidedAt))
    .limit(1)
  return inviter ?? ownerOf(exec, connection.sellerAccountId)
}

export async function nameOfAccount(exec: Executor, accountId: string): Promise<string> {
  const [row] = await exec.select({ name: accounts.name }).from(accounts).where(eq(accounts.id, accountId))
  return row?.name ?? ''
}
