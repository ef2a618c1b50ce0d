import type { Actor, Plan, Role } from '../../lib/actor'
import { uuidv7 } from '../../lib/ids'
import { db } from '../client'
import { accounts, members, users } from '../schema/index'

export type Someone = {
  actor: Actor
  user: { id: string; email: string; name: string }
  account: { id: string; name: string; plan: Plan }
}

let made = 0

/** A person without an account. The password opens nothing: tests of signing in use `signUp`. */
export async function aUser(given: { email?: string; name?: string } = {}): Promise<Someone['user']> {
  const number = ++made
  const user = {
    id: uuidv7(),
    email: given.email ?? `person-${number}@example.com`,
    name: given.name ?? `Person ${number}`,
  }
  await db()
    .insert(users)
    .values({ ...user, passwordHash: 'none' })
  return user
}

async function anAccount(plan: Plan, given: { name?: string; email?: string; role?: Role }): Promise<Someone> {
  const user = await aUser(given.email === undefined ? {} : { email: given.email })
  const account = { id: uuidv7(), name: given.name ?? `${plan === 'full' ? 'Seller' : 'Buyer'} ${made}`, plan }
  const role = given.role ?? 'owner'
  await db().insert(accounts).values(account)
  await db().insert(members).values({ accountId: account.id, userId: user.id, role })
  const actor: Actor = {
    accountId: account.id,
    accountName: account.name,
    plan,
    role,
    userId: user.id,
    userName: user.name,
    userEmail: user.email,
    via: 'session',
  }
  return { actor, user, account }
}

/** A company with everything, and its owner. */
export const aSeller = (given: { name?: string; email?: string; role?: Role } = {}) => anAccount('full', given)

/** A company that came by invitation, and its owner. */
export const aBuyer = (given: { name?: string; email?: string; role?: Role } = {}) => anAccount('partner', given)
