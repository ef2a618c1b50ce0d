import { sql } from 'drizzle-orm'
import type { Executor } from '../../db/client'
import { type MailAttachment, outboxMails } from '../../db/schema/records'
import { now } from '../clock'
import { uuidv7 } from '../ids'

/** A rendered mail; `kind` names its template. */
export type Mail = {
  kind: 'invitation' | 'connection_accepted' | 'setup_finished' | 'circuit' | 'lead'
  subject: string
  html: string
  text: string
  replyTo?: string
  headers?: Record<string, string>
  attachment?: MailAttachment
}

/** A mail with whom it goes to: one address, or several with a comma and a space between them. */
export type AddressedMail = Mail & { to: string; cc?: string }

/**
 * Writes a mail in the transaction that causes it, so that it is sent if and only if that commits. A worker sends it;
 * `baton_mail` wakes it at the commit. `accountId` is the account on whose behalf it goes out.
 */
export async function queueMail(
  tx: Executor,
  mail: Mail & { to: string; accountId?: string },
): Promise<{ id: string }> {
  const id = uuidv7()
  await tx.insert(outboxMails).values({
    id,
    accountId: mail.accountId ?? null,
    kind: mail.kind,
    to: mail.to,
    replyTo: mail.replyTo ?? null,
    subject: mail.subject,
    html: mail.html,
    text: mail.text,
    dueAt: new Date(now()),
  })
  await tx.execute(sql`select pg_notify('baton_mail', '')`)
  return { id }
}
