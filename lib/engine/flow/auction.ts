import { formatMoney } from '../../money'
import type { Bid, PingAnswer, PingOutcome, Round, Run, TraceEntry } from '../types'
import { chanceOf } from './chance'
import type { CompiledBuyer, CompiledDistribution, CompiledFlow } from './compiled'
import { scopeOf } from './criteria'
import { planOf } from './distribution-step'
import type { Moment } from './moment'

/** Bids may be waited for as long as the distribution says, and not for more than half of the time that it has left. */
function windowOf(step: CompiledDistribution, startedAt: number, now: number, budgetMs?: number): number {
  if (budgetMs === undefined) return step.bidsWithinMs
  return Math.max(1, Math.min(step.bidsWithinMs, Math.floor((startedAt + budgetMs - now) / 2)))
}

/** A distribution within another, by its id. */
export function distributionWithin(top: CompiledDistribution, id: string): CompiledDistribution | undefined {
  if (top.id === id) return top
  for (const member of top.members) {
    const found = member.type === 'distribution' ? distributionWithin(member, id) : undefined
    if (found) return found
  }
  return undefined
}

const hasBid = ({ bids }: Run, stepId: string) => bids !== undefined && Object.hasOwn(bids, stepId)

/**
 * A bid is that of the buyer that made it: one who has its step by now is not held to it, and learns nothing of it. `run`
 * is a copy of one's own.
 */
export function forgetBidsOfOthers({ buyers }: CompiledFlow, run: Run): void {
  const all = Object.entries(run.bids ?? {})
  const kept = all.filter(([stepId, { by }]) => by === undefined || (buyers.get(stepId)?.claimOwner ?? by) === by)
  if (kept.length < all.length) run.bids = Object.fromEntries(kept)
}

/** Buyers of an auction that can take the lead and have not said yet what they pay. */
export function biddersOf(moment: Moment, round: Round): CompiledBuyer[] {
  const { flow, run, now, eventId } = moment
  return round.offers.flatMap((offer) => {
    const step = flow.buyers.get(offer.stepId)
    if (!step?.ping || hasBid(run, step.id)) return []
    const chance = chanceOf(step, offer, scopeOf(flow, run, now, eventId, step.priceCents), flow)
    return chance.skip === undefined ? [step] : []
  })
}

/** How long the bids of a round are waited for. */
export function bidWindow(top: CompiledDistribution, { run, now }: Moment, { auction = '' }: Round): number {
  const step = distributionWithin(top, auction) ?? top
  return windowOf(step, run.selling?.resumedAt ?? run.selling?.startedAt ?? now, now, top.budgetMs)
}

/** The order that the bids of an auction make, of those of its offers that are still to be made; who bids nothing falls out. */
export function rankByBids(
  top: CompiledDistribution,
  { flow, run, now, eventId }: Moment,
  { offers, auction = '' }: Round,
): { rounds: Round[]; refused: { step: CompiledBuyer; reason: string }[] } {
  const refused = offers.flatMap(({ stepId }) => {
    const bid = hasBid(run, stepId) ? run.bids?.[stepId] : undefined
    const step = flow.buyers.get(stepId)
    return step && bid && 'refused' in bid ? [{ step, reason: bid.refused }] : []
  })
  const left = new Map(offers.map((offer) => [offer.stepId, offer]))
  for (const { step } of refused) left.delete(step.id)
  const step = distributionWithin(top, auction)
  const planned = step
    ? planOf(step, scopeOf(flow, run, now, eventId), { auction, bids: run.bids ?? {} })
    : [{ offers }]
  const rounds = planned.flatMap((round) => {
    const kept = round.offers.flatMap(({ stepId }) => left.get(stepId) ?? [])
    return kept.length > 0 ? [{ ...round, offers: kept }] : []
  })
  return { rounds, refused }
}

/** Timers of two clocks: an answer this close to the end of the time did not come in it. */
const slackMs = 20
const secondsOf = (ms: number) => `${Math.round(ms / 100) / 10} s`

function refusalOf({ verdict, startedAt, endedAt, withinMs }: PingAnswer): string {
  const { outcome, reason } = verdict
  if (outcome === 'rejected') return reason === undefined ? 'Declined the ping' : `Declined the ping: ${reason}`
  if (endedAt - startedAt >= withinMs - slackMs) return `No bid in ${secondsOf(withinMs)}`
  return reason === undefined ? 'No bid' : `No bid: ${reason}`
}

function bidIn(step: CompiledBuyer, answer: PingAnswer): Bid {
  const { verdict, eventId, assumed } = answer
  if (verdict.outcome !== 'accepted') return { refused: refusalOf(answer) }
  const cents = verdict.priceCents ?? step.priceCents
  if (step.ping?.namesBid && !assumed && !cents) return { refused: cents === 0 ? 'Bids nothing' : 'Names no bid' }
  return {
    priceCents: cents ?? 0,
    eventId,
    ...(verdict.buyerLeadId !== undefined && { reference: verdict.buyerLeadId }),
    ...(verdict.captured && { captured: verdict.captured }),
  }
}

const outcomeOf = (bid: Bid, { verdict }: PingAnswer): PingOutcome => {
  if ('priceCents' in bid) return 'bid'
  return verdict.outcome === 'error' || verdict.outcome === 'unknown' ? 'error' : 'no_bid'
}

function noteBid(run: Run, step: CompiledBuyer, answer: PingAnswer): void {
  const { stepId, eventId, verdict, startedAt, endedAt } = answer
  const bid = bidIn(step, answer)
  run.bids = { ...run.bids, [stepId]: { ...bid, by: step.claimOwner } }
  const reason = 'refused' in bid ? bid.refused : undefined
  const text = 'refused' in bid ? bid.refused : `${step.recipient} bids ${formatMoney(bid.priceCents)}`
  const trace: TraceEntry[] = [{ kind: 'ping', passed: reason === undefined, text }]
  run.results.push({
    type: 'ping',
    stepId,
    name: step.name,
    recipient: step.recipient,
    eventId,
    ...(run.selling && { within: run.selling.stepId }),
    outcome: outcomeOf(bid, answer),
    ...(reason !== undefined && { reason }),
    verdict,
    ...('priceCents' in bid && { bidCents: bid.priceCents }),
    startedAt,
    endedAt,
    trace,
  })
}

/** Writes down what buyers bid. One that has not answered at all is taken to bid nothing. `run` is a copy of one's own. */
export function hearBids(flow: CompiledFlow, run: Run, answers: readonly PingAnswer[]): void {
  for (const answer of answers) {
    const step = flow.buyers.get(answer.stepId)
    if (step && !hasBid(run, step.id)) noteBid(run, step, answer)
  }
}
