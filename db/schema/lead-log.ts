import { bigint, boolean, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { moment } from './columns'

/*
 * The lead log. Its three tables are partitioned by month of their id (a UUIDv7), which Drizzle can't say: the SQL is
 * in db/migrations by hand, and drizzle.config.ts does not name this file.
 */

export type LeadStatus = 'processing' | 'pending' | 'final'
export type LeadData = Record<string, unknown>

/** One row per side: the seller's has everything, a buyer's only what was sent to it. */
export const leads = pgTable(
  'leads',
  {
    id: uuid('id').notNull(),
    accountId: uuid('account_id').notNull(),
    side: text('side', { enum: ['seller', 'buyer'] }).notNull(),
    flowId: uuid('flow_id'),
    flowVersion: integer('flow_version'),
    sourceId: uuid('source_id'),
    connectionId: uuid('connection_id'),
    isTest: boolean('is_test').notNull(),
    status: text('status').$type<LeadStatus>().notNull(),
    outcome: text('outcome', { enum: ['success', 'failure', 'error'] }),
    reason: text('reason'),
    data: jsonb('data').$type<LeadData>().notNull(),
    submission: jsonb('submission').$type<LeadData>(),
    priceCents: bigint('price_cents', { mode: 'number' }).notNull().default(0),
    revenueCents: bigint('revenue_cents', { mode: 'number' }).notNull().default(0),
    receivedAt: moment('received_at').notNull(),
    completedAt: moment('completed_at'),
  },
  (table) => [primaryKey({ columns: [table.id, table.accountId] })],
)

/** One thing that happened to a lead, once per side that may see it, under the same id. */
export const events = pgTable(
  'events',
  {
    id: uuid('id').notNull(),
    accountId: uuid('account_id').notNull(),
    leadId: uuid('lead_id').notNull(),
    type: text('type', {
      enum: [
        'source',
        'filter',
        'mapping',
        'lookup',
        'duplicate_check',
        'suppression',
        'distribution',
        'ping',
        'queue',
        'delivery',
        'feedback',
      ],
    }).notNull(),
    outcome: text('outcome').notNull(),
    reason: text('reason'),
    isTest: boolean('is_test').notNull(),
    flowId: uuid('flow_id'),
    sourceId: uuid('source_id'),
    stepId: text('step_id'),
    connectionId: uuid('connection_id'),
    destinationId: uuid('destination_id'),
    /** What the event is about, by name: source, filter or buyer step. */
    name: text('name').notNull(),
    /** Who received the lead, on deliveries. */
    recipient: text('recipient'),
    startedAt: moment('started_at').notNull(),
    durationMs: integer('duration_ms').notNull(),
    priceCents: bigint('price_cents', { mode: 'number' }),
    statusCode: integer('status_code'),
    buyerLeadId: text('buyer_lead_id'),
    /** Feedback points at the delivery it is about. */
    aboutEventId: uuid('about_event_id'),
    detail: jsonb('detail').$type<Record<string, unknown>>(),
  },
  (table) => [primaryKey({ columns: [table.id, table.accountId] })],
)

/** Request and answer of a delivery, credentials redacted, each capped at 64 KiB; apart, so that lists stay small. */
export const eventPayloads = pgTable(
  'event_payloads',
  {
    id: uuid('id').notNull(),
    accountId: uuid('account_id').notNull(),
    request: text('request'),
    response: text('response'),
  },
  (table) => [primaryKey({ columns: [table.id, table.accountId] })],
)
