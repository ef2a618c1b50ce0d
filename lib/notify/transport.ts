/** A mail on its way out. `id` is the same on every try, so that a provider can tell a second one. */
type OutgoingMail = {
  id: string
  kind: string
  to: string
  replyTo?: string
  subject: string
  html: string
  text: string
  sentAt: number
}

/** A way out of the house. `send` throws what went wrong; it gives up by itself within `sendTimeoutMs`. */
export type Transport = { name: 'resend' | 'smtp' | 'outbox'; send: (mail: OutgoingMail) => Promise<void> }
