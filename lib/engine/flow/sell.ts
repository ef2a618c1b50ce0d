import { formatMoney } from '../../money'
import { dayMs } from '../../time'
import { contactKeys } from '../fields/index'
import { capOwner, capWords, type Need, needsOf, sharedNeeds } from '../selling/caps'
import { type Ask, type Candidate, type Refused, type Reserved, turnAmong } from '../selling/reserve'
import type { Considered, Failed, Offer, Round, Run, Selling, StepResult, TraceEntry, Wait, WaitCause } from '../types'
import { biddersOf, bidWindow, rankByBids } from './auction'
import { askChain } from './buyer-step'
import { type Chance, chanceOf } from './chance'
import type { CompiledBuyer, CompiledDistribution, CompiledFlow, CompiledSource } from './compiled'
import { scopeOf } from './criteria'
import { buyersWithin, planOf, planWords, whyLeftOut } from './distribution-step'
import { bidOf, letGo, priceIn, type Seller, sellTo } from './holdings'
import { type Decided, goesOn, type Moment } from './moment'
import { isWithBuyer, replayOf } from './replay'

const budgetOf = (step: Seller) => (step.type === 'buyer' ? undefined : step.budgetMs)

function begin(step: Seller, { flow, run, now, eventId }: Moment): Selling {
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
})

/** Tries that follow at once leave one result, that of the last: it may turn out that there is none. */
const isUnwritten = ({ results }: Run, { eventId }: Offer) =>
  eventId !== undefined && !results.some((result) => result.type === 'buyer' && result.eventId === eventId)

/** An attempt that was to be tried again, and can't be any more. */
function brokenOff(top: Seller, { step, offer, reason, trace }: Noted, now: number): StepResult {
  const { id: stepId, name, recipient } = step
  return {
    type: 'buyer',
    stepId,
    name,
    recipient,
    ...(offer.eventId !== undefined && { eventId: offer.eventId }),
    ...(stepId !== top.id && { within: top.id }),
    ...(offer.via !== undefined && { via: offer.via }),
    ...(offer.of !== undefined && { of: offer.of }),
    ...(offer.tries !== undefined && { tries: offer.tries }),
    outcome: 'error',
    reason,
    priceCents: 0,
    startedAt: offer.firstAt ?? now,
    endedAt: now,
    trace: [...(offer.trace ?? []), ...trace],
  }
}

type Why = { reason: string; trace: TraceEntry[] }
type Noted = Why & { step: CompiledBuyer; offer: Offer }

/** What a reason does not say by itself: the values that were compared. */
const besides = ({ reason, trace }: Why): TraceEntry[] =>
  trace.filter(({ passed, text, comparisons }) => !passed && (comparisons !== undefined || text !== reason))

/** Writes down that a buyer does not get the lead: in the list of its distribution, or as the step's own result. */
function note(top: Seller, { run, now }: Moment, { step, offer, reason, trace }: Noted): void {
  const { selling } = run
  if (!selling) return
  selling.met.push(step.id)
  const { id: stepId, name, recipient } = step
  const via = { ...(offer.via !== undefined && { via: offer.via }), ...(offer.of !== undefined && { of: offer.of }) }
  if (isUnwritten(run, offer)) {
    run.results.push(brokenOff(top, { step, offer, reason, trace }, now))
    return
  }
  if (top.type === 'distribution') {
    const compared = besides({ reason, trace })
    const more = compared.length > 0 ? { trace: compared } : {}
    selling.considered.push({ stepId, name, recipient, reason, ...via, ...more })
    return
  }
  const times = { startedAt: now, endedAt: now }
  const within = stepId === top.id ? {} : { within: top.id }
  run.results.push({
    type: 'buyer',
    stepId,
    name,
    recipient,
    ...within,
    ...via,
    outcome: 'skipped',
    reason,
    priceCents: 0,
    ...times,
    trace,
  })
}

const isFresh = (selling: Selling, stepId: string) =>
  !selling.met.includes(stepId) && !selling.rounds.some(({ offers }) => offers.some((offer) => offer.stepId === stepId))

/** A buyer that can take the lead later is not ruled out: it is noted when nobody waits for it any more. */
function waitFor({ run }: Moment, { turn }: Round, { offer, reason, step }: Noted, at: number, cause: WaitCause): void {
  run.selling?.met.push(step.id)
  run.selling?.waits.push({ offer, at, reason, cause, ...(turn && { turn }) })
}

/** Rules a buyer out that can't be asked now; whoever stands in for it takes its place in the round. */
function ruleOut(top: Seller, moment: Moment, round: Round, noted: Noted, chance: Chance): void {
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
function endBy(selling: Selling, step: CompiledBuyer): void {
  selling.rounds = []
  selling.endedBy = step.recipient
}

type Open = { step: CompiledBuyer; offer: Offer; trace: TraceEntry[] }

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
function look(moment: Moment, round: Round, offer: Offer): (Open & { chance: Chance }) | undefined {
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
function firstOpen(top: Seller, moment: Moment, round: Round): Open | undefined {
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

function attempt(
  moment: Moment,
  round: Round,
  { step, offer, trace }: Open,
  held: { taken?: Run['holds']; claims?: string[] },
): Decided {
  const { run, now } = moment
  round.offers.splice(round.offers.indexOf(offer), 1)
  const eventId = offer.eventId ?? moment.eventId
  const bid = bidOf(run, step.id)
  run.selling?.met.push(step.id)
  run.awaiting = {
    stepId: step.id,
    eventId,
    startedAt: now,
    trace: bid === undefined ? trace : [...trace, { kind: 'ping', passed: true, text: `Bids ${formatMoney(bid)}` }],
    offer,
    ...(held.taken?.length && { taken: held.taken }),
    ...(held.claims?.length && { claims: held.claims }),
  }
  return { next: 'effect', effect: { kind: 'attempt', stepId: step.id, eventId } }
}

/** Counters of the flow and the source, taken once for the lead, before its first attempt. */
function leadNeeds(flow: CompiledFlow, source: CompiledSource | undefined, run: Run, now: number): Need[] {
  if (run.holds) return []
  const ofFlow = flow.caps ? needsOf(flow.caps, capOwner.flow(flow.flow.id), 0, now) : []
  return source?.caps ? [...ofFlow, ...needsOf(source.caps, capOwner.source(source.id), 0, now)] : ofFlow
}

/** A contact claims the buyer that it goes to, by the buyer's own name where it is connected. */
function claimsFor(step: CompiledBuyer, run: Run, now: number): Candidate['claims'] {
  const window = step.duplicateWindowMs
  if (window === undefined) return []
  return contactKeys(run.lead).map(({ kind, value }) => ({
    key: `${step.claimOwner}|${kind}|${value}`,
    since: now - window,
  }))
}

const isCounted = ({ caps, shared, duplicateWindowMs }: CompiledBuyer) =>
  caps !== undefined || shared !== undefined || duplicateWindowMs !== undefined

function candidateOf(top: Seller, step: CompiledBuyer, offer: Offer, { run, now }: Moment): Candidate {
  // What the tries before hold is not taken once more.
  if (offer.kept) return { stepId: step.id, needs: [], claims: [] }
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
function askOf(top: Seller, moment: Moment, round: Round, lead: Need[]): Ask {
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

const isSatisfied = (step: Seller, { sold, perhaps }: Selling) => sold.length + perhaps.length >= sellTo(step)

function isLate(step: Seller, selling: Selling, now: number): boolean {
  const budget = budgetOf(step)
  return budget !== undefined && now - (selling.resumedAt ?? selling.startedAt) >= budget
}

function mustReserve(moment: Moment, round: Round, lead: Need[]): boolean {
  if (moment.run.isTest) return false
  if (lead.length > 0 || (round.turn && round.offers.length > 1)) return true
  return round.offers.some(({ stepId }) => {
    const step = moment.flow.buyers.get(stepId)
    return step !== undefined && isCounted(step)
  })
}

/** The next attempt of a round, or a question to the counters; undefined when nobody in it can be asked. */
function offerRound(top: Seller, moment: Moment, round: Round): Decided | undefined {
  const { flow, run, now, eventId, source } = moment
  const open = firstOpen(top, moment, round)
  if (!open) return undefined
  const lead = leadNeeds(flow, source, run, now)
  if (!mustReserve(moment, round, lead)) return attempt(moment, round, open, {})
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

/** Goes on with a buyer step or a distribution: the next attempt, a question to the counters, or its end. */
export function sell(top: Seller, moment: Moment): Decided {
  const { run, now } = moment
  const selling = run.selling?.stepId === top.id ? run.selling : begin(top, moment)
  for (let round = selling.rounds[0]; round; round = selling.rounds[0]) {
    if (isSatisfied(top, selling) || isLate(top, selling, now)) break
    const decided = takeRound(top, moment, round)
    if (decided) return decided
    if (selling.rounds[0] === round) selling.rounds.shift()
  }
  return close(top, moment, selling)
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

/** A backup comes to the lead in the place of the buyer that was met full last and names it. */
function overflowTo({ flow, run }: Moment, { id }: CompiledBuyer): Offer {
  const of = run.selling?.met.findLast((stepId) => flow.buyers.get(stepId)?.whenFull.buyer === id)
  return { stepId: id, via: 'overflow', ...(of !== undefined && { of }) }
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
  if (said.leadFull) return overCap(moment, said.leadFull)
  const { selling } = run
  const round = selling?.rounds[0]
  if (!selling || !round) return sell(top, moment)
  for (const refused of said.refused) noteRefused(top, moment, round, refused)
  const { granted } = said
  const step = granted && flow.buyers.get(granted.stepId)
  if (!step) {
    // Nobody had room and nobody was full: there is nothing more to ask in this round.
    if (said.refused.length === 0 && selling.rounds[0] === round) selling.rounds.shift()
    return sell(top, moment)
  }
  run.holds = [...(run.holds ?? []), ...granted.taken.filter(({ lead }) => lead)]
  const held = { taken: granted.taken.filter(({ lead }) => !lead), claims: granted.claims }
  if (selling.rounds[0] === round) return attempt(moment, round, grantedOffer(top, moment, round, step), held)
  letGo(run, held)
  return sell(top, moment)
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

/** Why a buyer of a distribution was not asked in the end. */
function whyNot(top: CompiledDistribution, moment: Moment, selling: Selling, step: CompiledBuyer): Why {
  const { flow, run, now, eventId } = moment
  const left = whyLeftOut(top, step.id, scopeOf(flow, run, selling.startedAt, eventId))
  if (left) return left
  if (isSatisfied(top, selling)) {
    const names = [...selling.sold, ...selling.perhaps].map((id) => flow.buyers.get(id)?.recipient ?? id)
    const cents = bidOf(run, step.id)
    const bid = cents === undefined ? 'Not needed' : `Bids ${formatMoney(cents)}, not needed`
    const reason = `${bid}: ${selling.sold.length > 0 ? 'sold to' : 'may be with'} ${names.join(', ')}`
    return { reason, trace: [] }
  }
  if (selling.endedBy !== undefined) return { reason: `Not reached: ${selling.endedBy} ended the step`, trace: [] }
  const chance = look(moment, { offers: [] }, { stepId: step.id })?.chance
  if (chance?.skip !== undefined) return { reason: chance.skip, trace: chance.trace }
  if (run.again) return { reason: 'Not asked again: only what had failed is', trace: [] }
  return { reason: isLate(top, selling, now) ? 'The time for this step was over' : 'Not reached', trace: [] }
}

/** Since when a lead waits at the longest: it came in, or was tried again after its end. */
export const waitsSince = ({ again, receivedAt }: Run): number => again?.at ?? receivedAt

/** Nobody could take it now, and somebody can later: the lead waits. */
function hold({ run }: Moment, selling: Selling): Decided {
  const [first] = selling.waits.toSorted((a, b) => a.at - b.at)
  if (!first) return goesOn
  run.state = 'held'
  run.status = 'pending'
  return {
    next: 'effect',
    effect: {
      kind: 'hold',
      until: Math.min(first.at, waitsSince(run) + longestWaitMs),
      reason: first.reason,
      stepId: first.offer.stepId,
      ...(first.cause && { cause: first.cause }),
    },
  }
}

export const standbyWords = 'Standby: asked only as a backup'

/** Those that were not asked in the end: who could have taken the lead later, and who was not needed. */
function noteRest(top: Seller, moment: Moment, selling: Selling): void {
  const { flow } = moment
  for (const { offer, reason } of selling.waits) {
    const step = flow.buyers.get(offer.stepId)
    const trace: TraceEntry[] = [{ kind: 'queue', passed: false, text: reason }]
    if (step && offer.eventId === undefined) note(top, moment, { step, offer, reason, trace })
  }
  if (top.type === 'buyer') return
  const rest = [...buyersWithin(top.members)].filter(({ id }) => !selling.met.includes(id))
  for (const step of rest.filter(({ standby }) => !standby)) {
    note(top, moment, { step, offer: { stepId: step.id }, ...whyNot(top, moment, selling, step) })
  }
  for (const step of rest.filter(({ standby }) => standby)) {
    note(top, moment, { step, offer: { stepId: step.id }, reason: standbyWords, trace: [] })
  }
}

/** Everybody who was asked or ruled out so far, one after the other. */
export const orderOf = ({ met }: Selling): string[] => [...new Set(met)]

function close(top: Seller, moment: Moment, selling: Selling): Decided {
  const { run } = moment
  const isUnsold = selling.sold.length + selling.perhaps.length === 0
  if (isUnsold && selling.waits.length > 0 && !selling.givenUp) return hold(moment, selling)
  noteRest(top, moment, selling)
  if (top.type === 'distribution') run.results.push(resultOf(top, moment, selling))
  delete run.selling
  return goesOn
}

function resultOf(top: CompiledDistribution, { flow, run, now }: Moment, selling: Selling): StepResult {
  const outcome = selling.sold.length > 0 ? 'sold' : selling.perhaps.length > 0 ? 'pending' : 'unsold'
  const attempts = run.results.filter((result) => result.type === 'buyer' && result.within === top.id)
  const said = attempts.findLast(({ outcome: one }) => one === 'rejected' || one === 'error')?.reason
  const reason =
    outcome === 'unsold' ? (said ?? selling.considered[0]?.reason ?? 'No buyer is in this distribution') : undefined
  const words =
    outcome === 'sold'
      ? `Sold to ${selling.sold.length}`
      : outcome === 'pending'
        ? 'May be sold'
        : `Not sold: ${reason}`
  return {
    type: 'distribution',
    stepId: top.id,
    name: top.name,
    outcome,
    ...(reason !== undefined && { reason }),
    considered: selling.considered as Considered[],
    order: orderOf(selling),
    startedAt: selling.startedAt,
    endedAt: now,
    trace: [
      { kind: 'distribution', passed: true, text: planWords(top, scopeOf(flow, run, selling.startedAt)) },
      { kind: 'distribution', passed: outcome === 'sold', text: words },
    ],
  }
}

/** Takes up what a held lead waits for: those that are due, or all; or whoever a person chose, before the others. */
export function wake(flow: CompiledFlow, run: Run, now: number, { all, to }: { all?: boolean; to?: string }): void {
  const { selling } = run
  run.state = 'open'
  run.status = 'processing'
  if (run.again) run.again = { ...run.again, at: run.again.at ?? now }
  if (!selling) return
  selling.resumedAt = now
  if (to !== undefined) sendTo(flow, run, selling, to)
  else wakeSome(flow, run, selling, (wait) => all === true || wait.at <= now)
}

function wakeSome(flow: CompiledFlow, run: Run, selling: Selling, due: (wait: Wait) => boolean): void {
  const woken = selling.waits.filter(due)
  selling.met = selling.met.filter((stepId) => !woken.some(({ offer }) => offer.stepId === stepId))
  selling.waits = selling.waits.filter((wait) => !due(wait))
  selling.rounds = roundsOf(flow, run, woken)
}

/** Those who take turns or bid against each other stand in one round. */
function roundsOf(flow: CompiledFlow, run: Run, asked: Pick<Wait, 'offer' | 'turn'>[]): Round[] {
  const rounds: Round[] = []
  for (const { offer, turn } of asked) {
    const auction = auctionAnew(flow, run, offer)
    const round = rounds.find((one) => one.turn?.owner === turn?.owner && one.auction === auction)
    if (round) round.offers.push(offer)
    else rounds.push({ offers: [offer], ...(turn && { turn }), ...(auction !== undefined && { auction }) })
  }
  return rounds
}

/** A bid does not outlast the wait: the buyer is asked once more, unless an attempt that it was made for goes on. */
function auctionAnew({ buyers }: CompiledFlow, run: Run, { stepId, eventId }: Offer): string | undefined {
  const auction = buyers.get(stepId)?.ping?.auction
  if (auction === undefined || eventId !== undefined) return undefined
  const { [stepId]: _, ...bids } = run.bids ?? {}
  run.bids = bids
  return auction
}

/** The others go on waiting: they have their chance again where this one does not take the lead. */
function sendTo(flow: CompiledFlow, run: Run, selling: Selling, stepId: string): void {
  const known = selling.waits.find(({ offer }) => offer.stepId === stepId)
  selling.waits = selling.waits.filter((wait) => wait !== known)
  selling.met = selling.met.filter((met) => met !== stepId)
  const of = selling.waits[0]?.offer.stepId
  const offer: Offer = known?.offer ?? { stepId, via: 'reassigned', ...(of !== undefined && { of }) }
  selling.rounds = roundsOf(flow, run, [{ offer }])
}

/** A held lead is given up: it waits for nobody any more. Answers for whom it had waited. */
export function giveUp(run: Run): Failed[] {
  const { selling } = run
  run.state = 'open'
  run.status = 'processing'
  if (!selling) return []
  Object.assign(selling, { rounds: [], givenUp: true })
  return selling.waits.map(({ offer }) => ({ stepId: offer.stepId, unit: selling.stepId }))
}

export const longestWaitMs = 7 * dayMs
