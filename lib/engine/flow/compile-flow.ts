import { centsOf } from '../../money'
import { type CompiledRequest, compileRequest } from '../delivery/request'
import { type InboundPlan, inboundPlan, typeFields } from '../fields/index'
import { type CompiledMail, compileMail } from '../mail/compile-mail'
import { capturesOf, stepKey } from '../names/appended'
import { findReference, type Names, namesBefore, namesOf, sharedNames } from '../names/references'
import type { Read } from '../names/scope'
import { type CompiledRule, compileRule } from '../rules/index'
import type { FilterStep, FlowDocument, Rule, Step } from '../schema'
import { type CompiledTemplate, compileTemplate } from '../templates/index'
import type { BuyerStep, FlowInput, Nested, SourceInput, StepTarget, TypedLead } from '../types'

export type Criteria = { rule: CompiledRule; reason: CompiledTemplate }

export type CompiledFilter = { type: 'filter'; id: string; name: string; outcome: FilterStep['outcome'] } & Criteria
export type CompiledBuyer = {
  type: 'buyer'
  id: string
  name: string
  recipient: string
  active: boolean
  blocked?: string
  eligible?: CompiledRule
  request?: CompiledRequest
  /** The delivery, where the buyer takes leads by mail. */
  mail?: CompiledMail
  /** The seller's mail beside the delivery: it follows a lead that was accepted. */
  copy?: CompiledMail
  priceCents?: number
  /** Where in `run.appended` its outcome goes, and which captured values with it. */
  appends: { key: string; captures: readonly string[] }
}
export type CompiledStep = CompiledFilter | CompiledBuyer

/** A flow's version made ready for leads: rules parsed, templates compiled, targets bound. Immutable. */
export type CompiledFlow = FlowInput & {
  names: Names
  plan: InboundPlan
  required: { label: string; read: Read }[]
  strict: { name: string; label: string }[]
  acceptance?: Criteria
  costCents?: number
  steps: CompiledStep[]
  indexOfStep: ReadonlyMap<string, number>
}

/** A source of a compiled flow, made ready. */
export type CompiledSource = SourceInput & { plan: InboundPlan; acceptance?: Criteria; costCents?: number }

const criteriaOf = (rule: Rule, reason: string, names: Names): Criteria => ({
  rule: compileRule(rule, names),
  reason: compileTemplate(reason, names),
})

/** An invited buyer's mail knows nothing of the seller's template: its blank parts are Baton's own. */
function mailOf({ connection }: BuyerStep, target: StepTarget, names: Names, { mail }: FlowInput) {
  if (connection.method === 'email') return compileMail(connection.email, mail, names)
  if (connection.method === 'manual' || !target.email) return undefined
  return compileMail(target.email, undefined, sharedNames(names, target.sharedFields ?? connection.shared_fields))
}

const waiting = 'Waiting for the buyer'
const unprepared: StepTarget = { active: true, recipient: '' }

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

function compileBuyer(step: BuyerStep, target: StepTarget, names: Names, input: FlowInput): CompiledBuyer {
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

function compileStep(step: Step, input: FlowInput, names: Names): CompiledStep {
  if (step.type === 'buyer') {
    const target = Object.hasOwn(input.targets, step.id) ? input.targets[step.id] : undefined
    return compileBuyer(step, target ?? { ...unprepared, active: step.rules.active }, names, input)
  }
  const { id, name, outcome, stop_when, reason } = step
  return { type: 'filter', id, name, outcome, ...criteriaOf(stop_when, reason, names) }
}

function requiredOf(document: FlowDocument, names: Names): CompiledFlow['required'] {
  return document.fields.flatMap(({ name, required }) => {
    if (!required) return []
    const found = findReference(['lead', ...name.split('.')], names, 'rule')
    return 'problem' in found ? [] : [{ label: found.reference.words, read: found.reference.read }]
  })
}

/** True when the step of this id delivers by mail. */
export function isMailStep(flow: Pick<CompiledFlow, 'steps' | 'indexOfStep'>, stepId: string): boolean {
  const step = flow.steps[flow.indexOfStep.get(stepId) ?? -1]
  return step?.type === 'buyer' && step.mail !== undefined
}

const costOf = (price: { cost: number } | undefined) => {
  const costCents = centsOf(price?.cost)
  return costCents === undefined ? {} : { costCents }
}

/** A filter that is off is not there for leads; a buyer step that is off is, and says so in their trace. */
const isSwitchedOff = (step: FlowDocument['steps'][number]): boolean => step.type === 'filter' && step.active === false

/**
 * Makes a flow ready for leads; do it once for a version and keep it. Any document of the right shape compiles: a
 * broken rule, which `checkFlow` reports, is never met, and a broken filter stops the lead with an error.
 */
export function compileFlow(input: FlowInput): CompiledFlow {
  const { document } = input
  const names = namesOf(document, input.resources)
  const { acceptance } = document
  const steps = document.steps.flatMap((step, index) =>
    isSwitchedOff(step) ? [] : [compileStep(step, input, namesBefore(names, index))],
  )
  return {
    ...input,
    names,
    plan: inboundPlan([document]),
    required: requiredOf(document, names),
    strict: document.fields.flatMap(({ name, strict }) =>
      strict ? [{ name, label: names.fields.get(name)?.label ?? name }] : [],
    ),
    steps,
    indexOfStep: new Map(steps.map((step, index) => [step.id, index])),
    ...(acceptance && { acceptance: criteriaOf(acceptance.rule, acceptance.reason, names) }),
    ...costOf(document.price),
  }
}

/** Makes a source of a flow ready: its own criteria, price and inbound names on top of the flow's. */
export function compileSource(flow: CompiledFlow, source: SourceInput): CompiledSource {
  const { document, names } = flow
  const { acceptance, mappings, price } = source.settings
  return {
    ...source,
    plan: inboundPlan([document, { mappings }]),
    ...(acceptance && { acceptance: criteriaOf(acceptance.rule, acceptance.reason, names) }),
    ...costOf(price),
  }
}

/**
 * Types a submission by the source's and the flow's mappings, the aliases and the fields' types. Fields that nobody
 * knows are kept as text. Never throws; at most 500 fields, values cut at 10,000 characters.
 * @param now Unix milliseconds, for a date of birth's age.
 */
export const typeLead = (_flow: CompiledFlow, source: CompiledSource, submitted: Nested, now?: number): TypedLead =>
  typeFields(submitted, source.plan, now)
