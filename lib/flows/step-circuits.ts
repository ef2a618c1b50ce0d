import type { Executor } from '../../db/client'
import { circuitsOf, type Target, targetOfDestination, targetOfStep } from '../breakers/index'
import type { StepTarget } from '../engine/index'
import type { StepState } from './schema'
import type { Resolved } from './targets'

type Owner = { id: string; accountId: string }

/** Whom a step calls; a mail calls nobody. */
function calledBy(flow: Owner, stepId: string, target: StepTarget | undefined): Target | undefined {
  if (!target?.config) return undefined
  const { destinationId, buyerAccountId } = target
  if (destinationId === undefined || buyerAccountId === undefined) return targetOfStep(flow.accountId, flow.id, stepId)
  return targetOfDestination(buyerAccountId, destinationId)
}

/** The states of a flow's buyer steps, each with the circuit of whom it calls, as the flow's account may see it. */
export async function withCircuits(
  exec: Executor,
  flow: Owner,
  { states, targets }: Pick<Resolved, 'states' | 'targets'>,
): Promise<StepState[]> {
  const called = new Map<string, Target>()
  for (const { stepId } of states) {
    const target = calledBy(flow, stepId, targets[stepId])
    if (target) called.set(stepId, target)
  }
  const circuits = await circuitsOf(exec, [...called.values()], flow.accountId)
  return states.map((state) => {
    const circuit = circuits.get(called.get(state.stepId)?.key ?? '')
    return circuit ? { ...state, circuit } : state
  })
}
