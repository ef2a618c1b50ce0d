import { centsOf, formatMoney } from '../../money'
import { describeRule } from '../rules/index'
import type { BuyerStep, DistributionStep, FlowDocument } from '../schema'

/** Where a buyer stands in a flow. */
export type Place = {
  stepId: string
  name: string
  /** The step of the flow that it is, or is in. */
  unit: { stepId: string; name: string; isGroup: boolean }
  /** Why it comes when it comes: "Priority 2", "Price $45.00". Nothing for a step that stands by itself. */
  words?: string
  /** Whoever is asked had its turn. */
  takesTurns: boolean
  standby: boolean
  /** The group that is switched off, and it with it. */
  off?: string
}

type Member = BuyerStep | DistributionStep
type Within = Pick<Place, 'unit' | 'off'> & { group?: string; document: FlowDocument }

const priceOf = (member: Member): number =>
  member.type === 'buyer'
    ? (centsOf(member.rules.price) ?? 0)
    : Math.max(0, ...member.buyers.filter((one) => one.type !== 'buyer' || !one.standby).map(priceOf))

/** How a strategy comes to one of its members, in a few words. */
function wordsOf(step: DistributionStep, member: Member, document: FlowDocument): string {
  const asked = step.buyers.filter((one) => one.type !== 'buyer' || !one.standby)
  switch (step.strategy) {
    case 'priority':
      return `priority ${asked.indexOf(member) + 1}`
    case 'weighted':
      return `weight ${member.weight ?? 1}`
    case 'round_robin':
      return 'in turn'
    case 'highest_price': {
      const price = priceOf(member)
      const isHighest = asked.every((one) => priceOf(one) <= price)
      return `${isHighest ? 'highest price' : 'price'} ${formatMoney(price)}`
    }
    case 'rules':
      return member.when === undefined ? 'for every lead' : `when ${describeRule(member.when, document)}`
    case 'table':
      return valuesOf(step, member)
    case 'broadcast':
      return 'everybody is asked'
  }
}

function valuesOf({ table }: DistributionStep, { id }: Member): string {
  const values = Object.entries(table?.members ?? {}).flatMap(([value, member]) => (member === id ? [value] : []))
  const rest = table?.default === id ? ['all others'] : []
  const shown = values.length > 5 ? [...values.slice(0, 5), `${values.length - 5} more`] : values
  return [...shown, ...rest].join(', ') || 'not in the table'
}

function* within(step: DistributionStep, at: Within): Generator<Place> {
  for (const member of step.buyers) {
    const said = wordsOf(step, member, at.document)
    const words = at.group === undefined ? said : `${at.group}: ${said}`
    if (member.type === 'buyer') {
      const { id: stepId, name, standby = false } = member
      const takesTurns = step.strategy === 'round_robin' || step.strategy === 'weighted'
      const { unit, off } = at
      yield { stepId, name, unit, takesTurns, standby, ...(!standby && { words }), ...(off !== undefined && { off }) }
      continue
    }
    const off = at.off ?? (member.active === false ? member.name : undefined)
    yield* within(member, { ...at, group: member.name, ...(off !== undefined && { off }) })
  }
}

/** Every buyer of a document in its order, with its place in the way of a lead. */
export function placesOf(document: FlowDocument): Place[] {
  return document.steps.flatMap((step): Place[] => {
    const unit = { stepId: step.id, name: step.name, isGroup: step.type === 'distribution' }
    if (step.type === 'buyer') {
      return [{ stepId: step.id, name: step.name, unit, takesTurns: false, standby: step.standby === true }]
    }
    if (step.type !== 'distribution') return []
    return [...within(step, { unit, document, ...(step.active === false && { off: step.name }) })]
  })
}
