import { contactKeys } from '../fields/index'
import { capOwner, type Need, needsOf, sharedNeeds } from '../selling/caps'
import { type Ask, type Candidate, turnAmong } from '../selling/reserve'
import type { Offer, Round, Run } from '../types'
import type { CompiledBuyer, CompiledFlow, CompiledSource } from './compiled'
import { bidOf, priceIn, type Seller } from './holdings'
import type { Moment } from './moment'
import { isFresh, look } from './offer'

/** Counters of the flow and the source, taken once for the lead, before its first attempt. */
export function leadNeeds(flow: CompiledFlow, source: CompiledSource | undefined, run: Run, now: number): Need[] {
  if (run.holds) return []
  const ofFlow = flow.caps ? needsOf(flow.caps, capOwner.flow(flow.flow.id), 0, now) : []
  return source?.caps ? [...ofFlow, ...needsOf(source.caps, capOwner.source(source.id), 0, now)] : ofFlow
}

/** A contact claims the buyer that it goes to, by the buyer's own name where it is connected. */
export function claimsFor(step: CompiledBuyer, run: Run, now: number): Candidate['claims'] {
  const window = step.duplicateWindowMs
  if (window === undefined) return []
  return contactKeys(run.lead).map(({ kind, value }) => ({
    key: `${step.claimOwner}|${kind}|${value}`,
    since: now - window,
  }))
}

export const isCounted = ({ caps, shared, duplicateWindowMs }: CompiledBuyer) =>
  caps !== undefined || shared !== undefined || duplicateWindowMs !== undefined

function candidateOf(top: Seller, step: CompiledBuyer, offer: Offer, { run, now }: Moment): Candidate {
  // What the tries before hold is not taken once more, nor what was taken when it was collected.
  if (offer.kept || run.selling?.collected?.[step.id]) return { stepId: step.id, needs: [], claims: [] }
  const cents = bidOf(run, step.id) ?? priceIn(top, step) ?? 0
  const own = step.caps ? needsOf(step.caps, step.capOwner, cents, now) : []
  return {
    stepId: step.id,
    needs: [...own, ...(step.shared ?? []).flatMap((shared) => sharedNeeds(shared, cents, now))],
    claims: claimsFor(step, run, now),
  }
}

/** Whoever stands in for a buyer that turns out to be full, where it may be asked. */
function backupOf(top: Seller, moment: Moment, { whenFull, id }: CompiledBuyer): Candidate | undefined {
  const { flow, run } = moment
  if (whenFull.action !== 'overflow_to_backup' || whenFull.buyer === undefined || !run.selling) return undefined
  const backup = flow.buyers.get(whenFull.buyer)
  if (!backup || !isFresh(run.selling, backup.id)) return undefined
  const offer: Offer = { stepId: backup.id, via: 'overflow', of: id }
  const looked = look(moment, { offers: [] }, offer)
  return looked?.chance.skip === undefined ? { ...candidateOf(top, backup, offer, moment), after: id } : undefined
}

/** Asks the counters about everybody in a round who may be asked, and whoever stands in for one that is full. */
export function askOf(top: Seller, moment: Moment, round: Round, lead: Need[]): Ask {
  const candidates: Candidate[] = []
  for (const offer of round.offers.slice()) {
    const looked = look(moment, round, offer)
    if (!looked || looked.chance.skip !== undefined) continue
    candidates.push(candidateOf(top, looked.step, offer, moment))
    const backup = backupOf(top, moment, looked.step)
    if (backup) candidates.push(backup)
  }
  const { turn } = round
  if (!turn) return { lead, candidates }
  return { lead, candidates, turn: turnAmong(turn, new Set(candidates.map(({ stepId }) => stepId))) }
}

export function mustReserve(moment: Moment, round: Round, lead: Need[]): boolean {
  if (moment.run.isTest) return false
  if (lead.length > 0 || (round.turn && round.offers.length > 1)) return true
  return round.offers.some(({ stepId }) => {
    const step = moment.flow.buyers.get(stepId)
    return step !== undefined && isCounted(step) && !moment.run.selling?.collected?.[stepId]
  })
}
