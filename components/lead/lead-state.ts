import type { LeadItem } from '@/lib/leads/schema'

/** The one word for how a lead stands: its outcome once that is final. */
export const stateOf = ({ status, outcome }: Pick<LeadItem, 'status' | 'outcome'>): string =>
  status === 'final' ? (outcome ?? 'error') : status

/** What to call a lead where it has no name. */
export const nameOf = ({ label, email, phone }: Pick<LeadItem, 'label' | 'email' | 'phone'>): string =>
  label || email || phone || 'Lead without a name'

const buyerWords: Record<string, string> = { success: 'accepted', failure: 'rejected', pending: 'unknown' }

/** The same as the lead's side says it: a buyer did not fail to sell a lead, it rejected it. */
export const ownStateOf = (lead: Pick<LeadItem, 'side' | 'status' | 'outcome'>): string => {
  const state = stateOf(lead)
  return lead.side === 'buyer' ? (buyerWords[state] ?? state) : state
}
