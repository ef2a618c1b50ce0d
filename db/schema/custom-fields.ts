import { pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { FieldType } from '../../lib/engine/index'
import { accounts } from './accounts'
import { createdAt, moment } from './columns'

/** Fields of an account's own, offered in all its flows. A flow that uses one holds name and type itself. */
export const customFields = pgTable(
  'custom_fields',
  {
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    name: text('name').notNull(),
    type: text('type').$type<FieldType>().notNull(),
    label: text('label').notNull(),
    description: text('description').notNull().default(''),
    createdAt: createdAt(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.name] })],
)
