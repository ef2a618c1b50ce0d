import type { z } from 'zod'
import { centsOf } from '../../money'
import { dayMs } from '../../time'
import { type CompiledRequest, compileRequest } from '../delivery/request'
import { type CompiledMail, compileMail } from '../mail/compile-mail'
import { capturesOf, stepKey } from '../names/appended'
import { namesAfterPing } from '../names/ping'
import { findReference, type Names, namesInPing, sharedNames } from '../names/references'
import { compileRule } from '../rules/index'
import { type DestinationPing, type Ping, pingPartsOf, type ResponseSpec } from '../schema'
import { breakerOf, destinationTarget, stepTarget } from '../selling/breaker'
import { capOwner, capsOf, type SharedCaps } from '../selling/caps'
import { hoursOf } from '../selling/hours'
import { retryOf } from '../selling/retries'
import { msOfWords } from '../shapes/duration'
import type { QualityRequirements } from '../shapes/selling'
import type { BuyerStep, FlowInput, Offer, StepTarget } from '../types'
import type { CompiledBuyer, CompiledFailover, CompiledFlow, CompiledPing, CompiledQuality } from './compiled'
import { pingOfInvited } from './pinged'

/** An invited buyer's mail knows nothing of the seller's template: its blank parts are Baton's own. */
function mailOf({ connection }: BuyerStep, target: StepTarget, names: Names, { mail }: FlowInput) {
  if (connection.method === 'email') return compileMail(connection.email, mail, names)
  if (connection.method === 'manual' || !target.email) return undefined
  return compileMail(target.email, undefined, sharedNames(names, target.sharedFields ?? connection.shared_fields))
}

const waiting = 'Waiting for the buyer'

function requestOf(step: BuyerStep, target: StepTarget, known: Names): CompiledRequest | undefined {
  const after = (names: Names, ping: Ping | DestinationPing | undefined) => namesAfterPing(names, step.id, ping)
  const { timeout_ms: limit, error_codes: codes } = step.failover?.failure_detection ?? {}
  const timeoutMs = Math.min(Math.round(step.delivery.timeout_seconds * 1000), limit ?? Number.POSITIVE_INFINITY)
  const { connection } = step
  const read = (response: z.infer<typeof ResponseSpec>) =>
    codes ? { ...response, error_codes: [...new Set([...(response.error_codes ?? []), ...codes])] } : response
  if (connection.method === 'manual') {
    const response = read(connection.response)
    return compileRequest({ ...connection, response, requiredFields: [], timeoutMs }, after(known, step.ping))
  }
  if (connection.method === 'email' || !target.config) return undefined
  const { config, sharedFields = connection.shared_fields } = target
  const parts = { ...config, response: read(config.response), requiredFields: config.required_fields, timeoutMs }
  return compileRequest(parts, after(sharedNames(known, sharedFields), config.ping))
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
    ...(target.partnerHours && { partnerHours: hoursOf(target.partnerHours, flow.timeZone) }),
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

type PingParts = Pick<Ping, 'endpoint' | 'request' | 'response' | 'timeout_seconds'>

function compilePing(ping: PingParts, names: Names, auction: string): CompiledPing {
  const timeoutMs = Math.round((ping.timeout_seconds ?? longestPing) * 1000)
  const price = ping.response.parser?.price_path?.trim()
  return { request: compileRequest({ ...ping, requiredFields: [], timeoutMs }, names), auction, namesBid: !!price }
}

/** A step pings where somebody orders its bids, and its seller, or the buyer that was invited, has configured it. */
function pingOf(
  step: BuyerStep,
  target: StepTarget,
  names: Names,
  auction: string | undefined,
): CompiledPing | undefined {
  if (auction === undefined) return undefined
  const { ping, connection } = step
  if (connection.method !== 'invite') return ping && compilePing(ping, names, auction)
  const invited = pingOfInvited(step, target, (name) => names.fields.get(name)?.type)
  return invited && compilePing(pingPartsOf(invited.config), namesInPing(names, invited.told), auction)
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
  const ping = pingOf(step, target, names, auction)
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
    ...(request?.batch && { batch: request.batch }),
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
