import { boolean, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { accounts, users } from './accounts'
import { createdAt, id, moment } from './columns'

/** Who changed what: written in the transaction of the change itself. */
export const auditEntries = pgTable(
  'audit_entries',
  {
    id: id(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    userId: uuid('user_id').references(() => users.id),
    via: text('via', { enum: ['session', 'api-key', 'system'] }).notNull(),
    action: text('action').notNull(),
    subjectKind: text('subject_kind').notNull(),
    subjectId: text('subject_id').notNull(),
    before: jsonb('before'),
    after: jsonb('after'),
    createdAt: createdAt(),
  },
  (table) => [index('audit_account').on(table.accountId, table.id)],
)

/** Mail to be sent, written in the transaction that causes it; a worker sends each row once. */
export const outboxMails = pgTable(
  'outbox_mails',
  {
    id: id(),
    accountId: uuid('account_id').references(() => accounts.id),
    kind: text('kind').notNull(),
    to: text('to').notNull(),
    replyTo: text('reply_to'),
    subject: text('subject').notNull(),
    html: text('html').notNull(),
    text: text('text').notNull(),
    attempts: integer('attempts').notNull().default(0),
    lastError: text('last_error'),
    dueAt: moment('due_at').notNull().defaultNow(),
    sentAt: moment('sent_at'),
    gaveUp: boolean('gave_up').notNull().default(false),
    createdAt: createdAt(),
  },
  (table) => [index('outbox_mails_due').on(table.dueAt)],
)
