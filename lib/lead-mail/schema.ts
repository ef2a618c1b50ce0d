import { z } from 'zod'
import { EmailSpec, Field, MailTemplate } from '../engine/schema'
import type { Problem } from '../engine/types'

/** The account's default as it is edited: every part is there, and a blank one is Baton's own. */
export const SaveMailTemplateInput = MailTemplate
export type SaveMailTemplateInput = z.input<typeof SaveMailTemplateInput>

/**
 * A mail to be shown. `email` is a step's or a destination's; `defaults` is the account's template while it is edited,
 * else the saved one counts. It shows the fields of a draft, those a buyer is shared, or the usual ones, on the sample
 * lead or on one of the account's own.
 */
export const PreviewMailInput = z.strictObject({
  email: EmailSpec,
  defaults: MailTemplate.optional(),
  side: z.enum(['seller', 'buyer']).default('seller'),
  fields: z.array(Field).max(500).optional(),
  sharedFields: z.array(z.string().max(100)).max(500).optional(),
  flowName: z.string().max(120).optional(),
  leadId: z.uuid().optional(),
})
export type PreviewMailInput = z.input<typeof PreviewMailInput>

export type MailPreview = {
  to: string[]
  cc?: string[]
  replyTo?: string
  subject: string
  html: string
  text: string
  /** The text of the attached file. */
  csv?: string
  problems: Problem[]
}

/** What only a mail may refer to, for pickers. */
export const mailVariables = [
  { path: 'fields_table', type: 'string', label: 'All fields as a table', group: 'Mail' },
  { path: 'fields_text', type: 'string', label: 'All fields as lines of text', group: 'Mail' },
]

type WholeTemplate = { reply_to: string; subject: string; html: string; text: string }

/** The account's default template with Baton's own in its gaps. `changed` is false when all of it is Baton's. */
export type MailTemplateView = WholeTemplate & { changed: boolean; builtIn: WholeTemplate; updatedAt: string | null }
