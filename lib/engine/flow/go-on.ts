import type { Awaiting, Effect, Run, RunEvent } from '../types'
import type { CompiledFlow, CompiledSource } from './compiled'
import { type Ending, endingOf, finish } from './finish'
import { endSelling, letGo, type Seller } from './holdings'
import type { Decided } from './moment'
import { noteBroken } from './note-buyer'
import { takeBack } from './open-attempts'
import { isReplayed } from './replay'
import { copySelling } from './sell'
import { decideStep } from './steps'

export type Advanced = { run: Run; effects: Effect[] }

export const settle: Effect[] = [{ kind: 'settle' }]
/** A run of one's own: nothing that happens to it is seen in the one it came from. */
export const copyOf = (run: Run): Run => ({
  ...run,
  results: run.results.slice(),
  trace: run.trace.slice(),
  ...(run.selling && { selling: copySelling(run.selling) }),
})

/** Goes through the steps until one waits for an effect, ends the lead, or none is left. `run` is a copy and is changed. */
export function goOn(flow: CompiledFlow, source: CompiledSource, run: Run, now: number, eventId: string): Advanced {
  for (let step = flow.steps[run.at]; step; step = flow.steps[++run.at]) {
    if (!isReplayed(flow, run, step)) continue
    const decided = decideStep(step, { flow, source, run, now, eventId })
    const waits = follow(flow, source, run, decided)
    if (waits) return waits
  }
  return end(flow, source, run, endingOf(flow.document.succeed_when, run.results))
}

/** What a decision asks for; undefined when the lead goes on to the next step. */
export function follow(flow: CompiledFlow, source: CompiledSource, run: Run, decided: Decided): Advanced | undefined {
  if (decided.next === 'effect') return { run, effects: [decided.effect] }
  if (decided.next === 'wait') return { run, effects: [] }
  if (decided.next === 'step') return undefined
  run.at++
  return end(flow, source, run, decided.ending)
}

export function end(flow: CompiledFlow, source: CompiledSource, run: Run, ending: Ending): Advanced {
  finish(flow, source, run, ending)
  return { run, effects: settle }
}

/** The step that is selling, where the flow has it still. */
export function sellerOf(flow: CompiledFlow, { selling }: Run): Seller | undefined {
  const step = selling && flow.steps[flow.indexOfStep.get(selling.stepId) ?? -1]
  return step?.type === 'buyer' || step?.type === 'distribution' ? step : undefined
}

/** Of the attempts that are open beside each other, those that were not sent. */
export const unsent = ({ selling }: Run, eventIds: readonly string[] | undefined): Awaiting[] =>
  (selling?.open ?? []).filter(({ eventId }) => eventIds === undefined || eventIds.includes(eventId))

type Stop = Pick<Extract<RunEvent, { kind: 'stop' }>, 'reason' | 'now' | 'eventIds'>

/** Ends a run before its steps are through: by what its buyers said so far, or for the reason of the stop. */
export function stop(flow: CompiledFlow, source: CompiledSource, run: Run, { reason, now, eventIds }: Stop): Advanced {
  if (run.state === 'done') return { run, effects: settle }
  const next = copyOf(run)
  if (next.awaiting) letGo(next, next.awaiting)
  if (next.awaiting?.offer) next.selling?.rounds.unshift({ offers: [next.awaiting.offer] })
  takeBack(next, unsent(next, eventIds))
  delete next.awaiting
  delete next.asking
  delete next.pinging
  if (next.selling?.open) {
    next.stopping = reason
    return { run: next, effects: [] }
  }
  const top = sellerOf(flow, next)
  if (top) noteBroken(top, { flow, source, run: next, now, eventId: '' }, reason)
  endSelling(next)
  delete next.stopping
  const wasOffered = next.results.some((result) => result.type === 'buyer' && result.outcome !== 'skipped')
  const ending: Ending = { outcome: 'failure', status: 'final', reason }
  return end(flow, source, next, wasOffered ? endingOf(flow.document.succeed_when, next.results) : ending)
}

export function noteGone(run: Run, { stepId }: Awaiting, now: number): void {
  const reason = 'Step is not in the flow any more'
  endSelling(run)
  run.results.push({
    type: 'buyer',
    stepId,
    name: stepId,
    recipient: stepId,
    outcome: 'skipped',
    reason,
    priceCents: 0,
    startedAt: now,
    endedAt: now,
    trace: [{ kind: 'switch', passed: false, text: reason }],
  })
}
