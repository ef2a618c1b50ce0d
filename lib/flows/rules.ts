import {
  type AccountCaps,
  type BuyerStep,
  capOwner,
  type DestinationConfig,
  type FlowDocument,
  isPinged,
  placedBuyers,
  type StepTarget,
} from '../engine/index'
import { onThisInstallation } from './sandbox'
import { type SetupState, type StepState, setupWords } from './schema'
import { type PartnerLink, viewPartner } from './step-partners'

/** What stands behind an invited step: its invitation, the connection and destination that came of it, and the seller's record of the buyer. */
export type StepLink = {
  invitation?: { id: string; email: string; status: 'pending' | 'accepted' | 'declined' | 'revoked'; expiresAt: Date }
  connection?: {
    id: string
    status: 'active' | 'paused' | 'revoked'
    pausedBy: 'seller' | 'buyer' | null
    buyerAccountId: string
    buyerName: string
    caps: AccountCaps | null
    sellerTimeZone: string
    buyerTimeZone: string
  }
  destination?: {
    id: string
    name: string
    integration: 'webhook' | 'email' | 'sandbox'
    status: 'draft' | 'tested' | 'live' | 'disabled'
    wasTested: boolean
    config: DestinationConfig
    caps: AccountCaps | null
  }
  partner?: PartnerLink
}

export type InviteStepOf = BuyerStep & { connection: Extract<BuyerStep['connection'], { method: 'invite' }> }

export const isInviteStep = (step: FlowDocument['steps'][number] | BuyerStep): step is InviteStepOf =>
  step.type === 'buyer' && step.connection.method === 'invite'

/** Every buyer step of a document, those within distributions too. */
export const buyerSteps = (document: FlowDocument): BuyerStep[] => placedBuyers(document).map(({ step }) => step)

/** Every endpoint that a document's owner configures by hand, with its place and its step. */
export function placedEndpoints(document: FlowDocument) {
  const inner = document.steps.flatMap((step, index) =>
    step.type === 'lookup' ? [{ endpoint: step.endpoint, path: `steps.${index}.endpoint`, stepId: step.id }] : [],
  )
  const ofBuyers = placedBuyers(document).flatMap(({ step: { connection, ping, id }, path }) => [
    ...(connection.method === 'manual'
      ? [{ endpoint: connection.endpoint, path: `${path}.connection.endpoint`, stepId: id }]
      : []),
    ...(ping ? [{ endpoint: ping.endpoint, path: `${path}.ping.endpoint`, stepId: id }] : []),
  ])
  return [...inner, ...ofBuyers]
}

function invitationState(invitation: StepLink['invitation'], nowMs: number): SetupState {
  if (!invitation) return 'not_invited'
  if (invitation.status === 'declined') return 'invitation_declined'
  if (invitation.status === 'revoked') return 'invitation_revoked'
  return invitation.expiresAt.getTime() <= nowMs ? 'invitation_expired' : 'waiting_for_acceptance'
}

type DestinationStanding = Pick<NonNullable<StepLink['destination']>, 'status' | 'wasTested'>
type ConnectionStanding = Pick<NonNullable<StepLink['connection']>, 'status' | 'pausedBy'>
type Standing = Pick<StepLink, 'invitation'> & { connection?: ConnectionStanding; destination?: DestinationStanding }

function destinationState(destination: DestinationStanding | undefined): SetupState {
  if (!destination) return 'setting_up'
  if (destination.status === 'live') return 'ready'
  if (destination.status === 'disabled') return 'destination_disabled'
  return destination.wasTested ? 'testing' : 'setting_up'
}

/** How far the way to an invited buyer is. */
export function setupOf(link: Standing | undefined, nowMs: number): SetupState {
  const connection = link?.connection
  if (!connection) return invitationState(link?.invitation, nowMs)
  if (connection.status === 'revoked') return 'revoked'
  if (connection.status === 'paused') return connection.pausedBy === 'buyer' ? 'paused_by_buyer' : 'paused_by_seller'
  return destinationState(link.destination)
}

const blockedWords: Partial<Record<SetupState, string>> = {
  paused_by_buyer: 'Paused by the buyer',
  paused_by_seller: 'Paused by the seller',
  revoked: 'Disconnected',
  destination_disabled: 'Destination is disabled',
}

/** Why a step can't deliver in this state, as a lead's trace says it; `undefined` when it can. */
const blockedBy = (setup: SetupState): string | undefined =>
  setup === 'ready' ? undefined : (blockedWords[setup] ?? 'Waiting for the buyer')

/** The seller's caps on the connection, and the buyer's on the destination behind it. */
function capsOf({ connection, destination }: StepLink): Pick<StepTarget, 'caps'> {
  if (!connection) return {}
  const ofConnection = connection.caps && {
    ...{ caps: connection.caps, timeZone: connection.sellerTimeZone },
    ...{ of: 'connection' as const, owner: capOwner.connection(connection.id) },
  }
  const ofDestination = destination?.caps && {
    ...{ caps: destination.caps, timeZone: connection.buyerTimeZone, accountId: connection.buyerAccountId },
    ...{ of: 'destination' as const, owner: capOwner.destination(destination.id) },
  }
  const caps = [ofConnection, ofDestination].filter((one) => !!one)
  return caps.length > 0 ? { caps } : {}
}

function inviteTarget(step: InviteStepOf, active: boolean, link: StepLink | undefined, nowMs: number): StepTarget {
  const blocked = blockedBy(setupOf(link, nowMs))
  const { connection, destination } = link ?? {}
  return {
    active,
    recipient: connection?.buyerName ?? step.name,
    sharedFields: step.connection.shared_fields,
    ...(blocked && { blocked }),
    ...(connection && { connectionId: connection.id, buyerAccountId: connection.buyerAccountId }),
    ...(link && capsOf(link)),
    ...(destination && {
      destinationId: destination.id,
      destinationName: destination.name,
      ...wayTo(destination),
    }),
  }
}

/** Leads come by mail or by request, never by both: a destination's endpoint is not used where it has addresses. */
const wayTo = (destination: NonNullable<StepLink['destination']>): Pick<StepTarget, 'config' | 'email'> => {
  const { email } = destination.config
  return destination.integration === 'email' && email ? { email } : { config: reachable(destination) }
}

/** The sandbox lives at this installation's own address, which may have moved since the destination was saved. */
const reachable = ({ integration, config }: NonNullable<StepLink['destination']>): DestinationConfig =>
  integration === 'sandbox' ? { ...config, endpoint: onThisInstallation(config.endpoint) } : config

/** Where a buyer step delivers. A manual step carries its own configuration, under the seller's credentials. */
export function targetOf(
  step: BuyerStep,
  switched: boolean | undefined,
  link: StepLink | undefined,
  nowMs: number,
): StepTarget {
  const active = switched ?? step.rules.active
  if (isInviteStep(step)) return inviteTarget(step, active, link, nowMs)
  if (step.connection.method === 'email') return { active, recipient: step.name, email: step.connection.email }
  if (step.connection.method !== 'manual') throw new Error(`step ${step.id} has no known way to connect`)
  const { endpoint, request, response } = step.connection
  return { active, recipient: step.name, config: { endpoint, request, response, required_fields: [] } }
}

/** The same for a page. */
export function stateOf(
  step: BuyerStep,
  target: StepTarget,
  { link, partner }: { link: StepLink | undefined; partner: PartnerLink | undefined },
  { fields, nowMs }: { fields: FlowDocument['fields']; nowMs: number },
): StepState {
  const typeOf = (name: string) => fields.find((field) => field.name === name)?.type
  const setup = isInviteStep(step) ? setupOf(link, nowMs) : 'ready'
  return {
    stepId: step.id,
    name: step.name,
    method: step.connection.method,
    active: target.active,
    recipient: target.recipient,
    setup,
    setupWords: setupWords[setup],
    ...(target.blocked && { blocked: target.blocked }),
    ...(target.sharedFields && { sharedFields: target.sharedFields, pinged: isPinged(step, target, typeOf) }),
    ...(target.connectionId && { connectionId: target.connectionId }),
    ...(partner && { partner: viewPartner(partner) }),
    ...(link?.invitation && { invitationId: link.invitation.id, invitedEmail: link.invitation.email }),
  }
}
