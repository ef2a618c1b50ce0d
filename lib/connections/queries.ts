import { and, desc, eq, inArray, lt, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db } from '../../db/client'
import { accounts, connections, destinations, flows, invitations, partners } from '../../db/schema/index'
import type { Actor } from '../actor'
import { now } from '../clock'
import { pingFields } from '../engine/index'
import { notFound } from '../errors'
import { listInviteSteps, setupOf } from '../flows/index'
import type { InviteStep } from '../flows/schema'
import { setupWords } from '../flows/schema'
import { isUuid } from '../ids'
import { err, ok, type Result } from '../result'
import { isMine, isOn, sideOf } from './own-connection'
import type {
  BuyerConnectionView,
  ConnectionFilters,
  ConnectionPage,
  ConnectionStep,
  ConnectionView,
  SellerConnectionView,
} from './schema'
import { hidden } from './schema'
import { type Figures, figuresOf, noFigures } from './stats'

const sellers = alias(accounts, 'sellers')
const buyers = alias(accounts, 'buyers')

/** The accounts' other sides are joined in; one row a connection, newest first. */
function readConnections(where: SQL | undefined) {
  return db()
    .select({
      connection: connections,
      seller: { accountId: sellers.id, name: sellers.name },
      buyer: { accountId: buyers.id, name: buyers.name },
      destination: {
        id: destinations.id,
        name: destinations.name,
        integration: destinations.integration,
        status: destinations.status,
        testedAt: destinations.testedAt,
      },
      partnerRecord: { id: partners.id, name: partners.name, type: partners.type, status: partners.status },
    })
    .from(connections)
    .innerJoin(sellers, eq(sellers.id, connections.sellerAccountId))
    .innerJoin(buyers, eq(buyers.id, connections.buyerAccountId))
    .leftJoin(destinations, eq(destinations.id, connections.destinationId))
    .leftJoin(partners, eq(partners.id, connections.partnerId))
    .where(where)
    .orderBy(desc(connections.id))
}

type Row = Awaited<ReturnType<typeof readConnections>>[number]

async function readInvitations(connectionIds: string[]) {
  if (!connectionIds.length) return []
  return db()
    .select({
      connectionId: invitations.connectionId,
      email: invitations.email,
      message: invitations.message,
      sharedFields: invitations.sharedFields,
      flowName: flows.name,
    })
    .from(invitations)
    .leftJoin(flows, eq(flows.id, invitations.flowId))
    .where(inArray(invitations.connectionId, connectionIds))
    .orderBy(desc(invitations.decidedAt))
}

type Invited = Awaited<ReturnType<typeof readInvitations>>[number]
type Context = { steps: InviteStep[]; invited: Invited | undefined; figures: Figures }

/** What passes through a connection is what its steps share; before there is a step, what the invitation promised. */
export function fieldsShared(
  steps: Pick<InviteStep, 'in' | 'sharedFields' | 'pingFields'>[],
  promised: string[],
): { sharedFields: string[]; pingFields: string[] } {
  const live = steps.filter((step) => step.in === 'live')
  const telling = live.length ? live : steps
  if (telling.length === 0) {
    return { sharedFields: promised, pingFields: pingFields({ shared_fields: promised }, () => undefined) }
  }
  return {
    sharedFields: [...new Set(telling.flatMap((step) => step.sharedFields))],
    pingFields: [...new Set(telling.flatMap((step) => step.pingFields))],
  }
}

function common({ connection, destination }: Row, { steps, invited, figures }: Context) {
  const { id, status, pausedBy, permissions, createdAt } = connection
  const setup = setupOf(
    {
      connection: { status, pausedBy },
      ...(destination && { destination: { status: destination.status, wasTested: destination.testedAt !== null } }),
    },
    now(),
  )
  return {
    id,
    status,
    pausedBy,
    setup,
    setupWords: setupWords[setup],
    ...fieldsShared(steps, invited?.sharedFields ?? []),
    permissions,
    ...figures,
    createdAt: createdAt.toISOString(),
  }
}

const viewStep = ({ flowId, flowName, stepId, stepName, in: where, active }: InviteStep): ConnectionStep => ({
  flowId,
  flowName,
  stepId,
  stepName,
  in: where,
  active,
})

const sellerView = (row: Row, context: Context): SellerConnectionView => ({
  ...common(row, context),
  side: 'seller',
  partner: row.buyer,
  invitedEmail: context.invited?.email ?? null,
  steps: context.steps.map(viewStep),
  partnerRecord: row.partnerRecord,
  caps: row.connection.caps,
  ...hidden,
})

function buyerView(row: Row, context: Context): BuyerConnectionView {
  const { destination } = row
  return {
    ...common(row, context),
    side: 'buyer',
    partner: row.seller,
    flowName: context.invited?.flowName ?? null,
    message: context.invited?.message ?? '',
    destination: destination && {
      id: destination.id,
      name: destination.name,
      integration: destination.integration,
      status: destination.status,
    },
    delivery: {
      method: 'POST',
      format: 'json',
      timeoutSeconds: Math.max(...context.steps.map((step) => step.timeoutSeconds), 0) || 30,
    },
  }
}

async function viewAll(actor: Actor, rows: Row[]): Promise<ConnectionView[]> {
  const ids = rows.map((row) => row.connection.id)
  const sellerIds = [...new Set(rows.map((row) => row.seller.accountId))]
  const idsOf = (side: 'seller' | 'buyer') =>
    rows.filter((row) => sideOf(actor, row.connection) === side).map((row) => row.connection.id)
  const [steps, invited, sold, bought] = await Promise.all([
    listInviteSteps(db(), sellerIds),
    readInvitations(ids),
    figuresOf(actor.accountId, 'seller', idsOf('seller')),
    figuresOf(actor.accountId, 'buyer', idsOf('buyer')),
  ])
  return rows.map((row) => {
    const { id } = row.connection
    const context = {
      steps: steps.filter((step) => step.connectionId === id),
      invited: invited.find((invitation) => invitation.connectionId === id),
      figures: sold.get(id) ?? bought.get(id) ?? noFigures,
    }
    return sideOf(actor, row.connection) === 'seller' ? sellerView(row, context) : buyerView(row, context)
  })
}

/** All of the account's connections from either side, for choosing one: newest first, each as its side may see it. */
export async function listConnections(actor: Actor): Promise<ConnectionView[]> {
  return viewAll(actor, await readConnections(isMine(actor)))
}

const pageSize = 50

/** The same a page at a time, by keyset; `side` leaves out those of the other one. */
export async function pageConnections(actor: Actor, filters: ConnectionFilters = {}): Promise<ConnectionPage> {
  const { side, cursor, limit = pageSize } = filters
  const before = cursor && isUuid(cursor) ? lt(connections.id, cursor) : undefined
  const rows = await readConnections(and(side ? isOn(actor, side) : isMine(actor), before)).limit(limit + 1)
  const data = await viewAll(actor, rows.slice(0, limit))
  const last = data.at(-1)
  return { data, ...(rows.length > limit && last && { nextCursor: last.id }) }
}

/** One connection as the actor's side may see it: a seller never where its buyer receives, a buyer never the sources. */
export async function getConnection(actor: Actor, id: string): Promise<Result<ConnectionView>> {
  const [view] = isUuid(id)
    ? await viewAll(actor, await readConnections(and(isMine(actor), eq(connections.id, id))))
    : []
  return view ? ok(view) : err(notFound('Connection'))
}

/** Whether there is such a connection on this side of the actor. */
export async function hasConnection(actor: Actor, side: 'seller' | 'buyer', id: string): Promise<boolean> {
  if (!isUuid(id)) return false
  const own = and(isOn(actor, side), eq(connections.id, id))
  return (await db().select({ id: connections.id }).from(connections).where(own)).length > 0
}

/** The steps of the actor's own flows that deliver through a connection. */
export async function stepsOfConnection(actor: Actor, connectionId: string): Promise<ConnectionStep[]> {
  const steps = await listInviteSteps(db(), [actor.accountId])
  return steps.filter((step) => step.connectionId === connectionId).map(viewStep)
}
