import { z } from 'zod'
import type { Problem, RecordedMail, RecordedRequest, RecordedResponse, StepResult, TraceEntry } from '../engine/index'

/**
 * A test lead for a flow's draft, or for one step of it. `lead` is nested as in a submission; a dry run sends nothing.
 */
export const TestRunInput = z.object({
  flowId: z.uuid(),
  stepId: z.string().min(1).max(64).optional(),
  lead: z.record(z.string(), z.unknown()).default({}),
  dryRun: z.boolean().default(false),
})
export type TestRunInput = z.input<typeof TestRunInput>

export type TestStep = {
  id: string
  name: string
  type: StepResult['type']
  outcome: string
  reason?: string
  durationMs: number
  trace: TraceEntry[]
  recipient?: string
  eventId?: string
  request?: RecordedRequest
  response?: RecordedResponse
  mails?: RecordedMail[]
  /** The buyer set this up: the seller sees that it was sent, not what. */
  configuredByBuyer?: boolean
}

/** What a test lead met on its way. A dry run takes every buyer for accepting, and has no `leadId`. */
export type TestRun = {
  leadId?: string
  outcome: 'success' | 'failure' | 'error'
  status?: 'pending'
  reason?: string
  priceCents: number
  revenueCents: number
  trace: TraceEntry[]
  steps: TestStep[]
  problems: Problem[]
}
