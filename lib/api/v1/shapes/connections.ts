import { z } from '@hono/zod-openapi'
import {
  AcceptAsNewAccountInput,
  ConnectionFilters,
  type ConnectionView,
  InvitationFilters,
  InvitationInput,
  type InvitationView,
  invitationStatuses,
  Permissions,
  type PublicInvitation,
  ResendInvitationInput,
} from '../../../connections/schema'
import { setupStates } from '../../../flows/schema'
import { amountOf } from '../../../money'
import { onWire } from '../wire'
import { AccountCapsShape, AmountShape, named, strictFilters, TimeShape, UuidShape } from './common'
import { PartnerNameShape } from './partners'

const PermissionsShape = named('Permissions', Permissions)

export const NewInvitation = named('NewInvitation', InvitationInput)
export const Resend = named('ResendInvitation', ResendInvitationInput.omit({ id: true }))
/** Without a key all three are needed; the verb says so. With one none is. */
export const AcceptBody = named('AcceptInvitation', AcceptAsNewAccountInput.omit({ token: true }).partial())
export const PartnerChoice = named('PartnerChoice', z.strictObject({ partner_id: z.string().max(100).nullable() }))
export const DeliveryChoice = named('DeliveryChoice', z.strictObject({ destination_id: z.string().max(100) }))

const cursor = z.uuid().optional()
export const ConnectionQuery = strictFilters(ConnectionFilters).extend({ cursor })
export const InvitationQuery = strictFilters(InvitationFilters).extend({ cursor })

export const InvitationShape = named(
  'Invitation',
  z.strictObject({
    id: UuidShape,
    email: z.string(),
    purpose: z.string(),
    message: z.string(),
    status: z.enum(invitationStatuses),
    flow_id: UuidShape.nullable(),
    flow_name: z.string().nullable(),
    step_id: z.string().nullable(),
    shared_fields: z.array(z.string()),
    permissions: PermissionsShape,
    expires_at: TimeShape,
    sent_at: TimeShape,
    sent_count: z.number().int(),
    invited_by: z.string().nullable(),
    connection_id: UuidShape.nullable(),
    created_at: TimeShape,
  }),
)

export const PublicInvitationShape = named(
  'PublicInvitation',
  z.strictObject({
    seller: z.string(),
    flow: z.string().nullable(),
    purpose: z.string(),
    message: z.string(),
    shared_fields: z.array(z.string()),
    permissions: PermissionsShape,
    invited_by: z.string().nullable(),
    email: z.string(),
    expires_at: TimeShape,
    status: z.enum(invitationStatuses),
  }),
)

const Stats = named(
  'ConnectionStats',
  z.strictObject({
    days: z.literal(30),
    delivered: z.number().int(),
    accepted: z.number().int(),
    rejected: z.number().int(),
    errors: z.number().int(),
    unknown: z.number().int(),
    acceptance_rate: z.number().nullable(),
    amount: AmountShape,
    last_delivery_hour: z.string().nullable(),
  }),
)

const common = {
  id: UuidShape,
  status: z.enum(['active', 'paused', 'revoked']),
  paused_by: z.enum(['seller', 'buyer']).nullable(),
  setup: z.enum(setupStates),
  setup_words: z.string(),
  shared_fields: z.array(z.string()),
  ping_fields: z
    .array(z.string())
    .openapi({ description: 'Those of them that may be told in a ping, before the buyer buys.' }),
  permissions: PermissionsShape,
  health: z.enum(['none', 'healthy', 'degraded', 'failing']),
  stats: Stats,
  created_at: TimeShape,
  partner: z.strictObject({ account_id: UuidShape, name: z.string() }),
}

const SellerConnectionShape = named(
  'SellerConnection',
  z.strictObject({
    ...common,
    side: z.literal('seller'),
    invited_email: z.string().nullable(),
    steps: z.array(
      z.strictObject({
        flow_id: UuidShape,
        flow_name: z.string(),
        step_id: z.string(),
        step_name: z.string(),
        in: z.enum(['live', 'draft']),
        active: z.boolean(),
      }),
    ),
    partner_record: PartnerNameShape.nullable(),
    caps: AccountCapsShape.nullable(),
    endpoint: z.literal('Configured by buyer'),
    authentication: z.literal('**** Hidden ****'),
  }),
)

const BuyerConnectionShape = named(
  'BuyerConnection',
  z.strictObject({
    ...common,
    side: z.literal('buyer'),
    flow_name: z.string().nullable(),
    message: z.string(),
    destination: z
      .strictObject({
        id: UuidShape,
        name: z.string(),
        integration: z.string(),
        status: z.enum(['draft', 'tested', 'live', 'disabled']),
      })
      .nullable(),
    delivery: z.strictObject({ method: z.literal('POST'), format: z.literal('json'), timeout_seconds: z.number() }),
  }),
)

/** What one side may see of a connection; the other side's view has other fields. */
export const ConnectionShape = named(
  'Connection',
  z.discriminatedUnion('side', [SellerConnectionShape, BuyerConnectionShape]),
)

export const writeInvitation = (invitation: InvitationView): z.infer<typeof InvitationShape> => onWire(invitation)
export const writePublicInvitation = (invitation: PublicInvitation): z.infer<typeof PublicInvitationShape> =>
  onWire(invitation)

function writeStats({ cents, ...stats }: ConnectionView['stats']): z.infer<typeof Stats> {
  return { ...onWire(stats), amount: amountOf(cents) }
}

export function writeConnection(connection: ConnectionView): z.infer<typeof ConnectionShape> {
  const stats = writeStats(connection.stats)
  const partner = onWire(connection.partner)
  if (connection.side === 'seller')
    return { ...onWire(connection), stats, partner, steps: connection.steps.map((step) => onWire(step)) }
  return { ...onWire(connection), stats, partner, delivery: onWire(connection.delivery) }
}
