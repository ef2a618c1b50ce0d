import { boolean, index, integer, json, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { AccountCaps, DestinationConfig, DestinationTest } from '../../lib/engine/index'
import { accounts, users } from './accounts'
import { bytes, createdAt, id, moment } from './columns'
import { flows } from './flows'
import { partners } from './partners'

/** What an invited buyer may do with its side of the connection. */
export type InvitationPermissions = {
  endpoint_url: boolean
  authentication: boolean
  field_mappings: boolean
  test_mode: boolean
}

/** A mailed request to connect. Only the SHA-256 of the token is kept; accepting, declining and revoking are one UPDATE. */
export const invitations = pgTable(
  'invitations',
  {
    id: id(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    email: text('email').notNull(),
    purpose: text('purpose', {
      enum: ['send_leads', 'receive_leads', 'domain_visibility', 'confirm_domain', 'share_reports'],
    }).notNull(),
    message: text('message').notNull().default(''),
    flowId: uuid('flow_id').references(() => flows.id),
    stepId: text('step_id'),
    sharedFields: text('shared_fields').array().notNull(),
    permissions: jsonb('permissions').$type<InvitationPermissions>().notNull(),
    tokenHash: bytes('token_hash').notNull(),
    status: text('status', { enum: ['pending', 'accepted', 'declined', 'revoked'] })
      .notNull()
      .default('pending'),
    expiresAt: moment('expires_at').notNull(),
    sentAt: moment('sent_at').notNull().defaultNow(),
    sentCount: integer('sent_count').notNull().default(1),
    invitedBy: uuid('invited_by').references(() => users.id),
    decidedAt: moment('decided_at'),
    connectionId: uuid('connection_id'),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('invitations_token').on(table.tokenHash),
    index('invitations_account').on(table.accountId, table.id),
  ],
)

/** A buyer's named place where leads are delivered. `config` holds references to secrets, never their values. */
export const destinations = pgTable(
  'destinations',
  {
    id: id(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    name: text('name').notNull(),
    description: text('description').notNull().default(''),
    integration: text('integration', { enum: ['webhook', 'email', 'sandbox'] }).notNull(),
    config: json('config').$type<DestinationConfig>().notNull(),
    status: text('status', { enum: ['draft', 'tested', 'live', 'disabled'] })
      .notNull()
      .default('draft'),
    /** At the most so many leads, whoever they come from. */
    caps: jsonb('caps').$type<AccountCaps>(),
    insecureConfirmed: boolean('insecure_confirmed').notNull().default(false),
    lastTest: jsonb('last_test').$type<DestinationTest>(),
    testedAt: moment('tested_at'),
    acknowledgedAt: moment('acknowledged_at'),
    createdAt: createdAt(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
    deletedAt: moment('deleted_at'),
  },
  (table) => [uniqueIndex('destinations_name').on(table.accountId, table.name)],
)

/**
 * The accepted relationship of a seller and a buyer: one per pair. Ready when it is active and its destination is live;
 * which steps deliver through it stands in the seller's flow documents.
 */
export const connections = pgTable(
  'connections',
  {
    id: id(),
    sellerAccountId: uuid('seller_account_id')
      .notNull()
      .references(() => accounts.id),
    buyerAccountId: uuid('buyer_account_id')
      .notNull()
      .references(() => accounts.id),
    status: text('status', { enum: ['active', 'paused', 'revoked'] })
      .notNull()
      .default('active'),
    pausedBy: text('paused_by', { enum: ['seller', 'buyer'] }),
    destinationId: uuid('destination_id').references(() => destinations.id),
    permissions: jsonb('permissions').$type<InvitationPermissions>().notNull(),
    /** The seller's record of this buyer. */
    partnerId: uuid('partner_id').references(() => partners.id),
    /** The seller's: at the most so many leads, whichever of its flows they come from. */
    caps: jsonb('caps').$type<AccountCaps>(),
    readyNotifiedAt: moment('ready_notified_at'),
    createdAt: createdAt(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('connections_pair').on(table.sellerAccountId, table.buyerAccountId),
    index('connections_buyer').on(table.buyerAccountId),
    index('connections_partner').on(table.partnerId),
  ],
)
