import { amountOf } from '../../money'
import { nextTryAt } from '../selling/retries'
import type { Awaiting, Holding, Offer, Run, Selling, StepResult, TraceEntry, Verdict } from '../types'
import { isShut } from './chance'
import type { CompiledBuyer, CompiledFlow } from './compiled'
import { bidOf, letGo, payFor, priceIn } from './holdings'
import { writeResult } from './open-attempts'

const outcomeWords: Record<Verdict['outcome'], string> = {
  accepted: 'accepted the lead',
  rejected: 'rejected the lead',
  error: 'could not take the lead',
  unknown: 'may have the lead: no usable answer came',
}

/** An attempt of a buyer step: runs saved before buyers could be offered a lead in other ways have no offer. */
type Attempt = Awaiting & { offer: Offer }
type BuyerResult = Extract<StepResult, { type: 'buyer' }>
/** `luck` is 0 to 1 and spreads tries that would come together; `own`: a batch's answer said it of this lead alone. */
type Told = { verdict: Verdict; now: number; isLost: boolean; luck?: number; own?: boolean }

/** Leaves what came of an attempt to later steps. A test's price is the one that the lead would have had. */
function append(run: Run, { id, appends, priceCents }: CompiledBuyer, verdict: Verdict): void {
  const cents = verdict.outcome === 'accepted' ? (bidOf(run, id) ?? verdict.priceCents ?? priceCents) : undefined
  const values: Record<string, unknown> = { outcome: verdict.outcome }
  if (verdict.reason !== undefined) values['reason'] = verdict.reason
  if (cents !== undefined) values['price'] = amountOf(cents)
  if (verdict.buyerLeadId !== undefined) values['id'] = verdict.buyerLeadId
  for (const name of appends.captures) {
    const value = verdict.captured && Object.hasOwn(verdict.captured, name) ? verdict.captured[name] : undefined
    if (value !== undefined) values[name] = value
  }
  run.appended = { ...run.appended, [appends.key]: values }
}

/** When the same attempt is tried again after a proven failure, if it is; at once where a failover allows more tries. */
function nextTry(
  step: CompiledBuyer,
  awaiting: Attempt,
  { verdict, now, luck = 0 }: Told,
  mayFollow: boolean,
): number | undefined {
  if (verdict.outcome !== 'error') return undefined
  const { offer } = awaiting
  const tried = (offer.tries ?? 0) + 1
  if (offer.most !== undefined && tried < offer.most && mayFollow) return now
  if (!step.retry) return undefined
  const { retryAfterMs } = verdict
  return nextTryAt(step.retry, { tried, startedAt: offer.firstAt ?? awaiting.startedAt, now, luck, retryAfterMs })
}

/** All that an attempt holds: what its own try took, and what the tries before it kept. */
const heldBy = ({ taken = [], claims = [], offer: { kept } }: Attempt): Holding => ({
  taken: [...taken, ...(kept?.taken ?? [])],
  claims: [...claims, ...(kept?.claims ?? [])],
})

/** The same attempt, to be tried once more under its event id, with what happened so far. */
function againOf(awaiting: Attempt, { trace, outcome, own }: Omit<After, 'now'>): Offer {
  const { offer, eventId, startedAt, batch } = awaiting
  const { kept: _, collectedAt: __, goesOut: ___, batchId: ____, ...rest } = offer
  return {
    ...rest,
    eventId,
    tries: (offer.tries ?? 0) + 1,
    firstAt: offer.firstAt ?? startedAt,
    trace,
    ...(batch && !own && { batchId: batch.id }),
    ...(outcome === 'unknown' && { kept: heldBy(awaiting) }),
  }
}

const putOffReason = ({ recipient }: CompiledBuyer, { offer }: Attempt) =>
  `${recipient} could not take it; try ${(offer.tries ?? 0) + 2} is to come`

/** When an attempt ended, and what is to be read of it. */
type After = { now: number; trace: TraceEntry[]; outcome: Verdict['outcome']; own?: boolean | undefined }

/** Asks the chain of a step that failed, or that is known to: whoever would be asked later is asked now, and then no more. */
export function askChain(flow: CompiledFlow, selling: Selling, step: CompiledBuyer): void {
  const offers = step.failover.chain.filter(({ stepId }) => flow.buyers.has(stepId) && !selling.met.includes(stepId))
  if (offers.length === 0) return
  const ids = new Set(offers.map(({ stepId }) => stepId))
  for (const round of selling.rounds) round.offers = round.offers.filter(({ stepId }) => !ids.has(stepId))
  selling.rounds.unshift({ offers: offers.map((offer) => ({ ...offer, of: step.id })) })
}

/** Whoever is asked after a failure: the chain of the step, and then the step itself again after a while. */
function failOver(flow: CompiledFlow, run: Run, step: CompiledBuyer, awaiting: Attempt, after: After): void {
  const { selling } = run
  if (!selling || awaiting.offer.via === 'failover') return
  const { retryAfterMs } = step.failover
  askChain(flow, selling, step)
  // Of a batch that the buyer may have, a part would be sent again where some of its leads are sold meanwhile.
  const mayHaveBatch = awaiting.batch !== undefined && after.outcome === 'unknown'
  if (retryAfterMs !== undefined && !mayHaveBatch) {
    selling.waits.push({
      offer: againOf(awaiting, after),
      at: after.now + retryAfterMs,
      reason: putOffReason(step, awaiting),
      cause: 'retry',
    })
  }
}

function pricePaid(flow: CompiledFlow, run: Run, step: CompiledBuyer, verdict: Verdict): number {
  const top = flow.steps[flow.indexOfStep.get(run.selling?.stepId ?? step.id) ?? -1]
  const isSeller = top?.type === 'buyer' || top?.type === 'distribution'
  return bidOf(run, step.id) ?? verdict.priceCents ?? priceIn(isSeller ? top : undefined, step) ?? 0
}

/** Keeps what a sale holds, and gives back what a refusal does. What nobody knows the end of is kept. */
function account(run: Run, awaiting: Attempt, verdict: Verdict, paidCents: number): void {
  const held = heldBy(awaiting)
  if (verdict.outcome === 'accepted') payFor(run, held.taken, paidCents)
  else if (verdict.outcome !== 'unknown') letGo(run, held)
}

function entryOf(step: CompiledBuyer | undefined, recipient: string, { verdict, isLost }: Told): TraceEntry {
  const words = step?.mail ? `A mail to ${recipient} is on its way` : `${recipient} ${outcomeWords[verdict.outcome]}`
  return {
    kind: isLost ? 'recovery' : 'delivery',
    passed: verdict.outcome === 'accepted',
    text: verdict.reason === undefined ? words : `${words}: ${verdict.reason}`,
  }
}

/** What the log keeps of an attempt that is over. */
function resultOf(run: Run, awaiting: Attempt, { verdict, now }: Told, paidCents: number): BuyerResult {
  const { stepId, eventId, startedAt, offer, trace, batch } = awaiting
  const { selling } = run
  return {
    type: 'buyer',
    stepId,
    name: stepId,
    recipient: stepId,
    eventId,
    ...(selling && selling.stepId !== stepId && { within: selling.stepId }),
    ...(offer.via !== undefined && { via: offer.via }),
    ...(offer.of !== undefined && { of: offer.of }),
    ...(offer.tries !== undefined && { tries: offer.tries + 1 }),
    ...(batch && { batch }),
    outcome: verdict.outcome,
    ...(verdict.reason !== undefined && { reason: verdict.reason }),
    verdict,
    ...(verdict.outcome === 'unknown' && { held: heldBy(awaiting) }),
    // What a ping is worth is asked of a test too; it is never settled.
    priceCents: verdict.outcome === 'accepted' && (!run.isTest || run.isPing) ? paidCents : 0,
    startedAt: offer.firstAt ?? startedAt,
    endedAt: now,
    trace: offer.trace ?? trace,
  }
}

/** Writes down what became of an attempt with a buyer that is over. `step` is missing when the flow has lost it meanwhile. */
export function concludeBuyer(flow: CompiledFlow, run: Run, made: Awaiting, told: Told): void {
  const awaiting: Attempt = { ...made, offer: made.offer ?? { stepId: made.stepId } }
  const { verdict } = told
  const step = flow.buyers.get(awaiting.stepId)
  const paidCents = step ? pricePaid(flow, run, step, verdict) : (verdict.priceCents ?? 0)
  account(run, awaiting, verdict, paidCents)
  const entry = entryOf(step, step?.recipient ?? awaiting.stepId, told)
  const mayFollow = step !== undefined && run.stopping === undefined && !isShut(step, run, told.now, flow.shut)
  const again = step && nextTry(step, awaiting, told, mayFollow)
  // Those of a batch are tried again together, when it is next looked for.
  if (again !== undefined && again <= told.now && !awaiting.batch) {
    const trace = [...(awaiting.offer.trace ?? awaiting.trace), entry]
    run.selling?.rounds.unshift({ offers: [againOf(awaiting, { trace, outcome: verdict.outcome })] })
    return
  }
  const result = resultOf(run, awaiting, told, paidCents)
  result.trace = [...result.trace, entry]
  if (step) Object.assign(result, { name: step.name, recipient: step.recipient })
  writeResult(run, result)
  if (!step) return
  append(run, step, verdict)
  const after: After = { now: told.now, trace: result.trace, outcome: verdict.outcome, own: told.own }
  if (again !== undefined) {
    const reason = putOffReason(step, awaiting)
    run.selling?.waits.push({ offer: againOf(awaiting, after), at: again, reason, cause: 'retry' })
  }
  goOnAfter(flow, run, step, awaiting, after)
}

/** What an attempt's end means for those who are still to be asked. */
function goOnAfter(flow: CompiledFlow, run: Run, step: CompiledBuyer, awaiting: Attempt, after: After): void {
  const { selling } = run
  const { outcome } = after
  if (!selling) return
  const isFailure = outcome === 'error' || (outcome === 'unknown' && step.failover.afterUnknown)
  if (outcome === 'accepted') selling.sold.push(step.id)
  else if (isFailure) failOver(flow, run, step, awaiting, after)
  else if (outcome === 'unknown') selling.perhaps.push(step.id)
}
