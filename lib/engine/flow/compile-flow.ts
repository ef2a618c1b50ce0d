import { centsOf } from '../../money'
import { inboundPlan, typeFields } from '../fields/index'
import { findReference, type Names, namesBefore, namesOf } from '../names/references'
import type { FlowDocument } from '../schema'
import { capsOf } from '../selling/caps'
import { hoursOf } from '../selling/hours'
import type { FlowInput, Nested, SourceInput, TypedLead } from '../types'
import type { CompiledFlow, CompiledSource, CompiledStep } from './compiled'
import { criteriaOf } from './criteria'
import { buyersWithin } from './distribution-step'
import { compileStep } from './steps'

function requiredOf(document: FlowDocument, names: Names): CompiledFlow['required'] {
  return document.fields.flatMap(({ name, required }) => {
    if (!required) return []
    const found = findReference(['lead', ...name.split('.')], names, 'rule')
    return 'problem' in found ? [] : [{ label: found.reference.words, read: found.reference.read }]
  })
}

/** Fields that duplicate checks compare, each once. */
const keyFieldsOf = (steps: readonly CompiledStep[]): string[] => [
  ...new Set(
    steps.flatMap((step) =>
      step.type === 'duplicate_check'
        ? step.compared.flatMap(({ field, refused }) => (refused === undefined ? [field] : []))
        : [],
    ),
  ),
]

const costOf = (price: { cost: number } | undefined) => {
  const costCents = centsOf(price?.cost)
  return costCents === undefined ? {} : { costCents }
}

/** A step of our own that is off is not there for leads; a buyer step that is off is, and says so in their trace. */
const isSwitchedOff = (step: FlowDocument['steps'][number]): boolean => step.type !== 'buyer' && step.active === false

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
  const caps = capsOf(document.caps, input.flow.timeZone)
  const { businessHours } = input
  return {
    ...input,
    names,
    plan: inboundPlan([document]),
    required: requiredOf(document, names),
    strict: document.fields.flatMap(({ name, strict }) =>
      strict ? [{ name, label: names.fields.get(name)?.label ?? name }] : [],
    ),
    steps,
    keyFields: keyFieldsOf(steps),
    buyers: new Map(buyersOf(steps).map((buyer) => [buyer.id, buyer])),
    ...(caps && { caps }),
    ...(businessHours && { hours: hoursOf(businessHours, input.flow.timeZone) }),
    indexOfStep: new Map(steps.map((step, index) => [step.id, index])),
    ...(acceptance && { acceptance: criteriaOf(acceptance.rule, acceptance.reason, names) }),
    ...costOf(document.price),
  }
}

const buyersOf = (steps: CompiledFlow['steps']) =>
  steps.flatMap((step) => {
    if (step.type === 'buyer') return [step]
    return step.type === 'distribution' ? [...buyersWithin(step.members)] : []
  })

/** Makes a source of a flow ready: its own criteria, price and inbound names on top of the flow's. */
export function compileSource(flow: CompiledFlow, source: SourceInput): CompiledSource {
  const { document, names } = flow
  const { acceptance, mappings, price } = source.settings
  const caps = capsOf(source.settings.caps, flow.flow.timeZone)
  return {
    ...source,
    plan: inboundPlan([document, { mappings }]),
    ...(acceptance && { acceptance: criteriaOf(acceptance.rule, acceptance.reason, names) }),
    ...(caps && { caps }),
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
