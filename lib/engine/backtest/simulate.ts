import { advance, type RunStart, startRun } from '../flow/advance'
import type { CompiledFlow, CompiledSource } from '../flow/compiled'
import type { Effect, Run, Verdict } from '../types'

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
  for (let attempt = 2; isAttempt(effects[0]) && attempt <= mostAttempts; attempt++) {
    const { stepId, eventId } = effects[0]
    const verdict = verdictOf(stepId, run)
    const nextEventId = `attempt-${attempt}`
    const advanced = advance(flow, source, run, { kind: 'answered', eventId, verdict, now, nextEventId })
    run = advanced.run
    effects = advanced.effects
  }
  return run
}

const isAttempt = (effect: Effect | undefined): effect is Extract<Effect, { kind: 'attempt' }> =>
  effect?.kind === 'attempt'

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
