import { sql } from 'drizzle-orm'
import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { Breaker } from '../../lib/engine/index'
import { moment } from './columns'

/**
 * What was taken from a cap in one stretch of time, and whose turn it is. The stretch is in the key, so nothing is ever
 * reset; `expires_at` is when nobody asks for it any more.
 */
export const counters = pgTable(
  'counters',
  {
    accountId: uuid('account_id').notNull(),
    key: text('key').notNull(),
    used: bigint('used', { mode: 'number' }).notNull().default(0),
    expiresAt: moment('expires_at'),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.key] }), index('counters_expiry').on(table.expiresAt)],
)

/** A contact that reached a buyer which takes nobody twice, and when. */
export const buyerClaims = pgTable(
  'buyer_claims',
  {
    accountId: uuid('account_id').notNull(),
    key: text('key').notNull(),
    leadId: uuid('lead_id').notNull(),
    claimedAt: moment('claimed_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.key] }), index('buyer_claims_age').on(table.claimedAt)],
)

/**
 * A bid that a source was made for a lead that it told a part of. `lead_id` is the lead that it was used for, once;
 * `run` is what the lead's run goes on with: what buyers bid.
 */
export const sourceBids = pgTable(
  'source_bids',
  {
    id: uuid('id').notNull(),
    accountId: uuid('account_id').notNull(),
    sourceId: uuid('source_id').notNull(),
    isTest: boolean('is_test').notNull(),
    priceCents: bigint('price_cents', { mode: 'number' }).notNull(),
    run: text('run').notNull(),
    expiresAt: moment('expires_at').notNull(),
    leadId: uuid('lead_id'),
  },
  (table) => [primaryKey({ columns: [table.id, table.accountId] }), index('source_bids_expiry').on(table.expiresAt)],
)

/**
 * The circuit breaker of a target: a destination (`destination:<id>`) or a manual step (`step:<flow>/<step>`), under the
 * account that owns it. A target that never failed has no row. `watched` rows are those that don't let every lead pass.
 */
export const breakers = pgTable(
  'breakers',
  {
    accountId: uuid('account_id').notNull(),
    target: text('target').notNull(),
    state: jsonb('state').$type<Breaker>().notNull(),
    /** Counts its changes, so that nobody takes an older state for a newer one. */
    revision: bigint('revision', { mode: 'number' }).notNull().default(0),
    watched: boolean('watched').notNull().default(false),
    /** When its door opened or closed last, or somebody held it. */
    changedAt: moment('changed_at').notNull().defaultNow(),
    /** What its people are still to be told, by a worker. */
    toTell: text('to_tell', { enum: ['opened', 'closed'] }),
    /** When they were last told that it is open; `told` while they have not heard of its end. */
    alertedAt: moment('alerted_at'),
    told: boolean('told').notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.target] }),
    index('breakers_watched').on(table.accountId).where(sql`${table.watched}`),
    index('breakers_to_tell').on(table.changedAt).where(sql`${table.toTell} is not null`),
  ],
)

/** A lead that waits for its buyer: out of hours, over a cap, or for the next try. `state` is its run. */
export const heldLeads = pgTable(
  'held_leads',
  {
    leadId: uuid('lead_id').primaryKey(),
    accountId: uuid('account_id').notNull(),
    flowId: uuid('flow_id').notNull(),
    sourceId: uuid('source_id').notNull(),
    stepId: text('step_id').notNull(),
    /** What the step is called, and who receives it. */
    name: text('name'),
    recipient: text('recipient'),
    /** What it waits for. */
    cause: text('cause', { enum: ['hours', 'cap', 'retry', 'breaker', 'batch'] }),
    reason: text('reason').notNull(),
    dueAt: moment('due_at').notNull(),
    heldAt: moment('held_at').notNull().defaultNow(),
    /** A batch that goes out comes first: the lead leaves with it, not by itself. */
    inBatch: boolean('in_batch').notNull().default(false),
    /** What a person wants: out at once, given up, or to another buyer step. It is due at once, then. */
    wish: text('wish', { enum: ['release', 'drop', 'reassign', 'replay'] }),
    wishStepId: text('wish_step_id'),
    /** What the source of a lead that is dropped is told. */
    wishReason: text('wish_reason'),
    state: text('state').notNull(),
  },
  (table) => [index('held_leads_due').on(table.dueAt), index('held_leads_account').on(table.accountId, table.dueAt)],
)

/**
 * A held lead that goes out with others. `batch` is a step's next one, by flow, version and step, which goes at `most`
 * leads or when the first of them is due; or one that failed as a whole, by its id, which goes again when it is due.
 */
export const collectedLeads = pgTable(
  'collected_leads',
  {
    leadId: uuid('lead_id').notNull(),
    batch: text('batch').notNull(),
    most: integer('most'),
    dueAt: moment('due_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.leadId, table.batch] }),
    index('collected_leads_batch').on(table.batch, table.dueAt, table.most),
  ],
)

/** A lead that ended because deliveries failed, or that waited in vain. `state` is its run, ready to be tried again. */
export const deadLetters = pgTable(
  'dead_letters',
  {
    leadId: uuid('lead_id').primaryKey(),
    accountId: uuid('account_id').notNull(),
    flowId: uuid('flow_id').notNull(),
    sourceId: uuid('source_id').notNull(),
    /** The first step that failed, and what those that did are called. */
    stepId: text('step_id').notNull(),
    name: text('name').notNull(),
    cause: text('cause', { enum: ['failed', 'expired'] }).notNull(),
    reason: text('reason').notNull(),
    endedAt: moment('ended_at').notNull().defaultNow(),
    state: text('state').notNull(),
  },
  (table) => [index('dead_letters_account').on(table.accountId, table.endedAt, table.leadId)],
)

/** A lead that has ended with attempts that nobody knows the end of. `state` is its run. */
export const undecidedLeads = pgTable('undecided_leads', {
  leadId: uuid('lead_id').primaryKey(),
  accountId: uuid('account_id').notNull(),
  state: text('state').notNull(),
})

/** One such attempt, by its event: the buyer may have the lead. */
export const undecidedAttempts = pgTable(
  'undecided_attempts',
  {
    eventId: uuid('event_id').primaryKey(),
    leadId: uuid('lead_id').notNull(),
    accountId: uuid('account_id').notNull(),
    flowId: uuid('flow_id').notNull(),
    sourceId: uuid('source_id').notNull(),
    stepId: text('step_id').notNull(),
    name: text('name').notNull(),
    recipient: text('recipient').notNull(),
    reason: text('reason'),
    /** What the buyer pays where it took the lead and named no price. */
    priceCents: bigint('price_cents', { mode: 'number' }).notNull(),
    attemptedAt: moment('attempted_at').notNull(),
  },
  (table) => [
    index('undecided_attempts_account').on(table.accountId, table.attemptedAt, table.eventId),
    index('undecided_attempts_lead').on(table.leadId),
  ],
)
