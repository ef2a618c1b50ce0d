import { mayCall, noteAnswer, type Target } from '../breakers/index'
import { deliver } from '../delivery/index'
import {
  type Effect,
  type InBatch,
  isMailStep,
  type RunEvent,
  renderMails,
  renderRequest,
  retryAfterMs,
  type Verdict,
} from '../engine/index'
import { secondMs } from '../time'
import { eventIdFor } from './event-id'
import { insist } from './insist'
import { type Exchanged, exchangedOf, type Job } from './job'
import { maskedValues } from './masked-values'

type Attempt = Extract<Effect, { kind: 'attempt' }>

/** What the engine is told of an attempt, and what the delivery left behind. */
export type Delivered = { event: Extract<RunEvent, { kind: 'answered' | 'redecide' }>; exchange?: Exchanged }

const accepted: Verdict = { outcome: 'accepted' }

/** A mail is taken by nobody but our own outbox: with the end of the run it is durable, and that is its acceptance. */
function deliverMail(job: Job, { stepId, eventId }: Attempt): Delivered {
  const now = Date.now()
  const { mail, copy } = renderMails(job.compiled, job.run, { stepId, eventId, now })
  if (!mail) throw new Error(`step ${stepId} of flow ${job.flow.flow.id} was decided but has no mail`)
  return {
    event: { kind: 'answered', eventId, verdict: accepted, now, nextEventId: eventIdFor(job.run) },
    exchange: { sentFields: mail.sentFields, mail, ...(copy && { copy }) },
  }
}

/** The seller's mail beside a delivery follows a lead that was accepted. */
export function copyOf(
  job: Job,
  { stepId, eventId }: Pick<Attempt, 'stepId' | 'eventId'>,
  { outcome, priceCents }: Verdict,
) {
  if (outcome !== 'accepted') return undefined
  const at = { stepId, eventId, now: Date.now(), ...(priceCents !== undefined && { priceCents }) }
  return renderMails(job.compiled, job.run, at).copy
}

/** How long the buyer asked to be left alone, where it failed. */
export function withPatience(verdict: Verdict, header: string | undefined): Verdict {
  if (verdict.outcome !== 'error' || header === undefined) return verdict
  const dateOf = (text: string) => (Number.isNaN(Date.parse(text)) ? undefined : Date.parse(text))
  const ms = retryAfterMs(header, Date.now(), dateOf)
  return ms === undefined ? verdict : { ...verdict, retryAfterMs: ms }
}

type Buyer = NonNullable<ReturnType<Job['compiled']['buyers']['get']>>

/** Who is called, where failures are counted: those of a test lead are not, and a look-up has no breaker. */
export function breakerOf(
  job: Job,
  stepId: string,
): { target: Target; settings: NonNullable<Buyer['breaker']> } | undefined {
  const { target, breaker } = job.compiled.buyers.get(stepId) ?? {}
  if (job.run.isTest || target === undefined || !breaker) return undefined
  const accountId = job.flow.targets[stepId]?.buyerAccountId ?? job.flow.flow.accountId
  return { target: { key: target, accountId }, settings: breaker }
}

/** Beyond a call's own deadline, until a try of an open circuit is taken for lost. */
export const probeGraceMs = 5 * secondMs

/** A lead that was a batch by itself keeps that one's key; the key of a batch that it was in with others is not its own. */
function batchOfOne({ run }: Job, eventId: string): { batch?: InBatch } {
  const failed = run.results.findLast((result) => result.type === 'buyer' && result.eventId === eventId)
  const batch = failed?.type === 'buyer' ? failed.batch : undefined
  return batch?.size === 1 && batch.id === run.awaiting?.offer?.batchId ? { batch } : {}
}

/** Delivers one attempt. Nothing of the run is changed: others may be under way beside it. */
export async function deliverAttempt(job: Job, effect: Attempt): Promise<Delivered> {
  const { stepId, eventId } = effect
  if (isMailStep(job.compiled, stepId)) return deliverMail(job, effect)
  const target = job.flow.targets[stepId]
  const request = renderRequest(job.compiled, job.run, { stepId, eventId, now: Date.now() })
  if (!request) throw new Error(`step ${stepId} of flow ${job.flow.flow.id} was decided but can't be rendered`)
  const known = breakerOf(job, stepId)
  const forMs = request.timeoutMs + probeGraceMs
  // Its circuit opened since this was decided, or another lead is the one that tries it.
  if (known && !(await insist('a circuit breaker', () => mayCall(known.target, eventId, forMs))))
    return { event: { kind: 'redecide', now: Date.now(), nextEventId: eventIdFor(job.run), eventIds: [eventId] } }
  const delivery = await deliver(target?.buyerAccountId ?? job.flow.flow.accountId, request, {
    eventId,
    ...batchOfOne(job, eventId),
    leadId: job.run.leadId,
    isTest: job.run.isTest,
    masked: maskedValues(job.run.lead),
  })
  const { verdict } = delivery
  const isFailure = verdict.outcome === 'error' || verdict.outcome === 'unknown'
  if (known && !delivery.isOurs)
    noteAnswer(known.target, known.settings, { eventId, isFailure, reason: verdict.reason })
  const exchange = exchangedOf(delivery, request.sentFields, target?.buyerAccountId)
  const copy = copyOf(job, effect, verdict)
  if (copy) exchange.copy = copy
  return {
    event: {
      kind: 'answered',
      eventId,
      verdict: withPatience(verdict, exchange.response?.headers['retry-after']),
      now: Date.now(),
      nextEventId: eventIdFor(job.run),
      luck: Math.random(),
    },
    exchange,
  }
}
