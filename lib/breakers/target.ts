import { destinationTarget, stepTarget } from '../engine/index'
import { isUuid } from '../ids'

/** Who is called, by a name of its own among all, and the account that owns it. */
export type Target = { key: string; accountId: string }

/** A destination, whoever delivers there. @param accountId the buyer's. */
export const targetOfDestination = (accountId: string, destinationId: string): Target => ({
  key: destinationTarget(destinationId),
  accountId,
})

/** A step that is configured by hand. @param accountId the seller's. */
export const targetOfStep = (accountId: string, flowId: string, stepId: string): Target => ({
  key: stepTarget(flowId, stepId),
  accountId,
})

/** What a target's name says. */
export function partsOfTarget(key: string): { destinationId: string } | { flowId: string; stepId: string } | undefined {
  const [kind, rest = ''] = key.split(/:(.*)/s)
  if (kind === 'destination' && isUuid(rest)) return { destinationId: rest }
  const [flowId = '', stepId] = rest.split(/\/(.*)/s)
  return kind === 'step' && isUuid(flowId) && stepId !== undefined ? { flowId, stepId } : undefined
}
