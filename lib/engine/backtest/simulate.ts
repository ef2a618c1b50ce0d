import { advance, type RunStart, startRun } from '../flow/advance'
import type { CompiledFlow, CompiledSource } from '../flow/compiled'
import type { Effect, Finding, Run, Verdict } from '../types'

/** What a buyer step says of a lead, without being asked. */
export type VerdictOf = (stepId: string, run: Run) => Verdict

/** Beyond every flow: a step is met once, or a few times along a chain of failover. */
const mostAttempts = 2_000

/**
 * Carries a lead through a flow without its effects: nothing is sent, and each buyer step says what `verdictOf` says.
 * Time stands still at the moment the lead came in. Answers the run at its end.
 */
export function simulate(flow: CompiledFlow, source: CompiledSource, start: RunStart, verdictOf: VerdictOf): Run {
  const now = start.receivedAt
  let { run, effects } = advance(flow, source, startRun(start), { kind: 'start', now, nextEventId: 'attempt-1' })
  for (let attempt = 2; isAsked(effects[0]) && attempt <= mostAttempts; attempt++) {
    const event = answerTo(flow, effects[0], run, verdictOf)
    const advanced = advance(flow, source, run, { ...event, now, nextEventId: `attempt-${attempt}` })
    run = advanced.run
    effects = advanced.effects
  }
  return run
}

type Asked = Exclude<Effect, { kind: 'settle' }>
const isAsked = (effect: Effect | undefined): effect is Asked => effect !== undefined && effect.kind !== 'settle'

type Told =
  | { kind: 'answered'; eventId: string; verdict: Verdict }
  | { kind: 'checked'; eventId: string; finding: Finding }

/** Nobody is asked: look-ups answer without a value, and no lead is a duplicate or on a list. */
function answerTo(flow: CompiledFlow, { kind, stepId, eventId }: Asked, run: Run, verdictOf: VerdictOf): Told {
  if (kind === 'check') return { kind: 'checked', eventId, finding: { kind: 'none' } }
  const isLookup = flow.steps[flow.indexOfStep.get(stepId) ?? -1]?.type === 'lookup'
  return { kind: 'answered', eventId, verdict: isLookup ? { outcome: 'accepted' } : verdictOf(stepId, run) }
}

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
