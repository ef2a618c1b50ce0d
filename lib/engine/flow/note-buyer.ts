import type { Offer, Run, StepResult, TraceEntry } from '../types'
import type { CompiledBuyer } from './compiled'
import { letGoCollected, type Seller } from './holdings'
import type { Moment } from './moment'
import { writeResult } from './open-attempts'

type BuyerResult = Extract<StepResult, { type: 'buyer' }>

export type Why = { reason: string; trace: TraceEntry[] }

export type Noted = Why & { step: CompiledBuyer; offer: Offer }

/** Tries that follow at once leave one result, that of the last: it may turn out that there is none. */
const isUnwritten = ({ results }: Run, { eventId }: Offer) =>
  eventId !== undefined && !results.some((result) => result.type === 'buyer' && result.eventId === eventId)

/** An attempt that was to be tried again, and can't be any more. */
function brokenOff(top: Seller, { step, offer, reason, trace }: Noted, now: number): BuyerResult {
  const { id: stepId, name, recipient } = step
  return {
    type: 'buyer',
    stepId,
    name,
    recipient,
    ...(offer.eventId !== undefined && { eventId: offer.eventId }),
    ...(stepId !== top.id && { within: top.id }),
    ...(offer.via !== undefined && { via: offer.via }),
    ...(offer.of !== undefined && { of: offer.of }),
    ...(offer.tries !== undefined && { tries: offer.tries }),
    outcome: 'error',
    reason,
    priceCents: 0,
    startedAt: offer.firstAt ?? now,
    endedAt: now,
    trace: [...(offer.trace ?? []), ...trace],
  }
}

/** Attempts that were tried, and would be tried again at once if it were not for the reason: each is in the log. */
export function noteBroken(top: Seller, moment: Moment, reason: string): void {
  const { flow, run } = moment
  for (const offer of run.selling?.rounds.flatMap(({ offers }) => offers) ?? []) {
    const step = flow.buyers.get(offer.stepId)
    if (!step || !isUnwritten(run, offer)) continue
    note(top, moment, { step, offer, reason, trace: [{ kind: 'queue', passed: false, text: reason }] })
  }
}

/** What a reason does not say by itself: the values that were compared. */
const besides = ({ reason, trace }: Why): TraceEntry[] =>
  trace.filter(({ passed, text, comparisons }) => !passed && (comparisons !== undefined || text !== reason))

/** Writes down that a buyer does not get the lead: in the list of its distribution, or as the step's own result. */
export function note(top: Seller, { run, now }: Moment, { step, offer, reason, trace }: Noted): void {
  const { selling } = run
  if (!selling) return
  selling.met.push(step.id)
  letGoCollected(run, step.id)
  const { id: stepId, name, recipient } = step
  const via = { ...(offer.via !== undefined && { via: offer.via }), ...(offer.of !== undefined && { of: offer.of }) }
  if (isUnwritten(run, offer)) {
    writeResult(run, brokenOff(top, { step, offer, reason, trace }, now))
    return
  }
  if (top.type === 'distribution') {
    const compared = besides({ reason, trace })
    const more = compared.length > 0 ? { trace: compared } : {}
    selling.considered.push({ stepId, name, recipient, reason, ...via, ...more })
    return
  }
  const times = { startedAt: now, endedAt: now }
  const within = stepId === top.id ? {} : { within: top.id }
  run.results.push({
    type: 'buyer',
    stepId,
    name,
    recipient,
    ...within,
    ...via,
    outcome: 'skipped',
    reason,
    priceCents: 0,
    ...times,
    trace,
  })
}
