import { z } from 'zod'
import { AccountCaps } from '../engine/schema'
import { Id, type SetupState } from '../flows/schema'
import type { PartnerName } from '../partners/schema'

/** Purposes that can be invited for. The inviting seller sends leads; the invited buyer receives them. */
export const purposes = ['send_leads'] as const
export type Purpose = (typeof purposes)[number]

/** What the seller lets an invited buyer configure and change by itself. */
export const Permissions = z.strictObject({
  endpoint_url: z.boolean().default(true),
  authentication: z.boolean().default(true),
  field_mappings: z.boolean().default(true),
  test_mode: z.boolean().default(true),
})
export type Permissions = z.infer<typeof Permissions>

export const permissionWords: Record<keyof Permissions, string> = {
  endpoint_url: 'Change the URL',
  authentication: 'Change the authentication',
  field_mappings: 'Change the field mappings',
  test_mode: 'Send test leads',
}

/** The body of `POST /invitations`, in its own names. */
export const InvitationInput = z.strictObject({
  email: z
    .email('Give an email address.')
    .max(254)
    .transform((email) => email.trim()),
  purpose: z.enum(purposes, 'Use send_leads.').default('send_leads'),
  message: z.string().trim().max(2000).default(''),
  flow_id: Id.optional(),
  step_id: z.string().max(64).optional(),
  shared_fields: z.array(z.string().min(1).max(100)).max(500).optional(),
  permissions: Permissions.optional(),
  expires_in_days: z.int().min(1).max(30).default(7),
})
export type InvitationInput = z.input<typeof InvitationInput>

export const ResendInvitationInput = z.strictObject({
  id: Id,
  email: z.email('Give an email address.').max(254).optional(),
})
export const InvitationIdInput = z.strictObject({ id: Id })
export const TokenInput = z.strictObject({ token: z.string().min(1).max(200) })
export const AcceptAsNewAccountInput = z.strictObject({
  token: z.string().min(1).max(200),
  company: z.string().trim().min(1, 'Give the name of your company.').max(120),
  name: z.string().trim().min(1, 'Give your name.').max(120),
  password: z.string().min(1, 'Choose a password.').max(200),
})
export const ConnectionIdInput = z.strictObject({ id: Id })
/** `null` takes all caps away. */
export const SetConnectionCapsInput = z.strictObject({ id: Id, caps: AccountCaps.nullable() })
/** `null`: the connection has no record. */
export const SetConnectionPartnerInput = z.strictObject({ id: Id, partnerId: Id.nullable() })
export const SetDeliveryInput = z.strictObject({ connectionId: Id, destinationId: Id })

export const invitationStatuses = ['pending', 'accepted', 'declined', 'revoked', 'expired'] as const
export type InvitationStatus = (typeof invitationStatuses)[number]

/** An invitation as its sender sees it. Times are ISO 8601, UTC. */
export type InvitationView = {
  id: string
  email: string
  purpose: string
  message: string
  status: InvitationStatus
  flowId: string | null
  flowName: string | null
  stepId: string | null
  sharedFields: string[]
  permissions: Permissions
  expiresAt: string
  sentAt: string
  sentCount: number
  invitedBy: string | null
  connectionId: string | null
  createdAt: string
}

/** What the invited person sees, without signing in. */
export type PublicInvitation = {
  seller: string
  flow: string | null
  purpose: string
  message: string
  sharedFields: string[]
  permissions: Permissions
  invitedBy: string | null
  email: string
  expiresAt: string
  status: InvitationStatus
}

/** Words that stand for what a seller may not see of its buyer. */
export const hidden = { endpoint: 'Configured by buyer', authentication: '**** Hidden ****' } as const

export type ConnectionStatus = 'active' | 'paused' | 'revoked'
/** From the last 30 days of deliveries; `unknown` waits for a decision. `acceptanceRate` is 0 to 1, null without deliveries. */
export type ConnectionStats = {
  days: 30
  delivered: number
  accepted: number
  rejected: number
  errors: number
  unknown: number
  acceptanceRate: number | null
  cents: number
  lastDeliveryHour: string | null
}
/** `failing`: most deliveries of the last hours did not arrive; `degraded`: more than one in twenty. */
export type ConnectionHealth = 'none' | 'healthy' | 'degraded' | 'failing'

type ConnectionCommon = {
  id: string
  status: ConnectionStatus
  pausedBy: 'seller' | 'buyer' | null
  setup: SetupState
  setupWords: string
  sharedFields: string[]
  /** Which of them may be told in a ping, before the buyer buys. */
  pingFields: string[]
  permissions: Permissions
  health: ConnectionHealth
  stats: ConnectionStats
  createdAt: string
}

export type ConnectionStep = {
  flowId: string
  flowName: string
  stepId: string
  stepName: string
  in: 'live' | 'draft'
  active: boolean
}

/** A seller sees that a buyer is ready, and never where or how it receives leads. */
export type SellerConnectionView = ConnectionCommon & {
  side: 'seller'
  partner: { accountId: string; name: string }
  invitedEmail: string | null
  steps: ConnectionStep[]
  /** Its own record of this buyer. */
  partnerRecord: PartnerName | null
  /** Its own, over all flows and steps that use this connection. */
  caps: AccountCaps | null
  endpoint: (typeof hidden)['endpoint']
  authentication: (typeof hidden)['authentication']
}

/** A buyer sees its own destination, and nothing of the seller's sources, costs or other buyers. */
export type BuyerConnectionView = ConnectionCommon & {
  side: 'buyer'
  partner: { accountId: string; name: string }
  flowName: string | null
  message: string
  destination: {
    id: string
    name: string
    integration: string
    status: 'draft' | 'tested' | 'live' | 'disabled'
  } | null
  /** Fixed by the seller's step. */
  delivery: { method: 'POST'; format: 'json'; timeoutSeconds: number }
}

export type ConnectionView = SellerConnectionView | BuyerConnectionView

const page = {
  cursor: z.string().max(100).optional().catch(undefined),
  limit: z.coerce.number().int().min(1).max(200).optional().catch(undefined),
}

/** Filters of the list of connections; a page forgives wrong ones. `side` is the actor's own. */
export const ConnectionFilters = z.object({ side: z.enum(['seller', 'buyer']).optional().catch(undefined), ...page })
export type ConnectionFilters = z.infer<typeof ConnectionFilters>
export type ConnectionPage = { data: ConnectionView[]; nextCursor?: string }

/** Filters of the list of invitations; `open` leaves out those that became a connection. */
export const InvitationFilters = z.object({ open: z.enum(['true', 'false']).optional().catch(undefined), ...page })
export type InvitationFilters = z.infer<typeof InvitationFilters>
export type InvitationPage = { data: InvitationView[]; nextCursor?: string }
