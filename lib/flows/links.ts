import { and, desc, eq, inArray, or } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Executor } from '../../db/client'
import { accounts, connections, destinations, invitations, partners } from '../../db/schema/index'
import type { FlowDocument } from '../engine/index'
import { isUuid } from '../ids'
import { buyerSteps, type InviteStepOf, isInviteStep, type StepLink } from './rules'
import { partnerColumns } from './step-partners'

type Owner = { id: string; accountId: string }
/** An invited step with the flow that it stands in. */
export type Placed = { flow: Owner; step: InviteStepOf }

type InvitationRow = NonNullable<StepLink['invitation']> & {
  accountId: string
  flowId: string | null
  stepId: string | null
  connectionId: string | null
}

const defined = (ids: (string | null | undefined)[]): string[] => ids.filter((id): id is string => !!id && isUuid(id))

async function invitationsOf(exec: Executor, placed: Placed[]): Promise<InvitationRow[]> {
  const named = defined(placed.map(({ step }) => step.connection.invitation_id))
  return exec
    .select({
      id: invitations.id,
      accountId: invitations.accountId,
      email: invitations.email,
      status: invitations.status,
      expiresAt: invitations.expiresAt,
      flowId: invitations.flowId,
      stepId: invitations.stepId,
      connectionId: invitations.connectionId,
    })
    .from(invitations)
    .where(
      and(
        inArray(invitations.accountId, [...new Set(placed.map(({ flow }) => flow.accountId))]),
        or(
          named.length ? inArray(invitations.id, named) : undefined,
          inArray(invitations.flowId, [...new Set(placed.map(({ flow }) => flow.id))]),
        ),
      ),
    )
    .orderBy(desc(invitations.id))
}

const buyers = alias(accounts, 'buyers')
const sellers = alias(accounts, 'sellers')

type ConnectionLink = { sellerAccountId: string; link: Pick<StepLink, 'connection' | 'destination' | 'partner'> }

async function connectionsOf(exec: Executor, ids: string[]): Promise<Map<string, ConnectionLink>> {
  if (!ids.length) return new Map()
  const rows = await exec
    .select({
      sellerAccountId: connections.sellerAccountId,
      connection: {
        id: connections.id,
        status: connections.status,
        pausedBy: connections.pausedBy,
        buyerAccountId: connections.buyerAccountId,
        buyerName: buyers.name,
        caps: connections.caps,
        sellerTimeZone: sellers.timeZone,
        buyerTimeZone: buyers.timeZone,
      },
      destination: {
        id: destinations.id,
        name: destinations.name,
        integration: destinations.integration,
        status: destinations.status,
        testedAt: destinations.testedAt,
        config: destinations.config,
        caps: destinations.caps,
      },
      partner: partnerColumns,
    })
    .from(connections)
    .innerJoin(buyers, eq(buyers.id, connections.buyerAccountId))
    .innerJoin(sellers, eq(sellers.id, connections.sellerAccountId))
    .leftJoin(destinations, eq(destinations.id, connections.destinationId))
    .leftJoin(partners, eq(partners.id, connections.partnerId))
    .where(inArray(connections.id, ids))
  return new Map(
    rows.map(({ sellerAccountId, connection, destination, partner }) => {
      const own = partner && { partner: { ...partner, timeZone: connection.sellerTimeZone } }
      if (!destination) return [connection.id, { sellerAccountId, link: { connection, ...own } }]
      const { testedAt, ...rest } = destination
      const to = { ...rest, wasTested: testedAt !== null }
      return [connection.id, { sellerAccountId, link: { connection, destination: to, ...own } }]
    }),
  )
}

/**
 * A step without a named invitation has the last one that was sent for it: a version that was published before the
 * invitation, or a draft that was saved again without its id, still finds its buyer.
 */
function invitationFor({ flow, step }: Placed, rows: InvitationRow[]): InvitationRow | undefined {
  const own = rows.filter((row) => row.accountId === flow.accountId)
  const named = own.find((row) => row.id === step.connection.invitation_id)
  if (named) return named
  const sent = own.filter((row) => row.flowId === flow.id && row.stepId === step.id)
  return sent.find((row) => row.status === 'pending' || row.status === 'accepted') ?? sent[0]
}

/** What stands behind each of these steps, in their order; two queries for all of them. */
export async function linksOfSteps(exec: Executor, placed: Placed[]): Promise<StepLink[]> {
  if (!placed.length) return []
  const rows = await invitationsOf(exec, placed)
  const pairs = placed.map((place) => {
    const invitation = invitationFor(place, rows)
    return { place, invitation, connectionId: place.step.connection.connection_id ?? invitation?.connectionId }
  })
  const found = await connectionsOf(exec, defined(pairs.map((pair) => pair.connectionId)))
  return pairs.map(({ place, invitation, connectionId }) => {
    const connection = found.get(connectionId ?? '')
    const link = connection?.sellerAccountId === place.flow.accountId ? connection.link : {}
    return invitation ? { ...link, invitation } : link
  })
}

/** The same for one document, by step id; no query when no step is invited. */
export async function linksOf(exec: Executor, flow: Owner, document: FlowDocument): Promise<Map<string, StepLink>> {
  const steps = buyerSteps(document).filter(isInviteStep)
  const links = await linksOfSteps(
    exec,
    steps.map((step) => ({ flow, step })),
  )
  return new Map(steps.map((step, index) => [step.id, links[index] ?? {}]))
}
