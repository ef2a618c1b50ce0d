import { z } from 'zod'
import type { AnswerExplanation, Problem } from '../engine/index'
import { ResponseSpec } from '../engine/schema'

/** An answer to try: pasted, or one that really came. Longer ones are never read to their end either. */
export const AnswerInput = z.strictObject({
  status: z.int().min(100).max(599).default(200),
  content_type: z.string().max(200).optional(),
  body: z.string().max(262_144).default(''),
})

/** Settings as a step or destination has them, and an answer that they are tried on. */
export const TestAnswerInput = z.strictObject({ response: ResponseSpec, answer: AnswerInput })
export type TestAnswerInput = z.input<typeof TestAnswerInput>

/** How the answer was read, and what is wrong with the settings; paths of both point into the settings. */
export type TestedAnswer = AnswerExplanation & { problems: Problem[] }

/** Whose last answer is looked for: a manual step's of one's own flow, or an own destination's. */
export const LastAnswerInput = z
  .strictObject({
    flow_id: z.uuid().optional(),
    step_id: z.string().min(1).max(64).optional(),
    destination_id: z.uuid().optional(),
  })
  .refine(
    ({ flow_id, step_id, destination_id }) =>
      destination_id === undefined ? flow_id !== undefined && step_id !== undefined : flow_id === undefined,
    { message: 'Give flow_id and step_id, or destination_id.', path: ['step_id'] },
  )
export type LastAnswerInput = z.infer<typeof LastAnswerInput>

/** An answer that came, with credentials and masked values left out, as it is kept. */
export type LastAnswer = {
  status: number
  contentType?: string
  body: string
  at: string
  isTest: boolean
  eventId: string
  truncated?: true
}
