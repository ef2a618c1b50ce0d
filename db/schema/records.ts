import { sql } from 'drizzle-orm'
import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
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
  (table) => [
    index('audit_account').on(table.accountId, table.id),
    index('audit_subject').on(table.accountId, table.subjectId, table.id),
  ],
)

/** A text that goes out beside a mail, as a file. */
export type MailAttachment = { filename: string; contentType: string; content: string }

/** Mail to be sent, written in the transaction that causes it; a worker sends each row once. */
export const outboxMails = pgTable(
  'outbox_mails',
  {
    id: id(),
    accountId: uuid('account_id').references(() => accounts.id),
    kind: text('kind').notNull(),
    /** The delivery that a mail carries: one mail for each delivery and list of addresses, whatever is repeated. */
    eventId: uuid('event_id'),
    /** One address, or several with a comma and a space between them; `cc` too. */
    to: text('to').notNull(),
    cc: text('cc'),
    replyTo: text('reply_to'),
    subject: text('subject').notNull(),
    html: text('html').notNull(),
    text: text('text').notNull(),
    headers: jsonb('headers').$type<Record<string, string>>(),
    attachment: jsonb('attachment').$type<MailAttachment>(),
    attempts: integer('attempts').notNull().default(0),
    lastError: text('last_error'),
    dueAt: moment('due_at').notNull().defaultNow(),
    sentAt: moment('sent_at'),
    gaveUp: boolean('gave_up').notNull().default(false),
    createdAt: createdAt(),
  },
  (table) => [
    // Only what is still to be sent: what was sent stays, and would be read through on every look.
    index('outbox_mails_waiting').on(table.dueAt).where(sql`${table.sentAt} is null and not ${table.gaveUp}`),
    uniqueIndex('outbox_mails_event').on(table.eventId, table.to).where(sql`${table.eventId} is not null`),
  ],
)
