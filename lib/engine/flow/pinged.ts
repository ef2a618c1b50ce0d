import { pingFields } from '../fields/index'
import { type BuyerStep, type FieldType, type PingedConfig, pings } from '../schema'
import type { StepTarget } from '../types'

/**
 * How the buyer that was invited is asked for its bid, and what it is told then; undefined where its destination is not
 * pinged, or the seller lets it know nothing before it buys.
 * @param typeOf the type that the flow gives a field.
 */
export function pingOfInvited(
  { connection }: BuyerStep,
  target: StepTarget | undefined,
  typeOf: (name: string) => FieldType | undefined,
): { config: PingedConfig; told: string[] } | undefined {
  if (connection.method !== 'invite' || !target?.config || !pings(target.config)) return undefined
  const sharing = { ...connection, shared_fields: target.sharedFields ?? connection.shared_fields }
  const told = pingFields(sharing, typeOf)
  return told.length > 0 ? { config: target.config, told } : undefined
}

/** Whether a step's buyer is asked for its bid where bids are waited for, whoever configured it. */
export const isPinged = (
  step: BuyerStep,
  target: StepTarget | undefined,
  typeOf: (name: string) => FieldType | undefined,
): boolean =>
  step.connection.method === 'invite' ? pingOfInvited(step, target, typeOf) !== undefined : step.ping !== undefined
