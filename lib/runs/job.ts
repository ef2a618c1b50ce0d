import type { Delivery } from '../delivery/index'
import {
  type CompiledFlow,
  type Effect,
  type Failed,
  type LeadMail,
  type PackedLead,
  type RecordedRequest,
  type RecordedResponse,
  type Run,
  replayable,
} from '../engine/index'
import type { LoadedFlow, LoadedSource } from '../flows/index'
import { changedFields } from './changed-fields'

/** What one delivery left behind, kept with the run until commit 2 writes it to the log. */
export type Exchanged = {
  request?: RecordedRequest
  response?: RecordedResponse
  timings?: Record<string, number | undefined>
  reusedSocket?: boolean
  sizes?: { sentBytes: number; receivedBytes: number }
  /** Proven: the buyer knows nothing of this lead. */
  notSent?: boolean
  sentFields: string[]
  /** The invited buyer whose request it was: it stays so, whoever the step delivers to by the end of the run. */
  buyerAccountId?: string
  /** The delivery itself, where it is a mail, and the seller's mail beside it: queued by commit 2 if it was accepted. */
  mail?: LeadMail
  copy?: LeadMail
}

/**
 * What is kept of one delivery, beside what it came to.
 * @param buyerAccountId the invited buyer, where it was its request.
 */
export function exchangedOf(delivery: Delivery, sentFields: string[], buyerAccountId: string | undefined): Exchanged {
  const { request, response, timings, reusedSocket, sizes, notSent } = delivery
  const kept: Exchanged = { request, timings, reusedSocket, notSent, sentFields }
  if (response) kept.response = response
  if (sizes) kept.sizes = sizes
  if (buyerAccountId) kept.buyerAccountId = buyerAccountId
  return kept
}

/** A lead under way in this process: the engine's run, and what the shell needs around it. */
export type Job = {
  flow: LoadedFlow
  source: LoadedSource
  compiled: CompiledFlow
  /** 0 is the draft, which only a test lead runs. */
  version: number
  run: Run
  packed: PackedLead
  exchanges: Record<string, Exchanged>
  /** The fields set by steps that the log has already. */
  loggedChanges?: string[] | undefined
  idempotencyKey?: string
  /** What the engine asks the counters, while nobody has answered. */
  asked?: Extract<Effect, { kind: 'reserve' }> | undefined
  /** What the counters granted by a COMMIT whose reply did not come: durable if the saved run is this one. */
  inDoubt?: (Pick<Job, 'run' | 'asked'> & { effect: Effect | undefined }) | undefined
  /** Until when and why the lead is put aside. */
  hold?: Extract<Effect, { kind: 'hold' }>
  /** How many of the run's results the log has already: those of a lead that was put aside. */
  logged?: number
  /** The attempt that `runs.state` has: only that one may leave for its buyer, with those that are open beside it. */
  durable?: string
  /** Buyers are asked one by one also where their distribution asks several at once: nothing is really sent. */
  oneByOne?: true
  /** SHA-256 of the parsed submission. A run without an idempotency key carries it, so that a resubmission joins. */
  bodyHash: Buffer
}

/** What `runs.state` holds: the job without what the log or the configuration already has. */
export type SavedState = {
  run: Omit<Run, 'lead'> & { lead?: undefined }
  exchanges: Record<string, Exchanged>
  /** `live`: whatever is published when it is taken up. */
  version: number | 'live'
  flowId: string
  logged?: number
  /** Fields that steps have set: the lead in the log has them at the end only. */
  changed?: PackedLead
}

export function savedState(job: Job): SavedState {
  const changed = changedFields(job)
  return {
    // Left out in JSON; a copy without it would cost a lead more than anything else here.
    run: { ...job.run, lead: undefined },
    exchanges: job.exchanges,
    version: job.version,
    flowId: job.flow.flow.id,
    ...(job.logged !== undefined && { logged: job.logged }),
    ...(changed && { changed }),
  }
}

/** The state of a lead that is put aside: all of it so far is in the log, and what it gave back is back. */
export function heldState(job: Job): SavedState {
  const { moves: _, ...run } = job.run
  return savedState({ ...job, run, exchanges: {}, logged: run.results.length })
}

/** The state of a lead that has ended, from which it may be tried again by these steps, as its flow is then. */
export const replayState = (job: Job, steps: Failed[]): SavedState => ({
  ...heldState({ ...job, run: replayable(job.run, steps) }),
  version: 'live',
})

/** What the source is told (`api.md` §1). `fields` is there when the source lists answer fields of its own. */
export type SourceAnswer = {
  leadId: string
  outcome: 'success' | 'failure' | 'error'
  reason?: string
  status?: 'pending'
  priceCents: number
  fields?: Record<string, unknown>
}
