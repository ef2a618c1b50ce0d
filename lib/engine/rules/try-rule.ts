import { maskedTypes, parseField, sampleLead, typeOfField } from '../fields/index'
import { labelOf, namesBefore, namesOf, type Reference } from '../names/references'
import { type Scope, textOf } from '../names/scope'
import type { FlowDocument, Rule } from '../schema'
import type { RuleReport, RuleResources, Run, TypedLead } from '../types'
import { compileRule, type RuleProblem, reportOf } from './index'

/** A rule tried on a lead. `fields` are those that it looks at, in the order in which it names them. */
export type RuleTrial = {
  passed: boolean
  /** Absent where an error keeps the rule from meaning anything. */
  report?: RuleReport
  /** What a lead that is refused by it is told; absent when it passes. */
  reason?: string
  problems: RuleProblem[]
  fields: { name: string; label: string; value: string; masked: boolean }[]
}

export type TrialInput = {
  rule: Rule
  document: Pick<FlowDocument, 'fields' | 'steps'>
  flow: Scope['flow']
  resources: RuleResources
  /** Values by field, as sent; fields that are left out have those of the sample lead where `isSample` says so. */
  values: Readonly<Record<string, unknown>>
  isSample: boolean
  about: Pick<Run, 'receivedAt' | 'submission' | 'source'>
  now: number
}

function leadOf({ values, isSample, document, now }: TrialInput, referred: ReadonlyMap<string, Reference>): TypedLead {
  const declared = new Map(document.fields.map(({ name, type }) => [name, type]))
  const typeOf = (name: string) => declared.get(name) ?? typeOfField(name) ?? 'string'
  const lead: TypedLead = Object.create(null)
  if (isSample) Object.assign(lead, sampleLead([...new Set([...declared.keys(), ...referred.keys()])], typeOf, now))
  for (const [name, value] of Object.entries(values)) lead[name] = parseField(typeOf(name), value, now)
  return lead
}

const runOf = (lead: TypedLead, { receivedAt, submission, source }: TrialInput['about']): Run => ({
  leadId: '',
  isTest: true,
  receivedAt,
  random: 50,
  lead,
  submission,
  source,
  at: 0,
  appended: {},
  results: [],
  trace: [],
  state: 'open',
  status: 'processing',
  costCents: 0,
  revenueCents: 0,
})

/** What a rule says of a lead, comparison by comparison. Values of masked fields are not shown. */
export function tryRule(input: TrialInput): RuleTrial {
  const { rule, document, flow, resources, now } = input
  const referred = new Map<string, Reference>()
  const names = namesBefore(namesOf(document, resources))
  const tell = (reference: Reference) => {
    if (reference.field !== undefined && !referred.has(reference.field)) referred.set(reference.field, reference)
  }
  const compiled = compileRule(rule, { ...names, tell })
  const lead = leadOf(input, referred)
  const fields = [...referred.keys()].map((name) => {
    const value = lead[name]
    const masked = value !== undefined && maskedTypes.has(value.type)
    const label = names.fields.get(name)?.label ?? labelOf(name)
    return { name, label, value: masked ? '' : textOf(value?.raw), masked }
  })
  const { problems, broken } = compiled
  if (broken) return { passed: false, problems, fields }
  const scope: Scope = { run: runOf(lead, input.about), flow, now }
  const passed = compiled.test(scope)
  return {
    passed,
    report: reportOf(compiled, scope),
    ...(!passed && { reason: compiled.why(scope) }),
    problems,
    fields,
  }
}
