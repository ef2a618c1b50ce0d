import type { Captured } from '../schema'

/** What a buyer's answer, or its absence, means (`api.md` §5). */
export type Verdict = {
  outcome: 'accepted' | 'rejected' | 'error' | 'unknown'
  reason?: string
  /** Set when the destination, not the lead, is broken: words for an alert. */
  alert?: string
  statusCode?: number
  priceCents?: number
  buyerLeadId?: string
  /** The buyer had this lead already: a rejection of its own kind. */
  duplicate?: true
  /** How long the buyer asked to be left alone. */
  retryAfterMs?: number
  /** Further values of the answer, by the names that the step gives them. */
  captured?: Record<string, Captured>
}
