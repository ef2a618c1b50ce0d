import { formatMoney } from '../../money'
import { dayMs } from '../../time'
import { capWords } from '../selling/caps'
import type { Refused, Reserved } from '../selling/reserve'
import type { Holding, Offer, Round, Selling, TraceEntry } from '../types'
import { askOf, claimsFor, isCounted, leadNeeds, mustReserve } from './ask-counters'
import { biddersOf, bidWindow, forgetBidsOfOthers, rankByBids } from './auction'
import { close, isLate, isSatisfied } from './close-selling'
import { collect, isCollected } from './collect'
import type { CompiledBuyer, CompiledDistribution } from './compiled'
import { scopeOf } from './criteria'
import { planOf } from './distribution-step'
import { bidOf, endSelling, letGo, type Seller, takeCollected } from './holdings'
import { type Decided, type Moment, waits } from './moment'
import { note, type Why } from './note-buyer'
import { endBy, firstOpen, isFresh, look, type Open, overflowTo, ruleOut, waitFor } from './offer'
import { openAttempt, waitsForOpen } from './open-attempts'
import { replayOf } from './replay'
import { roundsOf } from './wake'

function begin(step: Seller, { flow, run, now, eventId }: Moment): Selling {
  endSelling(run)
  const rounds: Round[] =
    step.type === 'buyer'
      ? [{ offers: step.standby ? [] : [{ stepId: step.id }] }]
      : planOf(step, scopeOf(flow, run, now, eventId))
  const { offers, sold, perhaps } = replayOf(flow, run, step)
  const selling: Selling = {
    stepId: step.id,
    startedAt: now,
    rounds: offers
      ? roundsOf(
          flow,
          run,
          offers.map((offer) => ({ offer })),
        )
      : rounds,
    sold,
    perhaps,
    considered: [],
    waits: [],
    met: [...sold, ...perhaps],
  }
  run.selling = selling
  return selling
}

/** A run's selling is changed only where it is a copy of one's own. */
export const copySelling = (selling: Selling): Selling => ({
  ...selling,
  rounds: selling.rounds.map((round) => ({ ...round, offers: round.offers.slice() })),
  sold: selling.sold.slice(),
  perhaps: selling.perhaps.slice(),
  considered: selling.considered.slice(),
  waits: selling.waits.slice(),
  met: selling.met.slice(),
  ...(selling.collected && { collected: { ...selling.collected } }),
})

/** Opens an attempt; undefined where the lead is collected for a batch instead. */
function attempt(
  top: Seller,
  moment: Moment,
  round: Round,
  { step, offer, trace }: Open,
  reserved: Holding,
): Decided | undefined {
  const { run, now } = moment
  round.offers.splice(round.offers.indexOf(offer), 1)
  if (isCollected(step, offer, run)) {
    collect(moment, step, offer, reserved)
    return undefined
  }
  const before = takeCollected(run, step.id)
  const held = {
    taken: [...(reserved.taken ?? []), ...(before.taken ?? [])],
    claims: [...(reserved.claims ?? []), ...(before.claims ?? [])],
  }
  const eventId = offer.eventId ?? moment.eventId
  const bid = bidOf(run, step.id)
  run.selling?.met.push(step.id)
  openAttempt(top, run, round, {
    stepId: step.id,
    eventId,
    startedAt: now,
    trace: bid === undefined ? trace : [...trace, { kind: 'ping', passed: true, text: `Bids ${formatMoney(bid)}` }],
    offer,
    ...(held.taken.length > 0 && { taken: held.taken }),
    ...(held.claims.length > 0 && { claims: held.claims }),
  })
  return { next: 'effect', effect: { kind: 'attempt', stepId: step.id, eventId } }
}

/** The next attempt of a round, or a question to the counters; undefined when nobody in it can be asked, or somebody collects. */
function offerRound(top: Seller, moment: Moment, round: Round): Decided | undefined {
  const { flow, run, now, eventId, source } = moment
  const open = firstOpen(top, moment, round)
  if (!open) return undefined
  const lead = leadNeeds(flow, source, run, now)
  if (!mustReserve(moment, round, lead)) return attempt(top, moment, round, open, {})
  run.asking = { eventId }
  return { next: 'effect', effect: { kind: 'reserve', ask: askOf(top, moment, round, lead), eventId } }
}

/** Asks the buyers of a round what they bid; once they have, the round gives way to the order that their bids make. */
function auction(top: CompiledDistribution, moment: Moment, round: Round): Decided | undefined {
  const { run, eventId } = moment
  const bidders = biddersOf(moment, round)
  if (bidders.length > 0) {
    const stepIds = bidders.map(({ id }) => id)
    run.pinging = { eventId }
    return { next: 'effect', effect: { kind: 'ping', eventId, stepIds, withinMs: bidWindow(top, moment, round) } }
  }
  const { rounds, refused } = rankByBids(top, moment, round)
  for (const { step, reason } of refused) {
    const offer = round.offers.find(({ stepId }) => stepId === step.id) ?? { stepId: step.id }
    note(top, moment, { step, offer, reason, trace: [{ kind: 'ping', passed: false, text: reason }] })
  }
  run.selling?.rounds.splice(0, 1, ...rounds)
  return undefined
}

const takeRound = (top: Seller, moment: Moment, round: Round): Decided | undefined =>
  round.auction !== undefined && top.type === 'distribution'
    ? auction(top, moment, round)
    : offerRound(top, moment, round)

/**
 * Goes on with a buyer step or a distribution: the next attempt, a question to the counters, or its end. Where attempts
 * are open beside each other, another one only as long as all of them may be sold, and no end before theirs.
 */
export function sell(top: Seller, moment: Moment): Decided {
  const { flow, run, now } = moment
  forgetBidsOfOthers(flow, run)
  const selling = run.selling?.stepId === top.id ? run.selling : begin(top, moment)
  for (let round = selling.rounds[0]; round; round = selling.rounds[0]) {
    if (isSatisfied(top, selling, round) || isLate(top, selling, now)) break
    const decided = takeRound(top, moment, round)
    if (decided) return decided
    if (selling.rounds[0] === round && round.offers.length === 0) selling.rounds.shift()
  }
  return selling.open ? waits : close(top, moment, selling)
}

function wordsOf({ need, used = 0 }: Refused, step: CompiledBuyer, now: number): Why {
  if (!need) {
    const days = Math.round((step.duplicateWindowMs ?? 0) / dayMs)
    const text = `Duplicate: had this email or phone in the last ${days === 1 ? 'day' : `${days} days`}`
    return { reason: 'Duplicate', trace: [{ kind: 'duplicate', passed: false, text }] }
  }
  const reason = capWords(need, used, now)
  return { reason, trace: [{ kind: 'cap', passed: false, text: reason }] }
}

/** Whoever would stand in for a buyer that is full, and can't be asked itself. */
function noteBackup(top: Seller, moment: Moment, { id, whenFull }: CompiledBuyer): void {
  const { flow, run } = moment
  const backup = whenFull.action === 'overflow_to_backup' ? flow.buyers.get(whenFull.buyer ?? '') : undefined
  if (!backup || !run.selling || !isFresh(run.selling, backup.id)) return
  const offer: Offer = { stepId: backup.id, via: 'overflow', of: id }
  const chance = look(moment, { offers: [] }, offer)?.chance
  if (chance?.skip !== undefined) note(top, moment, { step: backup, offer, reason: chance.skip, trace: chance.trace })
}

/** What the counters said of those that were full or had the lead before. */
function noteRefused(top: Seller, moment: Moment, round: Round, refused: Refused): void {
  const step = moment.flow.buyers.get(refused.stepId)
  const { selling } = moment.run
  if (!step || !selling) return
  const found = round.offers.find((offer) => offer.stepId === step.id)
  if (found) round.offers.splice(round.offers.indexOf(found), 1)
  const offer = found ?? overflowTo(moment, step)
  const noted = { step, offer, ...wordsOf(refused, step, moment.now) }
  const { need } = refused
  if (need && step.whenFull.action === 'queue') waitFor(moment, round, noted, need.resetsAt, 'cap')
  else note(top, moment, noted)
  if (!need) return
  noteBackup(top, moment, step)
  if (step.whenFull.action === 'reject') endBy(selling, step)
}

/**
 * Rules those out that have no room for the lead. A buyer that has none only beside an attempt that is open stays in its
 * round; answers how many do.
 */
function noteAllRefused(top: Seller, moment: Moment, round: Round, all: readonly Refused[]): number {
  const { flow, run, now } = moment
  let kept = 0
  for (const refused of all) {
    const step = run.selling?.open && flow.buyers.get(refused.stepId)
    if (step && waitsForOpen(run.selling?.open, refused, claimsFor(step, run, now))) kept++
    else noteRefused(top, moment, round, refused)
  }
  return kept
}

/** A lead over a cap of its flow or source goes to nobody. */
export type LeadFull = { leadFull: string }

function overCap({ run, flow, source, now }: Moment, { need, used }: NonNullable<Reserved['leadFull']>): LeadFull {
  const own = need.key.startsWith('flow:') ? flow.caps : source?.caps
  run.trace.push({ kind: 'cap', passed: false, text: capWords(need, used, now) })
  return { leadFull: own?.reason ?? 'Cap reached' }
}

/** Goes on with what the counters said; what was taken is durable with this very event. */
export function reserved(top: Seller, moment: Moment, said: Reserved): Decided | LeadFull {
  const { run, flow } = moment
  delete run.asking
  delete run.moves
  const { selling } = run
  if (said.leadFull) return nobodyMore(selling) ?? overCap(moment, said.leadFull)
  const round = selling?.rounds[0]
  if (!selling || !round) return sell(top, moment)
  const kept = noteAllRefused(top, moment, round, said.refused)
  const { granted } = said
  const step = granted && flow.buyers.get(granted.stepId)
  if (step) return takeGranted(top, moment, round, { step, granted })
  if (kept > 0) return waits
  // Nobody had room and nobody was full: there is nothing more to ask in this round.
  if (said.refused.length === 0 && selling.rounds[0] === round) selling.rounds.shift()
  return sell(top, moment)
}

type Granted = { step: CompiledBuyer; granted: NonNullable<Reserved['granted']> }

function takeGranted(top: Seller, moment: Moment, round: Round, { step, granted }: Granted): Decided {
  const { run } = moment
  run.holds = [...(run.holds ?? []), ...granted.taken.filter(({ lead }) => lead)]
  const held = { taken: granted.taken.filter(({ lead }) => !lead), claims: granted.claims }
  if (run.selling?.rounds[0] === round)
    return attempt(top, moment, round, grantedOffer(top, moment, round, step), held) ?? sell(top, moment)
  letGo(run, held)
  return sell(top, moment)
}

/** Where attempts are open, a lead that may go to nobody else waits for them. */
function nobodyMore(selling: Selling | undefined): Decided | undefined {
  if (!selling?.open) return undefined
  selling.rounds = []
  return waits
}

/** The offer that was granted, with those before it in their order ruled out. */
function grantedOffer(top: Seller, moment: Moment, round: Round, step: CompiledBuyer): Open {
  const known = round.offers.find((offer) => offer.stepId === step.id)
  const offer: Offer = known ?? overflowTo(moment, step)
  if (!known) round.offers.unshift(offer)
  if (!round.turn) ruleOutBefore(top, moment, round, offer)
  const looked = look(moment, round, offer)
  const room: TraceEntry = { kind: 'cap', passed: true, text: 'There is room' }
  return { step, offer, trace: isCounted(step) ? [...(looked?.trace ?? []), room] : (looked?.trace ?? []) }
}

function ruleOutBefore(top: Seller, moment: Moment, round: Round, offer: Offer): void {
  for (const before of round.offers.slice(0, round.offers.indexOf(offer))) {
    const looked = look(moment, round, before)
    if (looked?.chance.skip === undefined) continue
    const { step, trace, chance } = looked
    // Whoever would stand in for it was not asked: the turn has gone on to another one.
    const { instead: _, ends: __, failsOver: ___, ...rest } = chance
    ruleOut(top, moment, round, { step, offer: before, reason: chance.skip ?? '', trace }, rest)
  }
}
