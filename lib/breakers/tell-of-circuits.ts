import { and, asc, eq, inArray, isNotNull } from 'drizzle-orm'
import { db, type Tx } from '../../db/client'
import { accounts, breakers, connections, destinations, flows, members, users } from '../../db/schema/index'
import { momentWords, placedBuyers, zoneWords } from '../engine/index'
import { env } from '../env'
import { dbNow } from './known'
import { partsOfTarget } from './target'

/** Sellers of one destination that are written to. */
const mostSellers = 100

/** An account to write to, and what the target is called there. */
type Side = { accountId: string; what: string; link: string; isOwner: boolean }

async function sidesOf(tx: Tx, accountId: string, target: string): Promise<Side[]> {
  const parts = partsOfTarget(target)
  if (!parts) return []
  return 'flowId' in parts ? ofStep(tx, accountId, parts) : ofDestination(tx, accountId, parts.destinationId)
}

async function ofStep(tx: Tx, accountId: string, { flowId, stepId }: { flowId: string; stepId: string }) {
  const [flow] = await tx
    .select({ draft: flows.draft })
    .from(flows)
    .where(and(eq(flows.id, flowId), eq(flows.accountId, accountId)))
  if (!flow) return []
  const step = placedBuyers(flow.draft).find((placed) => placed.step.id === stepId)?.step
  const link = `/seller/flows/${flowId}?${new URLSearchParams({ at: `step:${stepId}` })}`
  return [{ accountId, what: step?.name ?? stepId, link, isOwner: true }]
}

async function ofDestination(tx: Tx, accountId: string, destinationId: string): Promise<Side[]> {
  const [found] = await tx
    .select({ name: destinations.name, buyer: accounts.name })
    .from(destinations)
    .innerJoin(accounts, eq(accounts.id, destinations.accountId))
    .where(and(eq(destinations.id, destinationId), eq(destinations.accountId, accountId)))
  if (!found) return []
  const sellers = await tx
    .select({ id: connections.id, accountId: connections.sellerAccountId })
    .from(connections)
    .where(and(eq(connections.destinationId, destinationId), eq(connections.status, 'active')))
    .orderBy(asc(connections.id))
    .limit(mostSellers)
  const own = { accountId, what: found.name, link: `/buyer/destinations/${destinationId}`, isOwner: true }
  return [
    own,
    ...sellers.map((seller) => ({
      accountId: seller.accountId,
      what: found.buyer,
      link: `/seller/connections/${seller.id}`,
      isOwner: false,
    })),
  ]
}

/** Whom to write to: of the target's own account all who may mend it, of a seller's its owners. */
const peopleOf = (tx: Tx, { accountId, isOwner }: Side) =>
  tx
    .select({ email: users.email, timeZone: accounts.timeZone })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .innerJoin(accounts, eq(accounts.id, members.accountId))
    .where(and(eq(members.accountId, accountId), inArray(members.role, isOwner ? ['owner', 'admin'] : ['owner'])))

type Told = Pick<typeof breakers.$inferSelect, 'state' | 'toTell'> & { nowMs: number }

async function write(tx: Tx, side: Side, { state, toTell, nowMs }: Told): Promise<void> {
  // Only here: whoever takes leads does not load what mails are made of.
  const { circuitMail, queueMail } = await import('../notify/index')
  const { door, lastFailure } = state
  for (const { email, timeZone } of await peopleOf(tx, side)) {
    const nextTry = door.state === 'closed' ? nowMs : door.until
    const mail = await circuitMail({
      what: side.what,
      isOpen: toTell === 'opened',
      failures: door.state === 'closed' ? 0 : door.failures,
      nextTry: `${momentWords(nextTry, nowMs, timeZone)} ${zoneWords(timeZone)} time`,
      lastFailure,
      isOwner: side.isOwner,
      link: `${env().baseUrl}${side.link}`,
    })
    await queueMail(tx, { ...mail, to: email, accountId: side.accountId })
  }
}

async function tellOfOne(tx: Tx): Promise<boolean> {
  const [row] = await tx
    .select({
      accountId: breakers.accountId,
      target: breakers.target,
      state: breakers.state,
      toTell: breakers.toTell,
      nowMs: dbNow,
    })
    .from(breakers)
    .where(isNotNull(breakers.toTell))
    .orderBy(asc(breakers.changedAt))
    .limit(1)
    .for('update', { skipLocked: true })
  if (!row) return false
  for (const side of await sidesOf(tx, row.accountId, row.target)) await write(tx, side, row)
  await tx
    .update(breakers)
    .set({ toTell: null })
    .where(and(eq(breakers.accountId, row.accountId), eq(breakers.target, row.target)))
  return true
}

/**
 * Writes to the people of both sides which circuits opened and closed since the last time. Any number of workers may call
 * it at once: each change is told by one. @returns how many changes were told.
 */
export async function tellOfCircuits(): Promise<number> {
  let told = 0
  while (await db().transaction(tellOfOne)) told++
  return told
}
