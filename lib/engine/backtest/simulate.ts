import { advance, type RunStart, startRun } from '../flow/advance'
import type { CompiledFlow, CompiledSource } from '../flow/compiled'
import { MemoryCounters } from '../selling/memory-counters'
import type { Reserved } from '../selling/reserve'
import type { Effect, Finding, PingAnswer, Run, Verdict } from '../types'

/** What a buyer step says of a lead, without being asked. */
export type VerdictOf = (stepId: string, run: Run) => Verdict

/** Beyond every flow: a step is met once, or a few times along a chain of failover. */
const mostAttempts = 2_000

/**
 * Carries a lead through a flow without its effects: nothing is sent, and each buyer step says what `verdictOf` says.
 * Time stands still at the moment the lead came in. Answers the run at its end, or as it is put aside.
 * @param counters what caps and turns are taken from: the same for leads that follow one another.
 */
export function simulate(
  flow: CompiledFlow,
  source: CompiledSource,
  start: RunStart,
  verdictOf: VerdictOf,
  counters: MemoryCounters = new MemoryCounters(),
): Run {
  const now = start.receivedAt
  let at = advance(flow, source, startRun(start), { kind: 'start', now, nextEventId: 'attempt-1' })
  for (let attempt = 2; attempt <= mostAttempts; attempt++) {
    const [effect] = at.effects
    if (!effect || effect.kind === 'settle' || effect.kind === 'hold') break
    const nextEventId = effect.kind === 'reserve' ? effect.eventId : `attempt-${attempt}`
    at = advance(flow, source, at.run, { ...answerTo(flow, effect, at.run, { verdictOf, counters }), now, nextEventId })
  }
  counters.apply(at.run.moves, start.leadId)
  return at.run
}

type Asked = Exclude<Effect, { kind: 'settle' | 'hold' }>

type Told =
  | { kind: 'answered'; eventId: string; verdict: Verdict }
  | { kind: 'checked'; eventId: string; finding: Finding }
  | { kind: 'reserved'; eventId: string; reserved: Reserved }
  | { kind: 'pinged'; eventId: string; answers: PingAnswer[] }

type Answering = { verdictOf: VerdictOf; counters: MemoryCounters }

/** Nobody is asked: look-ups answer without a value, no lead is a duplicate or on a list, and counters are in memory. */
function answerTo(flow: CompiledFlow, effect: Asked, run: Run, { verdictOf, counters }: Answering): Told {
  const { eventId } = effect
  if (effect.kind === 'check') return { kind: 'checked', eventId, finding: { kind: 'none' } }
  if (effect.kind === 'ping') return { kind: 'pinged', eventId, answers: assumedBids(effect, run.receivedAt) }
  if (effect.kind === 'reserve') {
    counters.apply(run.moves, run.leadId)
    return { kind: 'reserved', eventId, reserved: counters.reserve(effect.ask, run.leadId, run.receivedAt) }
  }
  const isLookup = flow.steps[flow.indexOfStep.get(effect.stepId) ?? -1]?.type === 'lookup'
  return { kind: 'answered', eventId, verdict: isLookup ? { outcome: 'accepted' } : verdictOf(effect.stepId, run) }
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
