import type { Awaiting, Effect, Run, RunEvent, Verdict } from '../types'
import { refuseLead } from './acceptance'
import type { CompiledFlow, CompiledSource } from './compiled'
import { scopeOf } from './criteria'
import { type Ending, endingOf, finish } from './finish'
import type { Decided } from './moment'
import { asks, concludeAttempt, concludeQuestion, decideStep, lostVerdict } from './steps'

/** What is known of a lead when its run begins. `random` is 1 to 100, drawn once. */
export type RunStart = Pick<Run, 'leadId' | 'isTest' | 'receivedAt' | 'random' | 'lead' | 'submission' | 'source'>

/** A run that has decided nothing yet: give it the event `start`. */
export function startRun(start: RunStart): Run {
  const { leadId, isTest, receivedAt, random, lead, submission, source } = start
  return {
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

type Advanced = { run: Run; effects: Effect[] }

const settle: Effect[] = [{ kind: 'settle' }]
/** A run of one's own: nothing that happens to it is seen in the one it came from. */
const copyOf = (run: Run): Run => ({ ...run, results: run.results.slice(), trace: run.trace.slice() })

/** Goes through the steps until one waits for an effect, ends the lead, or none is left. `run` is a copy and is changed. */
function goOn(flow: CompiledFlow, source: CompiledSource, run: Run, now: number, eventId: string): Advanced {
  for (let step = flow.steps[run.at]; step; step = flow.steps[++run.at]) {
    const decided = decideStep(step, { flow, run, now, eventId })
    if (decided.next === 'effect') return { run, effects: [decided.effect] }
    if (decided.next === 'end') return endAfter(flow, source, run, decided.ending)
  }
  return end(flow, source, run, endingOf(flow.document.succeed_when, run.results))
}

/** Ends a lead at the step that says so. */
function endAfter(flow: CompiledFlow, source: CompiledSource, run: Run, ending: Ending): Advanced {
  run.at++
  return end(flow, source, run, ending)
}

function end(flow: CompiledFlow, source: CompiledSource, run: Run, ending: Ending): Advanced {
  finish(flow, source, run, ending)
  return { run, effects: settle }
}

function begin(flow: CompiledFlow, source: CompiledSource, run: Run, now: number, eventId: string): Advanced {
  const reason = refuseLead(flow, source, scopeOf(flow, run, now), run.trace)
  if (reason === undefined) return goOn(flow, source, run, now, eventId)
  return end(flow, source, run, { outcome: 'failure', status: 'final', reason })
}

const stepAwaited = (flow: CompiledFlow, { stepId }: Awaiting) => flow.steps[flow.indexOfStep.get(stepId) ?? -1]

type Next = { now: number; nextEventId: string }

/** Moves past the step that was waited for, as it decided; `run` is a copy whose result is written. */
function moveOn(flow: CompiledFlow, source: CompiledSource, run: Run, decided: Decided, next: Next): Advanced {
  if (decided.next === 'end') return endAfter(flow, source, run, decided.ending)
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

/** Writes down what became of the open attempt and goes on. */
function conclude(
  flow: CompiledFlow,
  source: CompiledSource,
  { run, awaiting }: { run: Run; awaiting: Awaiting },
  told: Next & { verdict: Verdict; isLost: boolean },
): Advanced {
  const step = stepAwaited(flow, awaiting)
  if (step && asks(step)) return { run, effects: [] }
  const next = answeredCopy(flow, run, awaiting)
  const { verdict, now, isLost } = told
  const decided = concludeAttempt(step, awaiting, { flow, run: next, verdict, now, isLost })
  return moveOn(flow, source, next, decided, told)
}

/** Writes down what the account's own data say, and goes on. An answer to a step that asks nothing is none. */
function hear(
  flow: CompiledFlow,
  source: CompiledSource,
  { run, awaiting }: { run: Run; awaiting: Awaiting },
  event: Extract<RunEvent, { kind: 'checked' }>,
): Advanced {
  const step = stepAwaited(flow, awaiting)
  if (!step || !asks(step)) return { run, effects: [] }
  const next = answeredCopy(flow, run, awaiting)
  const { now, nextEventId: eventId, finding } = event
  const decided = concludeQuestion(step, awaiting, { flow, run: next, now, eventId }, finding)
  return moveOn(flow, source, next, decided, event)
}

/** Ends a run before its steps are through: by what its buyers said so far, or for the reason of the stop. */
function stop(flow: CompiledFlow, source: CompiledSource, run: Run, reason: string): Advanced {
  if (run.state === 'done') return { run, effects: settle }
  const next = copyOf(run)
  delete next.awaiting
  const wasOffered = next.results.some((result) => result.type === 'buyer' && result.outcome !== 'skipped')
  const ending: Ending = { outcome: 'failure', status: 'final', reason }
  return end(flow, source, next, wasOffered ? endingOf(flow.document.succeed_when, next.results) : ending)
}

/** Decides the open attempt's step anew, as nothing was sent: the same event id serves whatever comes of it. */
function redecide(flow: CompiledFlow, source: CompiledSource, run: Run, awaiting: Awaiting, now: number): Advanced {
  const index = flow.indexOfStep.get(awaiting.stepId)
  const next = copyOf(run)
  delete next.awaiting
  if (index === undefined) {
    next.results.push({
      type: 'buyer',
      stepId: awaiting.stepId,
      name: awaiting.stepId,
      recipient: awaiting.stepId,
      outcome: 'skipped',
      reason: 'Step is not in the flow any more',
      priceCents: 0,
      startedAt: now,
      endedAt: now,
      trace: [{ kind: 'switch', passed: false, text: 'Step is not in the flow any more' }],
    })
  }
  next.at = index ?? run.at
  return goOn(flow, source, next, now, awaiting.eventId)
}

function recover(
  flow: CompiledFlow,
  source: CompiledSource,
  run: Run,
  event: Extract<RunEvent, { kind: 'lost' }>,
): Advanced {
  const { now, nextEventId } = event
  if (run.state === 'done') return { run, effects: settle }
  const { awaiting } = run
  if (awaiting) {
    const lost = lostVerdict(stepAwaited(flow, awaiting))
    if (!lost) return redecide(flow, source, run, awaiting, now)
    return conclude(flow, source, { run, awaiting }, { ...lost, now, nextEventId })
  }
  const next = copyOf(run)
  const isFresh = run.at === 0 && run.results.length === 0 && run.trace.length === 0
  return isFresh ? begin(flow, source, next, now, nextEventId) : goOn(flow, source, next, now, nextEventId)
}

/**
 * Decides what happens to a lead next. Pure: the run it gets is left as it is, and the same run and event always give
 * the same answer, so it can be decided again after a crash.
 *
 * At most one attempt is open at a time, and buyer steps follow one another in the order of the flow. An event that
 * does not fit the run (an answer to another attempt, anything after the end) changes nothing and has no effect; only
 * `lost` on a run that had ended asks to settle it again.
 * @returns the run after the event, and at most one effect: an attempt to make durable and send, a question to answer, or
 * to settle.
 */
export function advance(flow: CompiledFlow, source: CompiledSource, run: Run, event: RunEvent): Advanced {
  if (event.kind === 'lost') return recover(flow, source, run, event)
  if (event.kind === 'stop') return stop(flow, source, run, event.reason)
  const { awaiting } = run
  if (run.state === 'done') return { run, effects: [] }
  if (event.kind === 'start') {
    const hasBegun = awaiting !== undefined || run.results.length > 0 || run.at > 0
    return hasBegun ? { run, effects: [] } : begin(flow, source, copyOf(run), event.now, event.nextEventId)
  }
  if (!awaiting) return { run, effects: [] }
  if (event.kind === 'redecide') return redecide(flow, source, run, awaiting, event.now)
  if (event.eventId !== awaiting.eventId) return { run, effects: [] }
  if (event.kind === 'checked') return hear(flow, source, { run, awaiting }, event)
  return conclude(flow, source, { run, awaiting }, { ...event, isLost: false })
}
