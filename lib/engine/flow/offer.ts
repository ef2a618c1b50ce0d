import type { Offer, Round, Run, Selling, TraceEntry, WaitCause } from '../types'
import { askChain } from './buyer-step'
import { type Chance, chanceOf } from './chance'
import type { CompiledBuyer, CompiledFlow } from './compiled'
import { scopeOf } from './criteria'
import type { Seller } from './holdings'
import type { Moment } from './moment'
import { type Noted, note } from './note-buyer'
import { isWithBuyer } from './replay'

export const isFresh = (selling: Selling, stepId: string) =>
  !selling.met.includes(stepId) && !selling.rounds.some(({ offers }) => offers.some((offer) => offer.stepId === stepId))

/** A buyer that can take the lead later is not ruled out: it is noted when nobody waits for it any more. */
export function waitFor(
  { run }: Moment,
  { turn }: Round,
  { offer, reason, step }: Noted,
  at: number,
  cause: WaitCause,
): void {
  const { goesOut: _, ...later } = offer
  run.selling?.met.push(step.id)
  run.selling?.waits.push({ offer: later, at, reason, cause, ...(turn && { turn }) })
}

/** Rules a buyer out that can't be asked now; whoever stands in for it takes its place in the round. */
export function ruleOut(top: Seller, moment: Moment, round: Round, noted: Noted, chance: Chance): void {
  const { selling } = moment.run
  if (!selling) return
  const at = round.offers.indexOf(noted.offer)
  if (chance.opensAt === undefined) note(top, moment, noted)
  else {
    const isShut = chance.trace.some(({ kind, passed }) => kind === 'breaker' && !passed)
    waitFor(moment, round, noted, chance.opensAt, isShut ? 'breaker' : 'hours')
  }
  const stand = chance.instead
  const isThere = stand && moment.flow.buyers.has(stand.buyer) && isFresh(selling, stand.buyer)
  round.offers.splice(at, 1, ...(isThere ? [{ stepId: stand.buyer, via: stand.via, of: noted.offer.stepId }] : []))
  if (chance.failsOver && noted.offer.via !== 'failover') askChain(moment.flow, selling, noted.step)
  if (chance.ends) endBy(selling, noted.step)
}

/** Nobody but this buyer was to have the lead. */
export function endBy(selling: Selling, step: CompiledBuyer): void {
  selling.rounds = []
  selling.endedBy = step.recipient
}

export type Open = { step: CompiledBuyer; offer: Offer; trace: TraceEntry[] }

const thereWords = 'Has this lead already'

const alreadyThere: Chance = { skip: thereWords, trace: [{ kind: 'duplicate', passed: false, text: thereWords }] }

/**
 * Whether a buyer has the lead, or may have it. Two steps of a flow may reach the same buyer as their seller wants it;
 * where a person sends the lead to a buyer, or a replay does, it must not be one that another step has reached.
 */
function hasLead({ buyers }: CompiledFlow, { results, again }: Run, step: CompiledBuyer, offer: Offer): boolean {
  if (offer.eventId !== undefined) return false
  const isSame = (stepId: string) =>
    stepId === step.id || ((offer.via === 'reassigned' || again) && buyers.get(stepId)?.claimOwner === step.claimOwner)
  return results.some((result) => isWithBuyer(result) && isSame(result.stepId))
}

/** A buyer of the round and what can be said of it now; one that the flow has lost is taken out. */
export function look(moment: Moment, round: Round, offer: Offer): (Open & { chance: Chance }) | undefined {
  const { flow, run, now, eventId } = moment
  const step = flow.buyers.get(offer.stepId)
  if (!step) {
    round.offers.splice(round.offers.indexOf(offer), 1)
    return undefined
  }
  const chance = hasLead(flow, run, step, offer)
    ? alreadyThere
    : chanceOf(step, offer, scopeOf(flow, run, now, offer.eventId ?? eventId, step.priceCents), flow)
  return { step, offer, trace: chance.trace, chance }
}

/** The first buyer of a round that may be asked; those before it are ruled out. */
export function firstOpen(top: Seller, moment: Moment, round: Round): Open | undefined {
  for (let offer = round.offers[0]; offer; offer = round.offers[0]) {
    const looked = look(moment, round, offer)
    if (!looked) continue
    if (looked.chance.skip === undefined) return looked
    const { step, trace, chance } = looked
    ruleOut(top, moment, round, { step, offer, reason: chance.skip ?? '', trace }, chance)
    if (moment.run.selling?.rounds[0] !== round) return undefined
  }
  return undefined
}

/** A backup comes to the lead in the place of the buyer that was met full last and names it. */
export function overflowTo({ flow, run }: Moment, { id }: CompiledBuyer): Offer {
  const of = run.selling?.met.findLast((stepId) => flow.buyers.get(stepId)?.whenFull.buyer === id)
  return { stepId: id, via: 'overflow', ...(of !== undefined && { of }) }
}
