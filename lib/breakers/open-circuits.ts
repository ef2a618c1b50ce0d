import { and, eq, inArray, like, sql } from 'drizzle-orm'
import { db } from '../../db/client'
import { accounts, breakers, connections, destinations, flows } from '../../db/schema/index'
import type { Actor } from '../actor'
import { type Breaker, breakerWords, placedBuyers } from '../engine/index'
import { dbNow } from './known'
import { timeZoneOf } from './queries'
import type { OpenCircuit } from './schema'
import { partsOfTarget } from './target'

type Found = { state: Breaker; nowMs: number; name: string; href: string }

const own = (actor: Actor, kind: 'step' | 'destination') =>
  and(eq(breakers.accountId, actor.accountId), eq(breakers.watched, true), like(breakers.target, `${kind}:%`))

/** The actor's own steps that are configured by hand. */
async function openSteps(actor: Actor): Promise<Found[]> {
  const rows = await db()
    .select({ target: breakers.target, state: breakers.state, nowMs: dbNow })
    .from(breakers)
    .where(own(actor, 'step'))
  const placed = rows.flatMap((row) => {
    const parts = partsOfTarget(row.target)
    return parts && 'flowId' in parts ? [{ ...row, ...parts }] : []
  })
  if (placed.length === 0) return []
  const drafts = await db()
    .select({ id: flows.id, draft: flows.draft })
    .from(flows)
    .where(
      and(
        eq(flows.accountId, actor.accountId),
        inArray(
          flows.id,
          placed.map(({ flowId }) => flowId),
        ),
      ),
    )
  return placed.flatMap(({ flowId, stepId, ...row }) => {
    const flow = drafts.find(({ id }) => id === flowId)
    const step = flow && placedBuyers(flow.draft).find((one) => one.step.id === stepId)?.step
    const href = `/seller/flows/${flowId}?${new URLSearchParams({ at: `step:${stepId}` })}`
    return step ? [{ ...row, name: step.name, href }] : []
  })
}

/** Destinations of buyers that the actor's leads go to. */
async function openConnections(actor: Actor): Promise<Found[]> {
  const rows = await db()
    .select({ id: connections.id, name: accounts.name, state: breakers.state, nowMs: dbNow })
    .from(connections)
    .innerJoin(
      breakers,
      and(
        eq(breakers.accountId, connections.buyerAccountId),
        eq(breakers.target, sql`'destination:' || ${connections.destinationId}::text`),
        eq(breakers.watched, true),
      ),
    )
    .innerJoin(accounts, eq(accounts.id, connections.buyerAccountId))
    .where(and(eq(connections.sellerAccountId, actor.accountId), eq(connections.status, 'active')))
  return rows.map(({ id, ...row }) => ({ ...row, href: `/seller/connections/${id}` }))
}

async function openDestinations(actor: Actor): Promise<Found[]> {
  const rows = await db()
    .select({ id: destinations.id, name: destinations.name, state: breakers.state, nowMs: dbNow })
    .from(breakers)
    .innerJoin(
      destinations,
      and(
        eq(destinations.accountId, breakers.accountId),
        eq(breakers.target, sql`'destination:' || ${destinations.id}::text`),
      ),
    )
    .where(own(actor, 'destination'))
  return rows.map(({ id, ...row }) => ({ ...row, href: `/buyer/destinations/${id}` }))
}

/** Whoever gets no leads now, as its circuit is open: buyers of the actor's, or the actor's own destinations. */
export async function listOpenCircuits(actor: Actor, side: 'seller' | 'buyer'): Promise<OpenCircuit[]> {
  const asked = side === 'buyer' ? [openDestinations(actor)] : [openSteps(actor), openConnections(actor)]
  const found = (await Promise.all(asked)).flat()
  if (found.length === 0) return []
  const timeZone = await timeZoneOf(db(), actor.accountId)
  return found.flatMap(({ state, nowMs, name, href }) => {
    const words = breakerWords(state, nowMs, timeZone)
    return words === undefined ? [] : [{ name, words, href }]
  })
}
