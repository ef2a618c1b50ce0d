import { formatMoney } from '../../money'
import type { Run, TraceEntry } from '../types'
import type { CompiledFlow, CompiledSource } from './compiled'
import type { Ending } from './finish'

/** What a source is offered for a lead that it told a part of: a price, or why there is none. */
export type SourceBid = { priceCents: number; why: string } | { reason: string; why: string }

const noBid = 'No bid'

/** The seller keeps its margin, to the cent; what is left of a fraction is the seller's. */
const lessMargin = (cents: number, percent: number) => Math.floor((cents * (100 - percent)) / 100)

/** Why nobody would buy it. What waits for its buyer is sold to nobody now. */
function refusal({ state, outcome, reason = noBid }: Run): SourceBid | undefined {
  if (state === 'done' && outcome === 'success') return undefined
  const isKnown = state === 'done' && reason !== noBid
  return isKnown ? { reason, why: reason } : { reason: noBid, why: 'No buyer would take it now' }
}

function byMargin(revenueCents: number, percent: number): SourceBid {
  const priceCents = lessMargin(revenueCents, percent)
  const paid = formatMoney(revenueCents)
  if (priceCents <= 0) return { reason: noBid, why: `Of ${paid} nothing is left` }
  return { priceCents, why: `Buyers pay ${paid}, less ${percent} %` }
}

/**
 * What a source is bid, when its ping went through the flow (`api.md` §4): what the buyers pay less the margin of the
 * source where it has one, else its own price, else the flow's. Nobody would buy, or it would be paid nothing: no bid.
 * `why` is for the seller, `reason` for the source.
 */
export function bidForSource(flow: CompiledFlow, source: CompiledSource, run: Run): SourceBid {
  const refused = refusal(run)
  if (refused) return refused
  const margin = source.settings.pings?.margin_percent
  if (margin !== undefined) return byMargin(run.revenueCents, margin)
  const priceCents = source.costCents ?? flow.costCents ?? 0
  if (priceCents <= 0) return { reason: noBid, why: 'This source has no price: give it one, or a margin' }
  return { priceCents, why: `The price of the ${source.costCents === undefined ? 'flow' : 'source'}` }
}

/** What the bid that a source refers to means for its lead: it is honoured, or ends the lead. */
export function honourBid(run: Run): Ending | undefined {
  const { bid } = run
  if (!bid) return undefined
  const isHeld = 'priceCents' in bid
  const text = isHeld ? `The bid of ${formatMoney(bid.priceCents)} is honoured` : bid.refused
  const entry: TraceEntry = { kind: 'ping', passed: isHeld, text }
  run.trace.push(entry)
  return isHeld ? undefined : { outcome: 'failure', status: 'final', reason: bid.refused }
}
