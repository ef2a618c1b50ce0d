import { amountOf, centsOf } from '../../money'
import { type CompiledRequest, compileRequest } from '../delivery/request'
import { type CompiledMail, compileMail } from '../mail/compile-mail'
import { capturesOf, stepKey } from '../names/appended'
import { type Names, sharedNames } from '../names/references'
import type { Scope } from '../names/scope'
import { compileRule } from '../rules/index'
import type { Awaiting, BuyerStep, FlowInput, Run, StepResult, StepTarget, TraceEntry, Verdict } from '../types'
import type { CompiledBuyer, CompiledFlow } from './compiled'
import { ruleEntry, scopeOf, unmet } from './criteria'
import { type Concluded, type Decided, goesOn, type Moment } from './moment'

/** An invited buyer's mail knows nothing of the seller's template: its blank parts are Baton's own. */
function mailOf({ connection }: BuyerStep, target: StepTarget, names: Names, { mail }: FlowInput) {
  if (connection.method === 'email') return compileMail(connection.email, mail, names)
  if (connection.method === 'manual' || !target.email) return undefined
  return compileMail(target.email, undefined, sharedNames(names, target.sharedFields ?? connection.shared_fields))
}

const waiting = 'Waiting for the buyer'

function requestOf(step: BuyerStep, target: StepTarget, names: Names): CompiledRequest | undefined {
  const timeoutMs = Math.round(step.delivery.timeout_seconds * 1000)
  const { connection } = step
  if (connection.method === 'manual') return compileRequest({ ...connection, requiredFields: [], timeoutMs }, names)
  if (connection.method === 'email' || !target.config) return undefined
  const visible = sharedNames(names, target.sharedFields ?? connection.shared_fields)
  return compileRequest({ ...target.config, requiredFields: target.config.required_fields, timeoutMs }, visible)
}

function blockedBy(request: CompiledRequest | undefined, mail: CompiledMail | undefined): string | undefined {
  if (request) return undefined
  if (!mail) return waiting
  return mail.to.length > 0 ? undefined : 'No email address to send to'
}

export function compileBuyer(step: BuyerStep, target: StepTarget, names: Names, input: FlowInput): CompiledBuyer {
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
    ...(blocked !== undefined && { blocked }),
    ...(request && { request }),
    ...(mail && { mail }),
    ...(copy && copy.to.length > 0 && { copy }),
    ...(priceCents !== undefined && { priceCents }),
    ...(step.eligible_when !== undefined && { eligible: compileRule(step.eligible_when, names) }),
  }
}

/** True when the step of this id delivers by mail. */
export function isMailStep(flow: Pick<CompiledFlow, 'steps' | 'indexOfStep'>, stepId: string): boolean {
  const step = flow.steps[flow.indexOfStep.get(stepId) ?? -1]
  return step?.type === 'buyer' && step.mail !== undefined
}

type Chance = { skip?: string; trace: TraceEntry[] }

const skipped = (kind: TraceEntry['kind'], skip: string): Chance => ({
  skip,
  trace: [{ kind, passed: false, text: skip }],
})

/** Whether a buyer step gets the lead now; `skip` is the reason when it does not. */
function chanceOf(step: CompiledBuyer, scope: Scope): Chance {
  const { eligible } = step
  if (step.blocked !== undefined) return skipped('connection', step.blocked)
  if (!step.active) return skipped('switch', 'Step is disabled')
  const why = unmet(step, eligible, scope)
  if (eligible && why !== undefined) {
    return { skip: why, trace: [ruleEntry('eligible', false, `Not eligible: ${why}`, eligible, scope)] }
  }
  const entry = eligible
    ? ruleEntry('eligible', true, `Eligible: ${eligible.words}`, eligible, scope)
    : ({ kind: 'eligible', passed: true, text: 'Every lead is eligible here' } as const)
  const missing = step.request?.missing(scope)
  if (missing === undefined) return { trace: [entry] }
  const skip = `Required field missing: ${missing}`
  return { skip, trace: [entry, { kind: 'required', passed: false, text: skip }] }
}

/** Opens an attempt with a buyer step, or notes why it is skipped. */
export function decideBuyer(step: CompiledBuyer, { flow, run, now, eventId }: Moment): Decided {
  const { id: stepId, name, recipient } = step
  const { skip: reason, trace } = chanceOf(step, scopeOf(flow, run, now, eventId, step.priceCents))
  if (reason === undefined) {
    run.awaiting = { stepId, eventId, startedAt: now, trace }
    return { next: 'effect', effect: { kind: 'attempt', stepId, eventId } }
  }
  const times = { startedAt: now, endedAt: now }
  run.results.push({
    type: 'buyer',
    stepId,
    name,
    recipient,
    outcome: 'skipped',
    reason,
    priceCents: 0,
    ...times,
    trace,
  })
  return goesOn
}

const outcomeWords: Record<Verdict['outcome'], string> = {
  accepted: 'accepted the lead',
  rejected: 'rejected the lead',
  error: 'could not take the lead',
  unknown: 'may have the lead: no usable answer came',
}

/** Leaves what came of an attempt to later steps. A test's price is the one that the lead would have had. */
function append(run: Run, { appends, priceCents }: CompiledBuyer, verdict: Verdict): void {
  const cents = verdict.outcome === 'accepted' ? (verdict.priceCents ?? priceCents) : undefined
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

/** Writes down what became of the open attempt with a buyer. `step` is missing when the flow has lost it meanwhile. */
export function concludeBuyer(
  step: CompiledBuyer | undefined,
  awaiting: Awaiting,
  { run, verdict, now, isLost }: Concluded,
): void {
  const { stepId, eventId, startedAt } = awaiting
  const { name, recipient, priceCents } = step ?? { name: stepId, recipient: stepId }
  const isSold = verdict.outcome === 'accepted' && !run.isTest
  const words = step?.mail ? `A mail to ${recipient} is on its way` : `${recipient} ${outcomeWords[verdict.outcome]}`
  const entry: TraceEntry = {
    kind: isLost ? 'recovery' : 'delivery',
    passed: verdict.outcome === 'accepted',
    text: verdict.reason === undefined ? words : `${words}: ${verdict.reason}`,
  }
  const result: StepResult = {
    type: 'buyer',
    stepId,
    name,
    recipient,
    eventId,
    outcome: verdict.outcome,
    verdict,
    priceCents: isSold ? (verdict.priceCents ?? priceCents ?? 0) : 0,
    startedAt,
    endedAt: now,
    trace: [...awaiting.trace, entry],
  }
  if (verdict.reason !== undefined) result.reason = verdict.reason
  run.results.push(result)
  if (step) append(run, step, verdict)
}
