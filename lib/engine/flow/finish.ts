import type { FlowDocument } from '../schema'
import type { Run, StepResult } from '../types'
import type { CompiledFlow, CompiledSource } from './compiled'

type BuyerResult = Extract<StepResult, { type: 'buyer' }>
const isBuyer = (result: StepResult): result is BuyerResult => result.type === 'buyer'

/** How a run ends, before its money is summed up. */
export type Ending = { outcome: 'success' | 'failure' | 'error'; status: 'pending' | 'final'; reason?: string }

const reasonOf = (results: BuyerResult[]): string => {
  const last = (outcome: BuyerResult['outcome']) => results.findLast((result) => result.outcome === outcome)?.reason
  const skipped = results.find((result) => result.outcome === 'skipped')?.reason
  return last('rejected') ?? last('error') ?? skipped ?? 'No buyer accepted'
}

/** No buyer took it. When nobody refused and something broke, sending it again may help: that is an error. */
function unsold(results: BuyerResult[]): Ending {
  const outcomes = new Set(results.map(({ outcome }) => outcome))
  const isError = outcomes.has('error') && !outcomes.has('rejected')
  return { outcome: isError ? 'error' : 'failure', status: 'final', reason: reasonOf(results) }
}

const sold: Ending = { outcome: 'success', status: 'final' }
const pending: Ending = { outcome: 'success', status: 'pending' }

/** How a run that went through all its steps ends. Steps that were skipped do not count for `all_accepted`. */
export function endingOf(succeedWhen: FlowDocument['succeed_when'], all: readonly StepResult[]): Ending {
  if (succeedWhen === 'always') return sold
  const results = all.filter(isBuyer)
  if (results.length === 0) return { outcome: 'failure', status: 'final', reason: 'No buyer step in the flow' }
  const has = (outcome: BuyerResult['outcome']) => results.some((result) => result.outcome === outcome)
  if (succeedWhen === 'any_accepted') {
    if (has('accepted')) return sold
    return has('unknown') ? pending : unsold(results)
  }
  if (has('rejected') || has('error')) return unsold(results)
  if (has('unknown')) return pending
  return has('accepted') ? sold : unsold(results)
}

/** Ends a run: sums up what buyers pay, and what the source is paid when it is a success and certain. */
export function finish(flow: CompiledFlow, source: CompiledSource, run: Run, ending: Ending): void {
  const isPaid = ending.outcome === 'success' && ending.status === 'final' && !run.isTest
  run.state = 'done'
  run.status = ending.status
  run.outcome = ending.outcome
  if (ending.reason !== undefined && ending.reason !== '') run.reason = ending.reason
  run.costCents = isPaid ? (source.costCents ?? flow.costCents ?? 0) : 0
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
