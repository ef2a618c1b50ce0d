import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { touchSession, whatAccountMayDo } from '../accounts/index'
import type { Actor } from '../actor'
import { sessionIdOfRequest } from './session-id'

/** The person signed in, and who they act as now. */
export type CurrentUser = { id: string; name: string; email: string; sessionId: string; actor: Actor }

/** Who is signed in, asked of the database once a request; `undefined` for a visitor. */
export const currentUser = cache(async (): Promise<CurrentUser | undefined> => {
  const sessionId = await sessionIdOfRequest()
  const actor = sessionId ? await touchSession(sessionId) : undefined
  if (!sessionId || !actor?.userId) return undefined
  return { id: actor.userId, name: actor.userName ?? '', email: actor.userEmail ?? '', sessionId, actor }
})

/** The actor of a page for whoever is signed in; a visitor goes to sign in and comes back. */
export async function requireActor(): Promise<Actor> {
  const user = await currentUser()
  if (user) return user.actor
  const path = (await headers()).get('x-baton-path')
  return redirect(path ? `/sign-in?next=${encodeURIComponent(path)}` : '/sign-in')
}

/** The actor of a page of the seller portal; an account without flows goes to its own portal. */
export async function requireSeller(): Promise<Actor> {
  const actor = await requireActor()
  return whatAccountMayDo(actor).sells ? actor : redirect('/buyer')
}

/** The actor of a page of the buyer portal. */
export async function requireBuyer(): Promise<Actor> {
  const actor = await requireActor()
  return whatAccountMayDo(actor).buys ? actor : redirect('/seller')
}
