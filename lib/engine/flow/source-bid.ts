import { formatMoney } from '../../money'
import type { Run, TraceEntry } from '../types'
import type { CompiledFlow, CompiledSource } from './compiled'
import type { Ending } from './finish'

/** What a source is offered for a lead that it told a part of: a price, or why there is none. */
export type SourceBid = { priceCents: number } | { reason: string; why: string }

const noBid = 'No bid'

/** The seller keeps its margin, to the cent; what is left of a fraction is the seller's. */
const lessMargin = (cents: number, percent: number) => Math.floor((cents * (100 - percent)) / 100)

/**
 * What a source is bid, when its ping went through the flow (`api.md` §4): what the buyers pay less the margin of the
 * source where it has one, else its own price, else the flow's. Nobody would buy, or it would be paid nothing: no bid.
 * `why` is for the seller, `reason` for the source.
 */
export function bidForSource(flow: CompiledFlow, source: CompiledSource, run: Run): SourceBid {
  if (run.state !== 'done' || run.outcome !== 'success') {
    const reason = run.state === 'done' ? (run.reason ?? noBid) : noBid
    return { reason, why: reason === noBid ? 'No buyer would take it now' : reason }
  }
  const margin = source.settings.pings?.margin_percent
  const priceCents =
    margin === undefined ? (source.costCents ?? flow.costCents ?? 0) : lessMargin(run.revenueCents, margin)
  if (priceCents > 0) return { priceCents }
  const lacks = 'This source has no price: give it one, or a margin'
  return { reason: noBid, why: margin === undefined ? lacks : `Of ${formatMoney(run.revenueCents)} nothing is left` }
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
