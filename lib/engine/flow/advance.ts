import type { Awaiting, Offer, Run, RunEvent, Selling, Verdict } from '../types'
import { refuseLead } from './acceptance'
import { hearBids } from './auction'
import { answeredBeside, askMore, loseBeside } from './beside'
import { concludeBuyer } from './buyer-step'
import { placeInBatch } from './collect'
import type { CompiledFlow, CompiledSource } from './compiled'
import { scopeOf } from './criteria'
import { endingOf } from './finish'
import { type Advanced, copyOf, end, follow, goOn, noteGone, sellerOf, settle, stop } from './go-on'
import { endSelling, letGo } from './holdings'
import { concludeLookup } from './lookup-step'
import type { Decided } from './moment'
import { reserved, sell } from './sell'
import { honourBid } from './source-bid'
import { asks, concludeQuestion, lostVerdict } from './steps'
import { giveUp, wake } from './wake'

/** What is known of a lead when its run begins. `random` is 1 to 100, drawn once. */
export type RunStart = Pick<
  Run,
  'leadId' | 'isTest' | 'receivedAt' | 'random' | 'lead' | 'submission' | 'source' | 'isPing' | 'bid' | 'bids'
>

/** A run that has decided nothing yet: give it the event `start`. */
export function startRun(start: RunStart): Run {
  const { leadId, isTest, receivedAt, random, lead, submission, source, isPing, bid, bids } = start
  return {
    ...(isPing && { isPing }),
    ...(bid && { bid }),
    ...(bids && { bids }),
    leadId,
    isTest,
    receivedAt,
    random,
    lead,
    submission,
    source,
    at: 0,
    results: [],
    trace: [],
    appended: {},
    state: 'open',
    status: 'processing',
    costCents: 0,
    revenueCents: 0,
  }
}

function begin(flow: CompiledFlow, source: CompiledSource, run: Run, now: number, eventId: string): Advanced {
  const broken = honourBid(run)
  if (broken) return end(flow, source, run, broken)
  const reason = refuseLead(flow, source, scopeOf(flow, run, now), run.trace)
  if (reason === undefined) return goOn(flow, source, run, now, eventId)
  return end(flow, source, run, { outcome: 'failure', status: 'final', reason })
}

/** The step of the flow that is waited for, where it is none that sells. */
const stepAwaited = (flow: CompiledFlow, { stepId }: Awaiting) => flow.steps[flow.indexOfStep.get(stepId) ?? -1]

type Next = { now: number; nextEventId: string }
type Waiting = { run: Run; awaiting: Awaiting }

/** Moves past the step that was waited for, as it decided; `run` is a copy whose result is written. */
function moveOn(flow: CompiledFlow, source: CompiledSource, run: Run, decided: Decided, next: Next): Advanced {
  const waits = follow(flow, source, run, decided)
  if (waits) return waits
  run.at++
  return goOn(flow, source, run, next.now, next.nextEventId)
}

/** A run of one's own, at the step that was waited for, waiting for nothing. */
function answeredCopy(flow: CompiledFlow, run: Run, awaiting: Awaiting): Run {
  const next = copyOf(run)
  next.at = flow.indexOfStep.get(awaiting.stepId) ?? run.at
  delete next.awaiting
  return next
}

type Told = Next & { verdict: Verdict; isLost: boolean; luck?: number; own?: boolean }

/** Writes down what became of the open attempt and goes on: past a look-up, or with whoever is to be asked next. */
function conclude(flow: CompiledFlow, source: CompiledSource, { run, awaiting }: Waiting, told: Told): Advanced {
  const step = stepAwaited(flow, awaiting)
  if (step && asks(step)) return { run, effects: [] }
  if (step?.type === 'lookup') {
    const next = answeredCopy(flow, run, awaiting)
    return moveOn(flow, source, next, concludeLookup(step, awaiting, { ...told, flow, run: next }), told)
  }
  const next = copyOf(run)
  concludeBuyer(flow, next, awaiting, told)
  delete next.awaiting
  return goOn(flow, source, next, told.now, told.nextEventId)
}

/** Writes down what the account's own data say, and goes on. An answer to a step that asks nothing is none. */
function hear(
  flow: CompiledFlow,
  source: CompiledSource,
  { run, awaiting }: Waiting,
  event: Extract<RunEvent, { kind: 'checked' }>,
): Advanced {
  const step = stepAwaited(flow, awaiting)
  if (!step || !asks(step)) return { run, effects: [] }
  const next = answeredCopy(flow, run, awaiting)
  const { now, nextEventId: eventId, finding } = event
  const decided = concludeQuestion(step, awaiting, { flow, run: next, now, eventId }, finding)
  return moveOn(flow, source, next, decided, event)
}

/** Goes on with what the counters said. */
function grant(
  flow: CompiledFlow,
  source: CompiledSource,
  before: Run,
  event: Extract<RunEvent, { kind: 'reserved' }>,
) {
  const run = copyOf(before)
  const { now, nextEventId: eventId } = event
  const top = sellerOf(flow, run)
  if (!top) return goOn(flow, source, run, now, eventId)
  const decided = reserved(top, { flow, source, run, now, eventId }, event.reserved)
  if ('leadFull' in decided) {
    endSelling(run)
    run.at++
    return end(flow, source, run, { outcome: 'failure', status: 'final', reason: decided.leadFull })
  }
  const waits = follow(flow, source, run, decided)
  if (waits) return waits
  run.at++
  return goOn(flow, source, run, now, eventId)
}

/** Goes on with what the buyers bid. */
function goOnWithBids(
  flow: CompiledFlow,
  source: CompiledSource,
  before: Run,
  { answers, now, nextEventId }: Extract<RunEvent, { kind: 'pinged' }>,
) {
  const run = copyOf(before)
  delete run.pinging
  hearBids(flow, run, answers)
  return goOn(flow, source, run, now, nextEventId)
}

/**
 * Decides the open attempt's step anew, as nothing was sent: what it held is given back, and the same event id serves
 * whatever comes of it. That of an attempt that was tried before is its own for good.
 */
function redecide(
  flow: CompiledFlow,
  source: CompiledSource,
  { run, awaiting }: Waiting,
  { now, nextEventId }: { now: number; nextEventId?: string },
): Advanced {
  const next = copyOf(run)
  if (awaiting.offer?.goesOut && next.selling) keepCollected(next.selling, awaiting)
  else letGo(next, awaiting)
  delete next.awaiting
  if (awaiting.offer) offerAgain(next, awaiting.offer)
  const isThere = awaiting.offer ? sellerOf(flow, next) !== undefined : flow.indexOfStep.has(awaiting.stepId)
  if (!isThere) noteGone(next, awaiting, now)
  const isOwn = awaiting.offer?.eventId !== undefined
  return goOn(flow, source, next, now, isOwn ? (nextEventId ?? awaiting.eventId) : awaiting.eventId)
}

/** What was taken when the lead was collected stays taken. */
function keepCollected(selling: Selling, { stepId, taken = [], claims = [] }: Awaiting): void {
  selling.collected = { ...selling.collected, [stepId]: { taken, claims } }
}

/** The offer stands where it stood before it was made. */
function offerAgain({ selling }: Run, offer: Offer): void {
  if (!selling) return
  const [round] = selling.rounds
  if (round) round.offers.unshift(offer)
  else selling.rounds.unshift({ offers: [offer] })
  selling.met = selling.met.filter((stepId) => stepId !== offer.stepId)
}

function recover(
  flow: CompiledFlow,
  source: CompiledSource,
  run: Run,
  event: Extract<RunEvent, { kind: 'lost' }>,
): Advanced {
  const { now, nextEventId } = event
  if (run.state === 'done') return { run, effects: settle }
  const { awaiting, selling } = run
  if (selling?.open) return loseBeside(flow, source, run, selling.open, event)
  if (awaiting) {
    const lost = lostVerdict(flow, awaiting.stepId)
    if (!lost) return redecide(flow, source, { run, awaiting }, event)
    return conclude(flow, source, { run, awaiting }, { ...lost, now, nextEventId })
  }
  const next = copyOf(run)
  delete next.asking
  delete next.pinging
  const isFresh = run.at === 0 && run.results.length === 0 && run.trace.length === 0 && !run.selling
  return isFresh ? begin(flow, source, next, now, nextEventId) : goOn(flow, source, next, now, nextEventId)
}

/** A held lead goes on, or is given up. */
function takeUp(
  flow: CompiledFlow,
  source: CompiledSource,
  run: Run,
  event: Extract<RunEvent, { kind: 'resume' | 'drop' }>,
) {
  if (run.state !== 'held') return { run, effects: [] }
  const next = copyOf(run)
  const { now, nextEventId } = event
  if (event.kind === 'resume') {
    wake(flow, next, now, event)
    return goOn(flow, source, next, now, nextEventId)
  }
  const waited = giveUp(next)
  next.endedAt = now
  next.trace.push({ kind: 'queue', passed: false, text: event.reason })
  if (event.ends) return endHere(flow, source, next, event)
  next.expired = [...(next.expired ?? []), ...waited]
  return goOn(flow, source, next, now, nextEventId)
}

/** Nobody else is to have the lead: what was sold stays sold, else it ends for the reason that was given. */
function endHere(
  flow: CompiledFlow,
  source: CompiledSource,
  run: Run,
  { reason, now, nextEventId: eventId }: Extract<RunEvent, { kind: 'drop' }>,
) {
  const top = sellerOf(flow, run)
  if (top) sell(top, { flow, source, run, now, eventId })
  endSelling(run)
  run.dropped = true
  const ending = endingOf(flow.document.succeed_when, run.results)
  return end(flow, source, run, ending.outcome === 'success' ? ending : { outcome: 'failure', status: 'final', reason })
}

/**
 * Decides what happens to a lead next. Pure: the run it gets is left as it is, and the same run and event always give
 * the same answer, so it can be decided again after a crash.
 *
 * Steps follow one another in the order of the flow. One attempt is open at a time, but in a distribution that asks
 * several at once: there each attempt is followed by `more` until that has no attempt as its effect, and answers come in
 * any order, though none while the counters or bids are asked. An event that does not fit the run (an answer to another
 * attempt, anything after the end) changes nothing and has no effect; only `lost` on a run that had ended asks to settle
 * it again.
 * @returns the run after the event, and at most one effect; none where attempts that are open are waited for.
 */
export function advance(flow: CompiledFlow, source: CompiledSource, run: Run, event: RunEvent): Advanced {
  if (event.kind === 'lost') return recover(flow, source, run, event)
  if (event.kind === 'stop') return stop(flow, source, run, event)
  if (event.kind === 'resume' || event.kind === 'drop') return takeUp(flow, source, run, event)
  if (run.state === 'done') return { run, effects: [] }
  if (event.kind === 'reserved') {
    return run.asking?.eventId === event.eventId ? grant(flow, source, run, event) : { run, effects: [] }
  }
  if (event.kind === 'pinged') {
    return run.pinging?.eventId === event.eventId ? goOnWithBids(flow, source, run, event) : { run, effects: [] }
  }
  return event.kind === 'start' ? started(flow, source, run, event) : answered(flow, source, run, event)
}

function started(
  flow: CompiledFlow,
  source: CompiledSource,
  run: Run,
  event: Extract<RunEvent, { kind: 'start' }>,
): Advanced {
  const hasBegun = run.awaiting !== undefined || run.selling !== undefined || run.results.length > 0 || run.at > 0
  return hasBegun ? { run, effects: [] } : begin(flow, source, copyOf(run), event.now, event.nextEventId)
}

function answered(
  flow: CompiledFlow,
  source: CompiledSource,
  run: Run,
  event: Extract<RunEvent, { kind: 'redecide' | 'answered' | 'checked' | 'batched' | 'more' }>,
): Advanced {
  const { awaiting, selling } = run
  if (event.kind === 'more') return askMore(flow, source, run, event)
  if (selling?.open) return answeredBeside(flow, source, run, event)
  if (event.kind === 'redecide') {
    if (awaiting) return redecide(flow, source, { run, awaiting }, event)
    // Nothing was granted or bid yet: who is to say so is asked again, about the flow as it is now.
    const asked = run.asking ?? run.pinging
    return asked ? goOn(flow, source, copyOf(run), event.now, asked.eventId) : { run, effects: [] }
  }
  if (!awaiting || event.eventId !== awaiting.eventId) return { run, effects: [] }
  if (event.kind === 'checked') return hear(flow, source, { run, awaiting }, event)
  if (event.kind === 'batched') {
    const next = copyOf(run)
    placeInBatch(flow, next, event.batch, event.now)
    return { run: next, effects: [{ kind: 'attempt', stepId: awaiting.stepId, eventId: awaiting.eventId }] }
  }
  return conclude(flow, source, { run, awaiting }, { ...event, isLost: false })
}
