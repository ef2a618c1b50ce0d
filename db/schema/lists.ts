import { sql } from 'drizzle-orm'
import { foreignKey, integer, pgTable, primaryKey, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { FieldType } from '../../lib/engine/index'
import { accounts } from './accounts'
import { createdAt, id, moment } from './columns'

/** An account's named values. `type` says how they are read, `hash` that only their digests are kept. */
export const lists = pgTable(
  'lists',
  {
    id: id(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    name: text('name').notNull(),
    type: text('type').$type<FieldType>().notNull(),
    hash: text('hash', { enum: ['none', 'md5', 'sha1', 'sha256'] })
      .notNull()
      .default('none'),
    size: integer('size').notNull().default(0),
    /** Grows with every change of name or values: what a process holds of the list is of one revision. */
    revision: integer('revision').notNull().default(0),
    createdAt: createdAt(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('lists_account_name').on(table.accountId, sql`lower(${table.name})`),
    unique('lists_account_id').on(table.accountId, table.id),
  ],
)

/** The values of a list in normal form and lower case, or their digests in hex. */
export const listEntries = pgTable(
  'list_entries',
  {
    accountId: uuid('account_id').notNull(),
    listId: uuid('list_id').notNull(),
    value: text('value').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.listId, table.value] }),
    // Of both columns, so that the primary key finds the values of a list that goes.
    foreignKey({
      name: 'list_entries_list',
      columns: [table.accountId, table.listId],
      foreignColumns: [lists.accountId, lists.id],
    }).onDelete('cascade'),
  ],
)
