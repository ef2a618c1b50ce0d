import { type EventItem, eventOutcomes, eventTypes } from '@/lib/events/schema'

export type Side = 'seller' | 'buyer'

const typeWords: Record<EventItem['type'], string> = {
  source: 'Submission',
  filter: 'Filter',
  mapping: 'Mapping',
  lookup: 'Look-up',
  duplicate_check: 'Duplicate check',
  suppression: 'Suppression',
  distribution: 'Distribution',
  ping: 'Ping',
  queue: 'Queue',
  delivery: 'Delivery',
  feedback: 'Feedback',
}

export const wordOfType = (type: EventItem['type']): string => typeWords[type]

/** What happened between whom: "Premium step → Coastal Mutual", "return from Coastal Mutual". */
export function wayOf({ type, name, recipient }: EventItem): string {
  if (!recipient) return name
  if (type === 'feedback') return `${name} from ${recipient}`
  return name === recipient ? name : `${name} → ${recipient}`
}

/** Money as the viewer's own: what a seller pays its source is negative. */
export const ownCents = ({ type, stepId, priceCents }: EventItem, side: Side): number | undefined => {
  const isSources = type === 'source' || (type === 'ping' && stepId === undefined)
  return side === 'seller' && isSources && priceCents ? -priceCents : priceCents || undefined
}

/** Where an event is seen in its story: on its lead, or on the ping that has no lead yet. */
export const hrefOf = ({ id, type, leadId, pingId }: EventItem, side: Side): string =>
  type === 'ping' && pingId !== undefined
    ? `/${side}/pings/${pingId}#event-${id}`
    : `/${side}/leads/${leadId}#event-${id}`

const typesOf: Record<Side, readonly EventItem['type'][]> = {
  seller: eventTypes,
  buyer: ['ping', 'delivery', 'feedback'],
}
const outcomesOf: Record<Side, readonly (typeof eventOutcomes)[number][]> = {
  seller: eventOutcomes,
  buyer: ['accepted', 'rejected', 'error', 'unknown', 'bid', 'no_bid', 'success', 'failure'],
}

/** The types and outcomes that a side's events have, for the filters. */
export const typeOptions = (side: Side) => typesOf[side].map((value) => ({ value, label: typeWords[value] }))
const labelOf = (outcome: string) => outcome.charAt(0).toUpperCase() + outcome.slice(1).replaceAll('_', ' ')
export const outcomeOptions = (side: Side) => outcomesOf[side].map((value) => ({ value, label: labelOf(value) }))
