import type { BuyerStep, ConditionalDelivery } from '@/lib/engine/schema'

type Part = { [Key in keyof ConditionalDelivery]?: ConditionalDelivery[Key] | undefined }

/** A buyer step with other hours, caps or quality; `undefined` takes a part away. */
export function withConditions({ conditional_delivery: before, ...step }: BuyerStep, part: Part): BuyerStep {
  const said = Object.entries({ ...before, ...part }).filter(([, value]) => value !== undefined)
  return said.length === 0 ? step : { ...step, conditional_delivery: Object.fromEntries(said) as ConditionalDelivery }
}
