import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { BusinessHours } from '../../lib/engine/index'
import { bytes, createdAt, id, moment } from './columns'

/** A company. `config_version` grows with every change that could alter where its leads go. */
export const accounts = pgTable('accounts', {
  id: id(),
  name: text('name').notNull(),
  plan: text('plan', { enum: ['full', 'partner'] }).notNull(),
  timeZone: text('time_zone').notNull().default('UTC'),
  /** When its people are there: for failover members that are asked in business hours only. */
  businessHours: jsonb('business_hours').$type<BusinessHours>(),
  currency: text('currency').notNull().default('USD'),
  isOperator: boolean('is_operator').notNull().default(false),
  configVersion: bigint('config_version', { mode: 'number' }).notNull().default(1),
  createdAt: createdAt(),
})

export const users = pgTable(
  'users',
  {
    id: id(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    passwordHash: text('password_hash').notNull(),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex('users_email').on(sql`lower(${table.email})`)],
)

export const members = pgTable(
  'members',
  {
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    role: text('role', { enum: ['owner', 'admin', 'member', 'viewer'] }).notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.userId] }), index('members_user').on(table.userId)],
)

/** A signed-in browser. next-auth's JWT carries only `id`; ending the row ends the session. */
export const sessions = pgTable(
  'sessions',
  {
    id: id(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    userAgent: text('user_agent').notNull().default(''),
    ip: text('ip').notNull().default(''),
    createdAt: createdAt(),
    lastSeenAt: moment('last_seen_at').notNull().defaultNow(),
    expiresAt: moment('expires_at').notNull(),
    endedAt: moment('ended_at'),
  },
  (table) => [index('sessions_user').on(table.userId)],
)

export const apiKeys = pgTable(
  'api_keys',
  {
    id: id(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    name: text('name').notNull(),
    prefix: text('prefix').notNull(),
    hash: bytes('hash').notNull(),
    scopes: text('scopes').array().notNull().default(sql`'{}'`),
    lastUsedAt: moment('last_used_at'),
    revokedAt: moment('revoked_at'),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex('api_keys_hash').on(table.hash), index('api_keys_account').on(table.accountId)],
)

/** Fixed windows for sign-in, sign-up, invitation and reset: `key` names what is counted, never in clear for an email. */
export const rateWindows = pgTable(
  'rate_windows',
  { key: text('key').notNull(), windowStart: moment('window_start').notNull(), used: integer('used').notNull() },
  (table) => [primaryKey({ columns: [table.key, table.windowStart] })],
)
