import type { Nested, TypedLead } from '../types'
import { flattenNested } from './flatten'
import { type InboundPlan, routeOf, typeFields } from './type-fields'

/** Where a submitted name went: `listed` in the flow, `standard` in the catalogue, or kept under its own name as text. */
export type ReceivedName = {
  sent: string
  field: string
  how: 'mapped' | 'listed' | 'standard' | 'alias' | 'unknown'
}

/** What a plan makes of a submission, name by name in the order they came, and the lead that comes of it. */
export function explainSubmission(
  submitted: Nested,
  plan: InboundPlan,
  now?: number,
): { names: ReceivedName[]; lead: TypedLead } {
  const lead = typeFields(submitted, plan, now)
  const names = flattenNested(submitted).flatMap(([sent]) => received(sent, plan, lead))
  return { names, lead }
}

function received(sent: string, plan: InboundPlan, lead: TypedLead): ReceivedName[] {
  const { name, alias, mapped } = routeOf(plan, sent)
  const found: ReceivedName[] = plan.mappings
    .filter(({ from }) => from === mapped)
    .map(({ to }) => ({ sent, field: to, how: 'mapped' }))
  if (alias) {
    // An alias whose field had a value already keeps its own under its own name.
    const isOwn = name !== undefined && lead[name] !== undefined
    found.push(isOwn ? { sent, field: name, how: 'unknown' } : { sent, field: alias.name, how: 'alias' })
  } else if (name !== undefined) found.push({ sent, field: name, how: plan.known(name) })
  return found
}
