import type { EventDetail } from '@/lib/events/schema'
import type { LeadDetail } from '@/lib/leads/schema'
import { formatMoney } from '@/lib/money'
import { ownStateOf, stateOf } from './lead-state'

/** What became of a lead, in one line; `outcome` gives its colour and icon. */
export type Headline = { outcome: string; words: string }

const deliveries = (lead: LeadDetail, outcome: string): EventDetail[] =>
  lead.events.filter((event) => event.type === 'delivery' && event.outcome === outcome)

const who = ({ recipient, name }: EventDetail) => recipient ?? name

/** "A", "A and B", "A, B and C". */
function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? ''
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`
}

const because = (words: string, reason: string | undefined) => (reason ? `${words}: ${reason}` : words)

function soldWords(lead: LeadDetail): string {
  const buyers = deliveries(lead, 'accepted').map(who)
  if (buyers.length === 0) return 'taken in, sold to nobody'
  if (lead.isTest) return `accepted by ${listed(buyers)}`
  return `sold to ${listed(buyers)} for ${formatMoney(lead.revenueCents ?? 0)}`
}

function waitingWords(lead: LeadDetail): string {
  const silent = deliveries(lead, 'unknown').map(who)
  return silent.length > 0 ? `waiting: ${listed(silent)} never answered` : 'waiting for its result'
}

function sellerWords(lead: LeadDetail): string {
  const state = stateOf(lead)
  if (state === 'processing') return 'on its way'
  if (state === 'pending') return waitingWords(lead)
  if (state === 'success') return soldWords(lead)
  return because(state === 'failure' ? 'not sold' : 'not sold, something failed', lead.reason)
}

function buyerWords(lead: LeadDetail): string {
  const from = lead.partnerName ?? 'the seller'
  const state = stateOf(lead)
  if (state === 'success')
    return lead.isTest ? `test from ${from}, accepted` : `bought from ${from} for ${formatMoney(lead.priceCents)}`
  if (state === 'failure') return because('rejected', lead.reason)
  if (state === 'error') return because('not delivered', lead.reason)
  return because('unclear whether it arrived', lead.reason)
}

/** The lead's end in the words of the side that looks at it. */
export const headlineOf = (lead: LeadDetail): Headline => ({
  outcome: ownStateOf(lead),
  words: lead.side === 'seller' ? sellerWords(lead) : buyerWords(lead),
})

/** What buyers said of the lead afterwards and what was taken: "return", "conversion". */
export const takenFeedback = (lead: LeadDetail): string[] => [
  ...new Set(
    lead.events.filter(({ type, outcome }) => type === 'feedback' && outcome === 'success').map(({ name }) => name),
  ),
]
