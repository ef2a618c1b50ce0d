import type { Failed, Run, StepResult } from '../types'
import type { CompiledFlow, CompiledStep } from './compiled'
import { buyersWithin } from './distribution-step'
import { type Seller, sellTo } from './holdings'

type BuyerResult = Extract<StepResult, { type: 'buyer' }>

/** True where a buyer has the lead, or may have it. */
export const isWithBuyer = (result: StepResult): result is BuyerResult =>
  result.type === 'buyer' && (result.outcome === 'accepted' || result.outcome === 'unknown')

const unitOf = ({ stepId, within }: BuyerResult) => within ?? stepId

const isSeller = (step: CompiledStep | undefined): step is Seller =>
  step?.type === 'buyer' || step?.type === 'distribution'

/** The step of the flow that a buyer belongs to: where it was asked then, or where it stands now. */
function topOf(flow: CompiledFlow, { stepId, unit }: Failed): Seller | undefined {
  const then = flow.steps[flow.indexOfStep.get(unit) ?? -1]
  if (isSeller(then)) return then
  return flow.steps
    .filter(isSeller)
    .find((step) => step.id === stepId || (step.type === 'distribution' && holds(step, stepId)))
}

const holds = (step: Extract<Seller, { type: 'distribution' }>, stepId: string) =>
  [...buyersWithin(step.members)].some(({ id }) => id === stepId)

const heldIn = (run: Run, unit: string) =>
  new Set(run.results.filter((one) => isWithBuyer(one) && unitOf(one) === unit).map(({ stepId }) => stepId))

/**
 * Buyer steps whose delivery failed for good, or that the lead waited for in vain, where their place was not taken by
 * another buyer: what a replay asks again. Refusals are none.
 */
export function failedSteps(flow: CompiledFlow, run: Run): Failed[] {
  const failed = new Map<string, Failed>()
  for (const result of run.results) {
    if (result.type !== 'buyer' || result.outcome === 'skipped') continue
    if (result.outcome === 'error') failed.set(result.stepId, { stepId: result.stepId, unit: unitOf(result) })
    else failed.delete(result.stepId)
  }
  for (const one of run.expired ?? []) failed.set(one.stepId, one)
  return [...failed.values()].filter((one) => {
    const top = topOf(flow, one)
    return top !== undefined && flow.buyers.has(one.stepId) && heldIn(run, top.id).size < sellTo(top)
  })
}

/**
 * The run of a lead that has ended, made ready to be tried again by the steps that failed: it waits, and goes on as a
 * held lead does. What others bought stays theirs; what was given back at its end is taken anew.
 */
export function replayable(run: Run, steps: Failed[]): Run {
  const {
    outcome,
    reason: _,
    holds: kept,
    moves: __,
    selling: ___,
    bids: ____,
    expired: _____,
    endedAt: ______,
    ...rest
  } = run
  const was = {
    outcome: run.status === 'pending' ? 'pending' : (outcome ?? 'error'),
    costCents: run.costCents,
    ms: (run.results.at(-1)?.endedAt ?? run.receivedAt) - run.receivedAt,
  }
  return {
    ...rest,
    ...(outcome === 'success' && kept && { holds: kept }),
    at: 0,
    state: 'held',
    status: 'pending',
    trace: [],
    again: { steps, was },
  }
}

/** In a replay only those steps of the flow have their turn in which something had failed. */
export const isReplayed = (flow: CompiledFlow, { again }: Run, step: CompiledStep): boolean =>
  again === undefined || again.steps.some((one) => topOf(flow, one)?.id === step.id)

/** Who is asked again in a step of the flow, and who has the lead there. Without `offers` it is no replay. */
export function replayOf(flow: CompiledFlow, run: Run, top: Seller) {
  const { again } = run
  if (!again) return { sold: [], perhaps: [] }
  const offers = again.steps.flatMap((one) => (topOf(flow, one)?.id === top.id ? [{ stepId: one.stepId }] : []))
  const within = run.results.filter((one): one is BuyerResult => isWithBuyer(one) && unitOf(one) === top.id)
  const idsOf = (outcome: string) => [
    ...new Set(within.flatMap((one) => (one.outcome === outcome ? [one.stepId] : []))),
  ]
  const sold = idsOf('accepted')
  return { offers, sold, perhaps: idsOf('unknown').filter((stepId) => !sold.includes(stepId)) }
}
