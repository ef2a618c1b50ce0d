import { z } from 'zod'

/** Checked for being an address when the document is checked: half-typed work is kept. */
const Addresses = z.array(z.string().trim().max(254)).max(20, 'Use at most 20 addresses.')

/** Templates of a mail that carries a lead. What is left out comes from the account's default, then from Baton's. */
export const MailTemplate = z.strictObject({
  /** An address, or a template that makes one (`{{lead.email}}`). */
  reply_to: z.string().trim().max(300).optional(),
  subject: z.string().max(500).optional(),
  html: z.string().max(100_000, 'Use at most 100,000 characters.').optional(),
  text: z.string().max(50_000, 'Use at most 50,000 characters.').optional(),
})
export type MailTemplate = z.infer<typeof MailTemplate>

/** A lead as a mail: to whom, and what it says. */
export const EmailSpec = z.strictObject({
  to: Addresses,
  cc: Addresses.optional(),
  ...MailTemplate.shape,
  /** The lead's fields as a CSV file beside the text. */
  attach_csv: z.boolean().optional(),
})
export type EmailSpec = z.infer<typeof EmailSpec>
