import type { z } from 'zod'
import { amountOf, centsOf } from '../../money'
import { dayMs } from '../../time'
import { type CompiledRequest, compileRequest } from '../delivery/request'
import { type CompiledMail, compileMail } from '../mail/compile-mail'
import { capturesOf, stepKey } from '../names/appended'
import { namesAfterPing } from '../names/ping'
import { findReference, type Names, sharedNames } from '../names/references'
import { compileRule } from '../rules/index'
import type { ResponseSpec } from '../schema'
import { breakerOf, destinationTarget, stepTarget } from '../selling/breaker'
import { capOwner, capsOf, type SharedCaps } from '../selling/caps'
import { hoursOf } from '../selling/hours'
import { nextTryAt, retryOf } from '../selling/retries'
import { msOfWords } from '../shapes/duration'
import type { QualityRequirements } from '../shapes/selling'
import type {
  Awaiting,
  BuyerStep,
  FlowInput,
  Holding,
  Offer,
  Run,
  Selling,
  StepResult,
  StepTarget,
  TraceEntry,
  Verdict,
} from '../types'
import { isShut } from './chance'
import type { CompiledBuyer, CompiledFailover, CompiledFlow, CompiledPing, CompiledQuality } from './compiled'
import { bidOf, letGo, payFor, priceIn } from './holdings'

/** An invited buyer's mail knows nothing of the seller's template: its blank parts are Baton's own. */
function mailOf({ connection }: BuyerStep, target: StepTarget, names: Names, { mail }: FlowInput) {
  if (connection.method === 'email') return compileMail(connection.email, mail, names)
  if (connection.method === 'manual' || !target.email) return undefined
  return compileMail(target.email, undefined, sharedNames(names, target.sharedFields ?? connection.shared_fields))
}

const waiting = 'Waiting for the buyer'

function requestOf(step: BuyerStep, target: StepTarget, known: Names): CompiledRequest | undefined {
  const names = namesAfterPing(known, step)
  const { timeout_ms: limit, error_codes: codes } = step.failover?.failure_detection ?? {}
  const timeoutMs = Math.min(Math.round(step.delivery.timeout_seconds * 1000), limit ?? Number.POSITIVE_INFINITY)
  const { connection } = step
  const read = (response: z.infer<typeof ResponseSpec>) =>
    codes ? { ...response, error_codes: [...new Set([...(response.error_codes ?? []), ...codes])] } : response
  if (connection.method === 'manual') {
    const response = read(connection.response)
    return compileRequest({ ...connection, response, requiredFields: [], timeoutMs }, names)
  }
  if (connection.method === 'email' || !target.config) return undefined
  const visible = sharedNames(names, target.sharedFields ?? connection.shared_fields)
  const response = read(target.config.response)
  return compileRequest(
    { ...target.config, response, requiredFields: target.config.required_fields, timeoutMs },
    visible,
  )
}

function blockedBy(request: CompiledRequest | undefined, mail: CompiledMail | undefined): string | undefined {
  if (request) return undefined
  if (!mail) return waiting
  return mail.to.length > 0 ? undefined : 'No email address to send to'
}

/** The step's own caps, and those that it shares with others, made ready. */
function allCapsOf(step: BuyerStep, { caps: all = [] }: StepTarget, { flow }: FlowInput) {
  const caps = capsOf(step.conditional_delivery?.caps, flow.timeZone)
  const shared = all.flatMap(({ caps: given, timeZone, ...whose }): SharedCaps[] => {
    const made = capsOf(given, timeZone)
    return made ? [{ ...whose, caps: made }] : []
  })
  return { ...(caps && { caps }), ...(shared.length > 0 && { shared }) }
}

const dayOf = (days: number) => days * dayMs

function sellingOf(step: BuyerStep, target: StepTarget, names: Names, input: FlowInput) {
  const { flow } = input
  const { time_restrictions: times, caps, quality_requirements: quality } = step.conditional_delivery ?? {}
  const owner = capOwner.step(flow.id, step.id)
  const shared = centsOf(step.rules.shared_price)
  const { accept_duplicates: accepts, duplicate_window_days: days = 30 } = step.rules
  const retry = retryOf(step.retry)
  return {
    standby: step.standby === true,
    weight: step.weight ?? 1,
    capOwner: owner,
    claimOwner: target.connectionId ? `connection:${target.connectionId}` : owner,
    whenFull: { action: caps?.when_exceeded.action ?? 'skip', ...named(caps?.when_exceeded.backup_buyer) },
    outsideHours: { action: times?.outside_hours ?? 'reject', ...named(times?.alternate_buyer) },
    failover: failoverOf(step),
    ...(shared !== undefined && { sharedPriceCents: shared }),
    ...(step.when !== undefined && { when: compileRule(step.when, names) }),
    ...(times && { hours: hoursOf(times, flow.timeZone) }),
    ...allCapsOf(step, target, input),
    ...(quality && { quality: qualityOf(quality, names) }),
    ...(accepts === false && { duplicateWindowMs: dayOf(days) }),
    ...(retry && { retry }),
  } satisfies Partial<CompiledBuyer>
}

const named = (buyer: string | undefined) => (buyer === undefined ? {} : { buyer })

function qualityOf(quality: QualityRequirements, names: Names): CompiledQuality {
  const read = (name: string) => {
    const path = name.startsWith('lead.') ? name : `lead.${name}`
    const found = findReference(path.split('.'), names, 'rule')
    const words = 'problem' in found ? name : found.reference.words
    return { words, read: 'problem' in found ? () => undefined : found.reference.read }
  }
  const { min_score: least, score_field: field, required_fields: required = [], when_not_met: otherwise } = quality
  return {
    required: required.map(read),
    action: otherwise.action,
    ...named(otherwise.remediation_buyer),
    ...(least !== undefined && { score: { ...read(field), least } }),
  }
}

function failoverOf({ failover, on_unknown }: BuyerStep): CompiledFailover {
  const chain: Offer[] = []
  let retryAfterMs: number | undefined
  for (const link of failover?.failover_chain ?? []) {
    if ('action' in link) retryAfterMs ??= msOfWords(link.retry_after)
    else {
      const { max_attempts: most, business_hours_only: hours } = link.conditions ?? {}
      const offer: Offer = { stepId: link.buyer, via: 'failover' }
      chain.push({ ...offer, ...(most !== undefined && { most }), ...(hours && { businessHoursOnly: true }) })
    }
  }
  const afterUnknown = on_unknown === 'next_buyer' || failover?.failure_detection?.timeout_ms !== undefined
  return { afterUnknown, chain, ...(retryAfterMs !== undefined && { retryAfterMs }) }
}

/** A step pings where somebody orders its bids, and where its seller has configured it. */
function pingOf({ ping, connection }: BuyerStep, names: Names, auction: string | undefined): CompiledPing | undefined {
  if (!ping || auction === undefined || connection.method === 'invite') return undefined
  const timeoutMs = Math.round((ping.timeout_seconds ?? longestPing) * 1000)
  const price = ping.response.parser?.price_path?.trim()
  return { request: compileRequest({ ...ping, requiredFields: [], timeoutMs }, names), auction, namesBid: !!price }
}

const longestPing = 60

/** Who is called: the destination, whoever delivers there, or the manual step itself. */
function targetOf(step: BuyerStep, { destinationId }: StepTarget, { flow }: FlowInput) {
  const breaker = breakerOf(step.failover?.failure_detection?.circuit_breaker)
  const target = destinationId === undefined ? stepTarget(flow.id, step.id) : destinationTarget(destinationId)
  return { target, ...(breaker && { breaker }) }
}

export function compileBuyer(
  step: BuyerStep,
  target: StepTarget,
  names: Names,
  input: FlowInput,
  auction?: string,
): CompiledBuyer {
  const ping = pingOf(step, names, auction)
  const request = requestOf(step, target, names)
  const mail = mailOf(step, target, names, input)
  const copy = step.email && compileMail(step.email, input.mail, names)
  const blocked = target.blocked ?? blockedBy(request, mail)
  const priceCents = centsOf(step.rules.price)
  return {
    type: 'buyer',
    id: step.id,
    name: step.name,
    recipient: target.recipient || step.name,
    active: target.active,
    appends: { key: stepKey(step.id), captures: capturesOf(step) },
    ...sellingOf(step, target, names, input),
    ...(blocked !== undefined && { blocked }),
    ...(ping && { ping }),
    ...(request && { request, ...targetOf(step, target, input) }),
    ...(mail && { mail }),
    ...(copy && copy.to.length > 0 && { copy }),
    ...(priceCents !== undefined && { priceCents }),
    ...(step.eligible_when !== undefined && { eligible: compileRule(step.eligible_when, names) }),
  }
}

const unprepared: StepTarget = { active: true, recipient: '' }

/** A buyer step with the target that the shell found for it, if it did. */
export function compileTargeted(step: BuyerStep, names: Names, input: FlowInput, auction?: string): CompiledBuyer {
  const target = Object.hasOwn(input.targets, step.id) ? input.targets[step.id] : undefined
  return compileBuyer(step, target ?? { ...unprepared, active: step.rules.active }, names, input, auction)
}

/** True when the step of this id delivers by mail. */
export const isMailStep = ({ buyers }: Pick<CompiledFlow, 'buyers'>, stepId: string): boolean =>
  buyers.get(stepId)?.mail !== undefined

const outcomeWords: Record<Verdict['outcome'], string> = {
  accepted: 'accepted the lead',
  rejected: 'rejected the lead',
  error: 'could not take the lead',
  unknown: 'may have the lead: no usable answer came',
}

/** An attempt of a buyer step: runs saved before buyers could be offered a lead in other ways have no offer. */
type Attempt = Awaiting & { offer: Offer }
type BuyerResult = Extract<StepResult, { type: 'buyer' }>
/** `luck` is 0 to 1 and spreads tries that would come together. */
type Told = { verdict: Verdict; now: number; isLost: boolean; luck?: number }

/** Leaves what came of an attempt to later steps. A test's price is the one that the lead would have had. */
function append(run: Run, { id, appends, priceCents }: CompiledBuyer, verdict: Verdict): void {
  const cents = verdict.outcome === 'accepted' ? (bidOf(run, id) ?? verdict.priceCents ?? priceCents) : undefined
  const values: Record<string, unknown> = { outcome: verdict.outcome }
  if (verdict.reason !== undefined) values['reason'] = verdict.reason
  if (cents !== undefined) values['price'] = amountOf(cents)
  if (verdict.buyerLeadId !== undefined) values['id'] = verdict.buyerLeadId
  for (const name of appends.captures) {
    const value = verdict.captured && Object.hasOwn(verdict.captured, name) ? verdict.captured[name] : undefined
    if (value !== undefined) values[name] = value
  }
  run.appended = { ...run.appended, [appends.key]: values }
}

/** When the same attempt is tried again after a proven failure, if it is; at once where a failover allows more tries. */
function nextTry(
  step: CompiledBuyer,
  awaiting: Attempt,
  { verdict, now, luck = 0 }: Told,
  mayFollow: boolean,
): number | undefined {
  if (verdict.outcome !== 'error') return undefined
  const { offer } = awaiting
  const tried = (offer.tries ?? 0) + 1
  if (offer.most !== undefined && tried < offer.most && mayFollow) return now
  if (!step.retry) return undefined
  const { retryAfterMs } = verdict
  return nextTryAt(step.retry, { tried, startedAt: offer.firstAt ?? awaiting.startedAt, now, luck, retryAfterMs })
}

/** All that an attempt holds: what its own try took, and what the tries before it kept. */
const heldBy = ({ taken = [], claims = [], offer: { kept } }: Attempt): Holding => ({
  taken: [...taken, ...(kept?.taken ?? [])],
  claims: [...claims, ...(kept?.claims ?? [])],
})

/** The same attempt, to be tried once more under its event id, with what happened so far. */
function againOf(awaiting: Attempt, { trace, outcome }: { trace: TraceEntry[]; outcome: Verdict['outcome'] }): Offer {
  const { offer, eventId, startedAt } = awaiting
  const { kept: _, ...rest } = offer
  return {
    ...rest,
    eventId,
    tries: (offer.tries ?? 0) + 1,
    firstAt: offer.firstAt ?? startedAt,
    trace,
    ...(outcome === 'unknown' && { kept: heldBy(awaiting) }),
  }
}

const putOffReason = ({ recipient }: CompiledBuyer, { offer }: Attempt) =>
  `${recipient} could not take it; try ${(offer.tries ?? 0) + 2} is to come`

/** When an attempt ended, and what is to be read of it. */
type After = { now: number; trace: TraceEntry[]; outcome: Verdict['outcome'] }

/** Asks the chain of a step that failed, or that is known to: whoever would be asked later is asked now, and then no more. */
export function askChain(flow: CompiledFlow, selling: Selling, step: CompiledBuyer): void {
  const offers = step.failover.chain.filter(({ stepId }) => flow.buyers.has(stepId) && !selling.met.includes(stepId))
  if (offers.length === 0) return
  const ids = new Set(offers.map(({ stepId }) => stepId))
  for (const round of selling.rounds) round.offers = round.offers.filter(({ stepId }) => !ids.has(stepId))
  selling.rounds.unshift({ offers: offers.map((offer) => ({ ...offer, of: step.id })) })
}

/** Whoever is asked after a failure: the chain of the step, and then the step itself again after a while. */
function failOver(flow: CompiledFlow, run: Run, step: CompiledBuyer, awaiting: Attempt, after: After): void {
  const { selling } = run
  if (!selling || awaiting.offer.via === 'failover') return
  const { retryAfterMs } = step.failover
  askChain(flow, selling, step)
  if (retryAfterMs !== undefined) {
    selling.waits.push({
      offer: againOf(awaiting, after),
      at: after.now + retryAfterMs,
      reason: putOffReason(step, awaiting),
      cause: 'retry',
    })
  }
}

function pricePaid(flow: CompiledFlow, run: Run, step: CompiledBuyer, verdict: Verdict): number {
  const top = flow.steps[flow.indexOfStep.get(run.selling?.stepId ?? step.id) ?? -1]
  const isSeller = top?.type === 'buyer' || top?.type === 'distribution'
  return bidOf(run, step.id) ?? verdict.priceCents ?? priceIn(isSeller ? top : undefined, step) ?? 0
}

/** Keeps what a sale holds, and gives back what a refusal does. What nobody knows the end of is kept. */
function account(run: Run, awaiting: Attempt, verdict: Verdict, paidCents: number): void {
  const held = heldBy(awaiting)
  if (verdict.outcome === 'accepted') payFor(run, held.taken, paidCents)
  else if (verdict.outcome !== 'unknown') letGo(run, held)
}

function entryOf(step: CompiledBuyer | undefined, recipient: string, { verdict, isLost }: Told): TraceEntry {
  const words = step?.mail ? `A mail to ${recipient} is on its way` : `${recipient} ${outcomeWords[verdict.outcome]}`
  return {
    kind: isLost ? 'recovery' : 'delivery',
    passed: verdict.outcome === 'accepted',
    text: verdict.reason === undefined ? words : `${words}: ${verdict.reason}`,
  }
}

/** What the log keeps of an attempt that is over. */
function resultOf(run: Run, awaiting: Attempt, { verdict, now }: Told, paidCents: number): BuyerResult {
  const { stepId, eventId, startedAt, offer, trace } = awaiting
  const { selling } = run
  return {
    type: 'buyer',
    stepId,
    name: stepId,
    recipient: stepId,
    eventId,
    ...(selling && selling.stepId !== stepId && { within: selling.stepId }),
    ...(offer.via !== undefined && { via: offer.via }),
    ...(offer.of !== undefined && { of: offer.of }),
    ...(offer.tries !== undefined && { tries: offer.tries + 1 }),
    outcome: verdict.outcome,
    ...(verdict.reason !== undefined && { reason: verdict.reason }),
    verdict,
    ...(verdict.outcome === 'unknown' && { held: heldBy(awaiting) }),
    // What a ping is worth is asked of a test too; it is never settled.
    priceCents: verdict.outcome === 'accepted' && (!run.isTest || run.isPing) ? paidCents : 0,
    startedAt: offer.firstAt ?? startedAt,
    endedAt: now,
    trace: offer.trace ?? trace,
  }
}

/** Writes down what became of the open attempt with a buyer. `step` is missing when the flow has lost it meanwhile. */
export function concludeBuyer(flow: CompiledFlow, run: Run, made: Awaiting, told: Told): void {
  const awaiting: Attempt = { ...made, offer: made.offer ?? { stepId: made.stepId } }
  const { verdict } = told
  const step = flow.buyers.get(awaiting.stepId)
  const paidCents = step ? pricePaid(flow, run, step, verdict) : (verdict.priceCents ?? 0)
  account(run, awaiting, verdict, paidCents)
  const entry = entryOf(step, step?.recipient ?? awaiting.stepId, told)
  const again = step && nextTry(step, awaiting, told, !isShut(step, run, told.now, flow.shut))
  if (again !== undefined && again <= told.now) {
    const trace = [...(awaiting.offer.trace ?? awaiting.trace), entry]
    run.selling?.rounds.unshift({ offers: [againOf(awaiting, { trace, outcome: verdict.outcome })] })
    return
  }
  const result = resultOf(run, awaiting, told, paidCents)
  result.trace = [...result.trace, entry]
  if (step) Object.assign(result, { name: step.name, recipient: step.recipient })
  run.results.push(result)
  if (!step) return
  append(run, step, verdict)
  const after: After = { now: told.now, trace: result.trace, outcome: verdict.outcome }
  if (again !== undefined) {
    const reason = putOffReason(step, awaiting)
    run.selling?.waits.push({ offer: againOf(awaiting, after), at: again, reason, cause: 'retry' })
  }
  goOnAfter(flow, run, step, awaiting, after)
}

/** What an attempt's end means for those who are still to be asked. */
function goOnAfter(flow: CompiledFlow, run: Run, step: CompiledBuyer, awaiting: Attempt, after: After): void {
  const { selling } = run
  const { outcome } = after
  if (!selling) return
  const isFailure = outcome === 'error' || (outcome === 'unknown' && step.failover.afterUnknown)
  if (outcome === 'accepted') selling.sold.push(step.id)
  else if (isFailure) failOver(flow, run, step, awaiting, after)
  else if (outcome === 'unknown') selling.perhaps.push(step.id)
}
