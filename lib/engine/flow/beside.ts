import type { Awaiting, Run, RunEvent, Verdict } from '../types'
import { concludeBuyer } from './buyer-step'
import type { CompiledFlow, CompiledSource } from './compiled'
import { type Advanced, copyOf, goOn, noteGone, sellerOf, stop, unsent } from './go-on'
import { closeBeside, takeBack } from './open-attempts'
import { lostDelivery } from './steps'

/* What happens to a run with attempts that are open beside each other. */

type Next = { now: number; nextEventId: string }
type Over = { attempt: Awaiting; told: { verdict: Verdict; isLost: boolean; luck?: number } }

/** Goes on where nothing stands against it: what is open is waited for. `run` is a copy and is changed. */
function goOnBeside(
  flow: CompiledFlow,
  source: CompiledSource,
  run: Run,
  { now, nextEventId }: { now: number; nextEventId: string | undefined },
): Advanced {
  const isOpen = run.selling?.open !== undefined
  if (run.stopping !== undefined && !isOpen) return stop(flow, source, run, { reason: run.stopping, now })
  const isEnding = run.stopping !== undefined || !sellerOf(flow, run)
  if (nextEventId === undefined || (isOpen && isEnding)) return { run, effects: [] }
  return goOn(flow, source, run, now, nextEventId)
}

/** Writes down what became of attempts, and goes on. */
function conclude(flow: CompiledFlow, source: CompiledSource, before: Run, ended: Over[], next: Next): Advanced {
  const run = copyOf(before)
  for (const { attempt, told } of ended) {
    if (run.selling) closeBeside(run.selling, attempt)
    concludeBuyer(flow, run, attempt, { ...told, now: next.now })
  }
  return goOnBeside(flow, source, run, next)
}

/** The process that had the attempts died. */
export function loseBeside(
  flow: CompiledFlow,
  source: CompiledSource,
  { asking: _, pinging: __, ...run }: Run,
  open: readonly Awaiting[],
  next: Next,
): Advanced {
  const ended = open.map((attempt) => ({ attempt, told: lostDelivery(flow, attempt.stepId) }))
  return conclude(flow, source, run, ended, next)
}

/** Makes another attempt, where one may be made now. */
export function askMore(flow: CompiledFlow, source: CompiledSource, run: Run, next: Next): Advanced {
  const isAsking = run.asking !== undefined || run.pinging !== undefined
  return run.selling?.open && !isAsking ? goOnBeside(flow, source, copyOf(run), next) : { run, effects: [] }
}

/** Decides anew about attempts that were not sent, while others may be under way. */
function redecide(
  flow: CompiledFlow,
  source: CompiledSource,
  before: Run,
  { now, nextEventId, eventIds }: Extract<RunEvent, { kind: 'redecide' }>,
): Advanced {
  const run = copyOf(before)
  const back = unsent(run, eventIds)
  takeBack(run, back)
  const asked = run.asking ?? run.pinging
  delete run.asking
  delete run.pinging
  const [first] = back
  if (first && !run.selling?.open && !sellerOf(flow, run)) noteGone(run, first, now)
  // The event id of an attempt that was tried before is its own for good.
  const free = back.find(({ offer }) => offer?.eventId === undefined) ?? asked
  return goOnBeside(flow, source, run, { now, nextEventId: free?.eventId ?? nextEventId })
}

/** What is said of one of the attempts, or that some were not sent. */
export function answeredBeside(
  flow: CompiledFlow,
  source: CompiledSource,
  run: Run,
  event: Extract<RunEvent, { kind: 'redecide' | 'answered' | 'checked' | 'batched' }>,
): Advanced {
  if (event.kind === 'redecide') return redecide(flow, source, run, event)
  const attempt = run.selling?.open?.find(({ eventId }) => eventId === event.eventId)
  if (!attempt || event.kind !== 'answered') return { run, effects: [] }
  return conclude(flow, source, run, [{ attempt, told: { ...event, isLost: false } }], event)
}
