import { index, integer, json, jsonb, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core'
import type { BacktestTotals, FlowDocument, LeadEnding } from '../../lib/engine/index'
import { accounts, users } from './accounts'
import { createdAt, id, moment } from './columns'
import { flows } from './flows'

/** A flow's document tried on leads that came in before, or on a file's. Nothing of it is delivered or counted. */
export const backtests = pgTable(
  'backtests',
  {
    id: id(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    flowId: uuid('flow_id')
      .notNull()
      .references(() => flows.id),
    /** The published version that is tried; null for the draft as it was when this was asked for. */
    version: integer('version'),
    document: json('document').$type<FlowDocument>().notNull(),
    /** What to run on and what to assume: `BacktestAsked` of lib/backtests, without a file's text. */
    asked: jsonb('asked').$type<Record<string, unknown>>().notNull(),
    /** The file's text, sealed, until the run is over: it may hold what is masked elsewhere. */
    sealedFile: text('sealed_file'),
    status: text('status', { enum: ['waiting', 'running', 'done', 'cancelled', 'failed'] })
      .notNull()
      .default('waiting'),
    problem: text('problem'),
    total: integer('total').notNull().default(0),
    done: integer('done').notNull().default(0),
    totals: jsonb('totals').$type<BacktestTotals>(),
    /** While a worker has it; after that another may take it and begin anew. */
    leasedUntil: moment('leased_until'),
    /** How often a worker has taken it: only the last may write, so that one thought dead can't. */
    takes: integer('takes').notNull().default(0),
    createdBy: uuid('created_by').references(() => users.id),
    createdAt: createdAt(),
    startedAt: moment('started_at'),
    endedAt: moment('ended_at'),
  },
  (table) => [
    index('backtests_flow').on(table.accountId, table.flowId, table.id),
    index('backtests_status').on(table.status),
  ],
)

/** One lead of a backtest. `rank` puts the differences first; a lead of the log is named, never copied. */
export const backtestLeads = pgTable(
  'backtest_leads',
  {
    backtestId: uuid('backtest_id')
      .notNull()
      .references(() => backtests.id, { onDelete: 'cascade' }),
    rank: smallint('rank').notNull(),
    /** The row of the file, or the place in the order of the log, from 1. */
    position: integer('position').notNull(),
    leadId: uuid('lead_id'),
    before: jsonb('before').$type<LeadEnding>(),
    after: jsonb('after').$type<LeadEnding>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.backtestId, table.rank, table.position] })],
)
