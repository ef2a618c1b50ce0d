import { z } from 'zod'

/** What a buyer says about a lead it received. `fields` are further ones of the flow's feedback form. */
export const FeedbackInput = z.object({
  type: z.string().default(''),
  reason: z.string().max(500).optional(),
  fields: z.record(z.string(), z.unknown()).default({}),
})
export type FeedbackInput = z.infer<typeof FeedbackInput>

/** How feedback was decided; `status` is the HTTP status (201 decided, 404 unknown event). */
export type FeedbackDecision = { outcome: 'success' | 'failure' | 'error'; reason?: string; status: 201 | 404 }
