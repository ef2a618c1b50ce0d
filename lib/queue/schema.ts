import { z } from 'zod'

const optionalText = z.string().trim().min(1).max(200).optional().catch(undefined)
const limit = z.coerce.number().int().min(1).max(200).optional().catch(undefined)

/** What a lead waits for: its buyer opens, its cap has room, the next try after a failure, its buyer works again, or a batch. */
export const waitCauses = ['hours', 'cap', 'retry', 'breaker', 'batch'] as const
export type WaitCause = (typeof waitCauses)[number]

/** Filters of the queue, as they stand in the URL of the page and of the API. `q` is an email, a phone or a lead id. */
export const QueueFilters = z.object({
  q: optionalText,
  flow_id: z.uuid().optional().catch(undefined),
  source_id: z.uuid().optional().catch(undefined),
  step_id: optionalText,
  cause: z.enum(waitCauses).optional().catch(undefined),
  cursor: optionalText,
  limit,
})
export type QueueFilters = z.infer<typeof QueueFilters>

/** The most leads that one click takes. */
export const mostAtOnce = 200

const LeadIds = z
  .array(z.uuid('Give the ids of leads.'))
  .min(1, 'Choose at least one lead.')
  .max(mostAtOnce, `At most ${mostAtOnce} leads at once.`)
const Reason = z.string().trim().max(200, 'At most 200 characters.')

export const ReleaseInput = z.strictObject({ leadIds: LeadIds })
/** `reason` is what the source is told. */
export const DropInput = z.strictObject({ leadIds: LeadIds, reason: Reason.optional() })
export const ReassignInput = z.strictObject({ leadIds: LeadIds, stepId: z.string().min(1, 'Choose a buyer.').max(64) })

/** What came of a wish for several leads: how many it took, and which were passed over and why. */
export type QueueReport = { done: number; passedOver: { leadId: string; reason: string }[] }

/** Who a lead is, as lists show it. */
type WhoseLead = {
  leadId: string
  /** First and last name, else email, else phone, else empty. */
  label: string
  email?: string
  phone?: string
  isTest: boolean
  flowId: string
  flowName?: string
  sourceId: string
  sourceName?: string
  receivedAt?: string
}

/** A lead that waits: for which buyer step, why, since when and until when. Times are ISO 8601. */
export type QueueItem = WhoseLead & {
  stepId: string
  /** What the step is called, and who receives it. */
  name: string
  recipient?: string
  cause?: WaitCause
  reason: string
  /** How many leads wait for the batch that it goes out with. */
  batchCount?: number
  heldAt: string
  dueAt: string
  /** Somebody has said what becomes of it; it is taken up in a moment. */
  wish?: 'release' | 'drop' | 'reassign' | 'replay'
}
export type QueuePage = { data: QueueItem[]; nextCursor?: string }

/** A buyer step that a waiting lead may be sent to. */
export type QueueBuyer = { stepId: string; name: string }

/** Why a lead was given up: a delivery failed for good, or it waited for seven days. */
export const endCauses = ['failed', 'expired'] as const
export type EndCause = (typeof endCauses)[number]

const Moment = z.iso.datetime({ offset: true, error: 'Give a time like 2026-01-15T00:00:00Z.' })

/** Filters of the leads that were given up; `from` and `to` are about when that was. */
export const DeadLetterFilters = z.object({
  q: optionalText,
  flow_id: z.uuid().optional().catch(undefined),
  source_id: z.uuid().optional().catch(undefined),
  cause: z.enum(endCauses).optional().catch(undefined),
  from: z.iso.datetime({ offset: true }).optional().catch(undefined),
  to: z.iso.datetime({ offset: true }).optional().catch(undefined),
  cursor: optionalText,
  limit,
})
export type DeadLetterFilters = z.infer<typeof DeadLetterFilters>

/** The most leads that one replay of a range sets going. */
export const mostReplayed = 1_000

/** Leads one by one, or all that were given up in a time, of one flow or of all. */
export const ReplayInput = z
  .strictObject({
    leadIds: LeadIds.optional(),
    flowId: z.string().max(100).optional(),
    from: Moment.optional(),
    to: Moment.optional(),
  })
  .refine(({ leadIds, flowId, from, to }) => (leadIds === undefined) === ((flowId ?? from ?? to) !== undefined), {
    path: ['leadIds'],
    message: 'Give lead ids, or a range: a flow, a time, or both.',
  })

/** `left`: there are more in the range; replay once more when these are through. */
export type ReplayReport = QueueReport & { left: boolean }

/** A lead that was given up, with the last reason. */
export type DeadLetter = WhoseLead & {
  stepId: string
  /** What the steps that failed are called. */
  name: string
  cause: EndCause
  reason: string
  endedAt: string
}
export type DeadLetterPage = { data: DeadLetter[]; nextCursor?: string }

/** Filters of the attempts that nobody knows the end of. */
export const UndecidedFilters = z.object({
  q: optionalText,
  flow_id: z.uuid().optional().catch(undefined),
  step_id: optionalText,
  cursor: optionalText,
  limit,
})
export type UndecidedFilters = z.infer<typeof UndecidedFilters>

/** What became of an attempt: the buyer took the lead, at this price in the account's currency, or did not. */
export const DecideInput = z
  .strictObject({
    eventId: z.string().max(100),
    accepted: z.boolean(),
    price: z.number().min(0, 'A price is 0 or more.').max(1_000_000).optional(),
  })
  .refine(({ accepted, price }) => accepted || price === undefined, {
    path: ['price'],
    message: 'Only a lead that was accepted has a price.',
  })

/** An attempt whose end nobody knows: the buyer may have the lead. `priceCents` is what it would pay. */
export type UndecidedAttempt = WhoseLead & {
  eventId: string
  stepId: string
  name: string
  recipient: string
  reason?: string
  priceCents: number
  attemptedAt: string
}
export type UndecidedPage = { data: UndecidedAttempt[]; nextCursor?: string }

/** What was said of an attempt; the price is 0 where it was not accepted. */
export type AttemptDecision = { eventId: string; leadId: string; accepted: boolean; priceCents: number }

/** As far as the lists are counted. */
export const mostCounted = 100
/** How much stands in each list; `mostCounted` stands for that many and more. */
export type QueueCounts = { waiting: number; givenUp: number; decisions: number }
