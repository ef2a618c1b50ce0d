import { sql } from 'drizzle-orm'
import { jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { AccountCaps, BusinessHours } from '../../lib/engine/index'
import { accounts } from './accounts'
import { createdAt, id, moment } from './columns'

/** An account's record of a counterparty: an introducer it buys from, a partner it sells to, or both. */
export const partners = pgTable(
  'partners',
  {
    id: id(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    name: text('name').notNull(),
    type: text('type', { enum: ['introducer', 'partner', 'both'] }).notNull(),
    status: text('status', { enum: ['active', 'paused'] })
      .notNull()
      .default('active'),
    contactName: text('contact_name').notNull().default(''),
    /** Where it is notified. */
    email: text('email').notNull().default(''),
    phone: text('phone').notNull().default(''),
    /** Where calls are put through to. */
    transferPhone: text('transfer_phone').notNull().default(''),
    notes: text('notes').notNull().default(''),
    /** At the most so many leads are delivered to it, over all flows, steps and connections. */
    caps: jsonb('caps').$type<AccountCaps>(),
    /** When leads are delivered to it. */
    schedule: jsonb('schedule').$type<BusinessHours>(),
    createdAt: createdAt(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [uniqueIndex('partners_account_name').on(table.accountId, sql`lower(${table.name})`)],
)
