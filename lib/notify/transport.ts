import type { MailAttachment } from '../../db/schema/records'

/**
 * A mail on its way out. `id` is the same on every try, so that a provider can tell a second one. `to` and `cc` are
 * addresses with a comma and a space between them.
 */
export type OutgoingMail = {
  id: string
  kind: string
  to: string
  cc?: string
  replyTo?: string
  subject: string
  html: string
  text: string
  headers?: Record<string, string>
  attachment?: MailAttachment
  sentAt: number
}

/** What became of a mail that was taken: addresses that were refused while others were not. */
export type Sent = { refused: string[] }

/** A way out of the house. `send` throws what went wrong; it gives up by itself within `sendTimeoutMs`. */
export type Transport = { name: 'resend' | 'smtp' | 'outbox'; send: (mail: OutgoingMail) => Promise<Sent> }

export const addressList = (text: string): string[] => text.split(', ')
