import type { Run, StepResult } from '../types'
import type { CompiledFlow, CompiledSource } from './compiled'
import { endingOf, finish } from './finish'
import { letGo, payFor } from './holdings'

type BuyerResult = Extract<StepResult, { type: 'buyer' }>

/** What a person says became of an attempt, in words for the trace. */
export type AttemptEnd = { words: string } & ({ accepted: true; priceCents: number } | { accepted: false })

/** Attempts of a run that nobody knows the end of. One that was tried again counts by its last try. */
export function undecided({ results }: Run): BuyerResult[] {
  const last = new Map<string, BuyerResult>()
  for (const result of results) if (result.type === 'buyer' && result.eventId) last.set(result.eventId, result)
  return [...last.values()].filter(({ outcome }) => outcome === 'unknown')
}

function decided({ held: _, reason: __, ...result }: BuyerResult, end: AttemptEnd): BuyerResult {
  const trace = [...result.trace, { kind: 'delivery' as const, passed: end.accepted, text: end.words }]
  return end.accepted
    ? { ...result, outcome: 'accepted', priceCents: end.priceCents, trace }
    : { ...result, outcome: 'rejected', reason: end.words, trace }
}

/**
 * The end of a run anew, now that somebody says what became of an attempt: what it held is kept, at the price that is
 * paid, or given back by the run's moves. `undefined` where the run has no such attempt whose end is not known.
 */
export function decideAttempt(
  flow: CompiledFlow,
  source: CompiledSource,
  before: Run,
  eventId: string,
  end: AttemptEnd,
): { run: Run; was: BuyerResult; is: BuyerResult } | undefined {
  const was = undecided(before).find((result) => result.eventId === eventId)
  if (!was) return undefined
  const is = decided(was, end)
  const { outcome, reason: _, moves: __, holds, ...rest } = before
  const run: Run = {
    ...rest,
    // What the lead itself held is back already where it was no success.
    ...(outcome === 'success' && holds && { holds }),
    results: before.results.map((result) => (result === was ? is : result)),
  }
  if (end.accepted) payFor(run, was.held?.taken, end.priceCents)
  else letGo(run, was.held ?? {})
  finish(flow, source, run, endingOf(flow.document.succeed_when, run.results))
  return { run, was, is }
}
