import { and, asc, desc, eq } from 'drizzle-orm'
import { db, type Executor } from '../../db/client'
import { accounts, members, users } from '../../db/schema/accounts'
import type { Actor, Plan, Role } from '../actor'
import { env } from '../env'
import { isUuid } from '../ids'

export type Membership = { accountId: string; name: string; plan: Plan; role: Role }
export type Member = { userId: string; name: string; email: string; role: Role; since: Date }

/** What an actor is made of; `actorOfRow` turns a row of these columns into one. */
export const actorColumns = {
  accountId: accounts.id,
  accountName: accounts.name,
  plan: accounts.plan,
  isOperatorAccount: accounts.isOperator,
  role: members.role,
  userId: users.id,
  userName: users.name,
  userEmail: users.email,
}

type ActorRow = {
  accountId: string
  accountName: string
  plan: Plan
  isOperatorAccount: boolean
  role: Role
  userId: string
  userName: string
  userEmail: string
}

/** Emails that `BATON_OPERATORS` names, in lower case. */
export const operatorEmails = (): string[] =>
  env()
    .BATON_OPERATORS.split(',')
    .map((email) => email.trim().toLowerCase())
    .filter((email) => email !== '')

export function actorOfRow({ isOperatorAccount, ...row }: ActorRow, via: Actor['via']): Actor {
  const isOperator =
    (isOperatorAccount && row.role === 'owner') || operatorEmails().includes(row.userEmail.toLowerCase())
  return { ...row, via, isOperator }
}

/** The accounts a person is a member of, by name. */
export const listMemberships = (userId: string, tx: Executor = db()): Promise<Membership[]> =>
  tx
    .select({ accountId: accounts.id, name: accounts.name, plan: accounts.plan, role: members.role })
    .from(members)
    .innerJoin(accounts, eq(accounts.id, members.accountId))
    .where(eq(members.userId, userId))
    .orderBy(asc(accounts.name), asc(accounts.id))

/** The person as an actor of this account, or `undefined` when they are no member of it. */
export async function loadActor(
  userId: string,
  accountId: string,
  via: Actor['via'] = 'session',
  tx: Executor = db(),
): Promise<Actor | undefined> {
  if (!isUuid(userId) || !isUuid(accountId)) return undefined
  const [row] = await tx
    .select(actorColumns)
    .from(members)
    .innerJoin(accounts, eq(accounts.id, members.accountId))
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.userId, userId), eq(members.accountId, accountId)))
  return row && actorOfRow(row, via)
}

/** Who belongs to the actor's account, longest first. */
export const listMembers = (actor: Actor): Promise<Member[]> =>
  db()
    .select({ userId: users.id, name: users.name, email: users.email, role: members.role, since: members.createdAt })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(eq(members.accountId, actor.accountId))
    .orderBy(asc(members.createdAt), desc(users.id))

/** What the account may do, by which its pages appear: selling needs flows, which plan `full` has; all may buy. */
export const whatAccountMayDo = (actor: Pick<Actor, 'plan'>): { sells: boolean; buys: boolean } => ({
  sells: actor.plan === 'full',
  buys: true,
})
