import { json, pgTable, uuid } from 'drizzle-orm/pg-core'
import type { MailTemplate } from '../../lib/engine/index'
import { accounts } from './accounts'
import { moment } from './columns'

/** What an account's lead mails say where their steps don't. Without a row, Baton's own words. */
export const mailTemplates = pgTable('mail_templates', {
  accountId: uuid('account_id')
    .primaryKey()
    .references(() => accounts.id),
  template: json('template').$type<MailTemplate>().notNull(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
})
