import { sql } from 'drizzle-orm'
import {
  bigint,
  bigserial,
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { LeadKey } from '../../lib/engine/index'
import { bytes, createdAt, moment } from './columns'

/** A process that owns runs. While `lease_until` lies ahead nobody else may touch them. */
export const runOwners = pgTable('run_owners', {
  id: uuid('id').primaryKey(),
  role: text('role').notNull(),
  startedAt: moment('started_at').notNull().defaultNow(),
  leaseUntil: moment('lease_until').notNull(),
})

/**
 * A lead under way: made by commit 1, settled by commit 2, deleted when its source has the answer. `body_hash` lets a
 * resubmission of an unfinished or never answered run join it; the sweep clears it after ten minutes.
 */
export const runs = pgTable(
  'runs',
  {
    leadId: uuid('lead_id').primaryKey(),
    accountId: uuid('account_id').notNull(),
    sourceId: uuid('source_id').notNull(),
    owner: uuid('owner').notNull(),
    bodyHash: bytes('body_hash'),
    state: text('state'),
    settledAt: moment('settled_at'),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex('runs_body').on(table.sourceId, table.bodyHash)],
)

export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    accountId: uuid('account_id').notNull(),
    sourceId: uuid('source_id').notNull(),
    key: text('key').notNull(),
    bodyHash: bytes('body_hash').notNull(),
    leadId: uuid('lead_id').notNull(),
    answer: text('answer'),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.sourceId, table.key, table.accountId] }),
    index('idempotency_keys_age').on(table.createdAt),
  ],
)

/**
 * By what a lead is found again: normalised email and phone (search, duplicate windows, erasure), and digests of other
 * fields that its flow checks for duplicates.
 */
export const leadKeys = pgTable(
  'lead_keys',
  {
    accountId: uuid('account_id').notNull(),
    kind: text('kind').$type<LeadKey['kind']>().notNull(),
    value: text('value').notNull(),
    leadId: uuid('lead_id').notNull(),
    /** The order in which leads that a duplicate check compares came to have this key (`lib/runs/lead-keys.ts`). */
    seq: bigserial('seq', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.kind, table.value, table.leadId] })],
)

/**
 * A source whose lead was pending is told the end by its webhook: written in the transaction that ends the lead, and
 * called by a worker until the source has it. What it is told is read from the log then.
 */
export const sourceNotices = pgTable(
  'source_notices',
  {
    id: uuid('id').primaryKey(),
    accountId: uuid('account_id').notNull(),
    sourceId: uuid('source_id').notNull(),
    leadId: uuid('lead_id').notNull(),
    attempts: integer('attempts').notNull().default(0),
    lastError: text('last_error'),
    dueAt: moment('due_at').notNull().defaultNow(),
    sentAt: moment('sent_at'),
    gaveUp: boolean('gave_up').notNull().default(false),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('source_notices_lead').on(table.leadId),
    index('source_notices_waiting').on(table.dueAt).where(sql`${table.sentAt} is null and not ${table.gaveUp}`),
    index('source_notices_age').on(table.createdAt),
  ],
)

/** A decided feedback. An identical repeat (same event, same content) finds its first answer here. */
export const feedbacks = pgTable(
  'feedbacks',
  {
    eventId: uuid('event_id').notNull(),
    contentHash: bytes('content_hash').notNull(),
    accountId: uuid('account_id').notNull(),
    feedbackEventId: uuid('feedback_event_id').notNull(),
    type: text('type').notNull(),
    outcome: text('outcome', { enum: ['success', 'failure', 'error'] }).notNull(),
    reason: text('reason'),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.eventId, table.contentHash] }),
    // A sale is reversed once.
    uniqueIndex('feedbacks_one_return')
      .on(table.eventId)
      .where(sql`${table.type} = 'return' and ${table.outcome} = 'success'`),
  ],
)

/**
 * Counts by the hour, written in commit 2 and summed over `slot` (process mod 16) when read. `latency_bucket` is
 * ceil(log2(milliseconds)), 0 to 15; `cents` is the money of those leads (paid to a source, earned from a buyer).
 */
export const rollups = pgTable(
  'rollups',
  {
    accountId: uuid('account_id').notNull(),
    hour: moment('hour').notNull(),
    subject: text('subject', { enum: ['flow', 'source', 'step', 'connection', 'bought'] }).notNull(),
    subjectId: text('subject_id').notNull(),
    outcome: text('outcome').notNull(),
    latencyBucket: smallint('latency_bucket').notNull(),
    slot: smallint('slot').notNull(),
    count: integer('count').notNull(),
    cents: bigint('cents', { mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({
      columns: [
        table.accountId,
        table.hour,
        table.subject,
        table.subjectId,
        table.outcome,
        table.latencyBucket,
        table.slot,
      ],
    }),
  ],
)
