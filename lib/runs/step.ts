import { shutTargets } from '../breakers/index'
import { advance, type Effect, type Reserved, type RunEvent } from '../engine/index'
import { noteChanges } from './changed-fields'
import { eventIdFor } from './event-id'
import type { Job } from './job'

function advanceJob(job: Job, event: RunEvent): Effect | undefined {
  const shut = shutTargets()
  const flow = shut.size > 0 ? { ...job.compiled, shut } : job.compiled
  const { run, effects } = advance(flow, job.source.compiled, job.run, event)
  const before = job.run
  job.run = run
  noteChanges(job, before)
  return effects[0]
}

/** Where several buyers are asked at once, whoever else may be asked now, in `run.selling.open`. Answers the last effect. */
function askMore(job: Job, first: Effect): Effect {
  let effect = first
  while (effect.kind === 'attempt') {
    const more = advanceJob(job, { kind: 'more', now: Date.now(), nextEventId: eventIdFor(job.run) })
    if (!more) break
    effect = more
  }
  return effect
}

/**
 * Lets the engine decide and keeps its run. Answers what must be done next: nothing where attempts that are open are
 * waited for.
 */
export function step(job: Job, event: RunEvent): Effect | undefined {
  const first = advanceJob(job, event)
  const effect = first && job.run.selling?.open && !job.oneByOne ? askMore(job, first) : first
  job.asked = effect?.kind === 'reserve' ? effect : undefined
  return effect
}

/** What a job asks of the counters. */
export function asked({ asked: effect, run }: Job): Extract<Effect, { kind: 'reserve' }> {
  if (!effect) throw new Error(`run of lead ${run.leadId} asks for nothing`)
  return effect
}

/** Goes on with what the counters said. The attempt bears the event id that was asked with, as nothing else has it. */
export const takeGrant = (job: Job, reserved: Reserved, eventId: string): Effect | undefined =>
  step(job, { kind: 'reserved', eventId, reserved, now: Date.now(), nextEventId: eventId })
