import { boolean, index, integer, json, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { FlowDocument, SourceSettings } from '../../lib/engine/index'
import { accounts, users } from './accounts'
import { bytes, createdAt, id, moment } from './columns'

/** `draft` is what the editor shows; `live_version` names the row of `flow_versions` that takes leads. */
export const flows = pgTable(
  'flows',
  {
    id: id(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    name: text('name').notNull(),
    enabled: boolean('enabled').notNull().default(true),
    timeZone: text('time_zone').notNull().default('UTC'),
    /** `json`, not `jsonb`: the order of a mapping's keys is the order that the buyer is sent. */
    draft: json('draft').$type<FlowDocument>().notNull(),
    draftSavedAt: moment('draft_saved_at').notNull().defaultNow(),
    draftSavedBy: uuid('draft_saved_by').references(() => users.id),
    /** One more with every change of the draft: a save says which it is based on. */
    draftRevision: integer('draft_revision').notNull().default(1),
    liveVersion: integer('live_version'),
    createdAt: createdAt(),
  },
  (table) => [index('flows_account').on(table.accountId, table.id)],
)

export const flowVersions = pgTable(
  'flow_versions',
  {
    flowId: uuid('flow_id')
      .notNull()
      .references(() => flows.id),
    version: integer('version').notNull(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    document: json('document').$type<FlowDocument>().notNull(),
    publishedBy: uuid('published_by').references(() => users.id),
    publishedAt: moment('published_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.flowId, table.version] })],
)

/** What is switched at once, without a new version. A step without a row has the document's `rules.active`. */
export const stepSwitches = pgTable(
  'step_switches',
  {
    flowId: uuid('flow_id')
      .notNull()
      .references(() => flows.id),
    stepId: text('step_id').notNull(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    active: boolean('active').notNull(),
    changedAt: moment('changed_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.flowId, table.stepId] })],
)

export const sources = pgTable(
  'sources',
  {
    id: id(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    flowId: uuid('flow_id')
      .notNull()
      .references(() => flows.id),
    name: text('name').notNull(),
    kind: text('kind', { enum: ['direct', 'account'] })
      .notNull()
      .default('direct'),
    connectionId: uuid('connection_id'),
    enabled: boolean('enabled').notNull().default(true),
    authenticationRequired: boolean('authentication_required').notNull().default(false),
    keyHash: bytes('key_hash'),
    keyLastFour: text('key_last_four'),
    /** The reference of the secret that signs what its webhook is told; there while it has one. */
    webhookSecret: text('webhook_secret'),
    settings: jsonb('settings').$type<SourceSettings>().notNull(),
    createdAt: createdAt(),
  },
  (table) => [index('sources_flow').on(table.flowId), uniqueIndex('sources_flow_name').on(table.flowId, table.name)],
)
