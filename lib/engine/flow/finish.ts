import type { FlowDocument } from '../schema'
import type { Run, StepResult } from '../types'
import type { CompiledFlow, CompiledSource } from './compiled'
import { letGo } from './holdings'

type BuyerResult = Extract<StepResult, { type: 'buyer' }>
type Offered = Extract<StepResult, { type: 'buyer' | 'distribution' }>
const isBuyer = (result: StepResult): result is BuyerResult => result.type === 'buyer'
const isOffered = (result: StepResult): result is Offered => isBuyer(result) || result.type === 'distribution'

/** How a run ends, before its money is summed up. */
export type Ending = { outcome: 'success' | 'failure' | 'error'; status: 'pending' | 'final'; reason?: string }

const reasonOf = (results: Offered[]): string => {
  const last = (outcome: Offered['outcome']) => results.findLast((result) => result.outcome === outcome)?.reason
  const passedOver = results.find(({ outcome }) => outcome === 'skipped' || outcome === 'unsold')?.reason
  return last('rejected') ?? last('error') ?? passedOver ?? 'No buyer accepted'
}

/** No buyer took it. When nobody refused and something broke, sending it again may help: that is an error. */
function unsold(results: Offered[]): Ending {
  const outcomes = new Set(results.map(({ outcome }) => outcome))
  const isError = outcomes.has('error') && !outcomes.has('rejected')
  return { outcome: isError ? 'error' : 'failure', status: 'final', reason: reasonOf(results) }
}

const sold: Ending = { outcome: 'success', status: 'final' }
const pending: Ending = { outcome: 'success', status: 'pending' }

/** What came of a step of the flow as a whole, with all who were asked in its place. */
function unitOutcomes(results: Offered[]): ('sold' | 'pending' | 'refused' | 'skipped')[] {
  const units = new Map<string, Set<Offered['outcome']>>()
  for (const result of results) {
    const unit = (isBuyer(result) ? result.within : undefined) ?? result.stepId
    const known = units.get(unit)
    if (known) known.add(result.outcome)
    else units.set(unit, new Set([result.outcome]))
  }
  return [...units.values()].map((outcomes) => {
    if (outcomes.has('accepted') || outcomes.has('sold')) return 'sold'
    if (outcomes.has('unknown') || outcomes.has('pending')) return 'pending'
    return outcomes.has('rejected') || outcomes.has('error') ? 'refused' : 'skipped'
  })
}

/** How a run that went through all its steps ends. Steps that were skipped do not count for `all_accepted`. */
export function endingOf(succeedWhen: FlowDocument['succeed_when'], all: readonly StepResult[]): Ending {
  if (succeedWhen === 'always') return sold
  const results = all.filter(isOffered)
  if (results.length === 0) return { outcome: 'failure', status: 'final', reason: 'No buyer step in the flow' }
  const units = unitOutcomes(results)
  if (succeedWhen === 'any_accepted') {
    if (units.includes('sold')) return sold
    return units.includes('pending') ? pending : unsold(results)
  }
  if (units.includes('refused')) return unsold(results)
  if (units.includes('pending')) return pending
  return units.includes('sold') ? sold : unsold(results)
}

/** Ends a run: sums up what buyers pay, and what the source is paid when it is a success and certain. */
export function finish(flow: CompiledFlow, source: CompiledSource, run: Run, ending: Ending): void {
  const isPaid = ending.outcome === 'success' && ending.status === 'final' && !run.isTest
  run.state = 'done'
  run.status = ending.status
  run.outcome = ending.outcome
  if (ending.reason !== undefined && ending.reason !== '') run.reason = ending.reason
  const bidCents = run.bid && 'priceCents' in run.bid ? run.bid.priceCents : undefined
  run.costCents = isPaid ? (bidCents ?? source.costCents ?? flow.costCents ?? 0) : 0
  // Caps of flow and source count what is sold.
  if (ending.outcome !== 'success') letGo(run, { taken: run.holds ?? [] })
  run.revenueCents = run.results.reduce((sum, result) => sum + (isBuyer(result) ? result.priceCents : 0), 0)
}

/**
 * What a source is told of its lead. A run that is not final is a success whose result comes later, unpriced.
 * @returns `priceCents` is what the source is paid.
 */
export function answerOf(run: Run): {
  outcome: 'success' | 'failure' | 'error'
  reason?: string
  status?: 'pending'
  priceCents: number
  leadId: string
} {
  const { leadId } = run
  if (run.status !== 'final' || !run.outcome) return { outcome: 'success', status: 'pending', priceCents: 0, leadId }
  const { outcome, reason, costCents: priceCents } = run
  return { outcome, ...(reason !== undefined && { reason }), priceCents, leadId }
}
