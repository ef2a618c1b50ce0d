import { advance, type RunStart, startRun } from '../flow/advance'
import type { CompiledFlow, CompiledSource } from '../flow/compiled'
import { MemoryCounters } from '../selling/memory-counters'
import type { Reserved } from '../selling/reserve'
import type { Effect, Finding, PingAnswer, Run, Verdict } from '../types'

/** Beyond every flow: a step is met once, or a few times along a chain of failover. */
const mostAttempts = 2_000

/** What a lead asks for on its way, and the run that does. */
export type TriedQuestion = { effect: Exclude<Effect, { kind: 'settle' | 'hold' }>; run: Run }
export type TriedAnswer =
  | { kind: 'answered'; eventId: string; verdict: Verdict }
  | { kind: 'checked'; eventId: string; finding: Finding }
  | { kind: 'reserved'; eventId: string; reserved: Reserved }
  | { kind: 'pinged'; eventId: string; answers: PingAnswer[] }
/** How a tried lead ended, or until when it is put aside. */
export type TriedEnd = { run: Run; heldUntil?: number }

/**
 * Carries a lead through a flow without its effects: whoever drives it answers each of its questions. Time stands still
 * at the moment the lead came in.
 */
export function* carryTried(
  flow: CompiledFlow,
  source: CompiledSource,
  start: RunStart,
): Generator<TriedQuestion, TriedEnd, TriedAnswer> {
  const now = start.receivedAt
  let at = advance(flow, source, startRun(start), { kind: 'start', now, nextEventId: 'attempt-1' })
  for (let attempt = 2; attempt <= mostAttempts; attempt++) {
    const [effect] = at.effects
    const batch = effect?.kind === 'hold' ? effect.collects?.[0]?.stepId : undefined
    if (batch !== undefined) {
      // A batch is taken to go out at once: what its buyer would say of the lead is the same then.
      at = advance(flow, source, at.run, { kind: 'resume', batch, now, nextEventId: `attempt-${attempt}` })
      continue
    }
    if (effect?.kind === 'hold') return { run: at.run, heldUntil: effect.until }
    if (!effect || effect.kind === 'settle') break
    const answer = yield { effect, run: at.run }
    const nextEventId = effect.kind === 'reserve' ? effect.eventId : `attempt-${attempt}`
    at = advance(flow, source, at.run, { ...answer, now, nextEventId })
  }
  return { run: at.run }
}

/** What a buyer step says of a lead, without being asked. */
export type VerdictOf = (stepId: string, run: Run) => Verdict

/**
 * Carries a lead through a flow: nothing is sent, and each buyer step says what `verdictOf` says. Answers the run at
 * its end, or as it is put aside.
 * @param counters what caps and turns are taken from: the same for leads that follow one another.
 */
export function simulate(
  flow: CompiledFlow,
  source: CompiledSource,
  start: RunStart,
  verdictOf: VerdictOf,
  counters: MemoryCounters = new MemoryCounters(),
): Run {
  const way = carryTried(flow, source, start)
  let at = way.next()
  while (!at.done) at = way.next(answerTo(flow, at.value, { verdictOf, counters }))
  const { run } = at.value
  counters.apply(run.moves, start.leadId)
  return run
}

type Answering = { verdictOf: VerdictOf; counters: MemoryCounters }

/** True for an attempt that is not a buyer's. */
export const isLookup = ({ steps, indexOfStep }: CompiledFlow, stepId: string): boolean =>
  steps[indexOfStep.get(stepId) ?? -1]?.type === 'lookup'

/** Nobody is asked: look-ups answer without a value, no lead is a duplicate or on a list, and counters are in memory. */
function answerTo(flow: CompiledFlow, { effect, run }: TriedQuestion, { verdictOf, counters }: Answering): TriedAnswer {
  const { eventId } = effect
  if (effect.kind === 'check') return { kind: 'checked', eventId, finding: { kind: 'none' } }
  if (effect.kind === 'ping') return { kind: 'pinged', eventId, answers: assumedBids(effect, run.receivedAt) }
  if (effect.kind === 'reserve') {
    counters.apply(run.moves, run.leadId)
    return { kind: 'reserved', eventId, reserved: counters.reserve(effect.ask, run.leadId, run.receivedAt) }
  }
  const { stepId } = effect
  const verdict: Verdict = isLookup(flow, stepId) ? { outcome: 'accepted' } : verdictOf(stepId, run)
  return { kind: 'answered', eventId, verdict }
}

/** Buyers that were not asked are taken to bid what they usually pay. */
export const assumedBids = (
  { eventId, stepIds, withinMs }: Extract<Effect, { kind: 'ping' }>,
  now: number,
): PingAnswer[] =>
  stepIds.map((stepId) => ({
    stepId,
    eventId: `${eventId} ${stepId}`,
    verdict: { outcome: 'accepted' },
    startedAt: now,
    endedAt: now,
    withinMs,
    assumed: true,
  }))

/** A number from 0 to 99 that the same text always gives, spread evenly (FNV-1a). */
export function percentOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i)
    hash = Math.imul(hash, 0x01000193)
  }
  hash ^= hash >>> 16
  hash = Math.imul(hash, 0x85ebca6b)
  hash ^= hash >>> 13
  return (hash >>> 0) % 100
}
