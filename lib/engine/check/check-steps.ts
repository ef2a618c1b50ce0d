import { comparedField } from '../flow/compared-fields'
import { settableField } from '../flow/mapping-step'
import type { Names } from '../names/references'
import type {
  DuplicateCheckStep,
  FilterStep,
  FlowDocument,
  LookupStep,
  MappingStep,
  Rule,
  SuppressionStep,
} from '../schema'
import { compileTemplate } from '../templates/index'
import { checkNoBatch } from './check-batch'
import { checkDelivery } from './check-delivery'
import { checkEndpoint } from './check-endpoint'
import { checkRequest } from './check-request'
import { checkResponse } from './check-response'
import type { Problems, StepProblems } from './problems'

/** Where a step stands in its document, and what its rules and templates may read. */
export type At = { path: string; names: Names; document: FlowDocument; index: number }

const isEmptyGroup = (rule: FilterStep['stop_when']) =>
  typeof rule === 'object' && (('all' in rule && rule.all.length === 0) || ('any' in rule && rule.any.length === 0))

/** Steps that say of a lead how it went there. */
const tellOutcome = new Set<string>(['buyer', 'lookup', 'duplicate_check', 'suppression', 'distribution'])

function checkOutcomeOf(step: FilterStep, { path, document, index }: At, to: Problems): void {
  const at = document.steps.findIndex(({ id }) => id === step.outcome_of)
  const named = document.steps[at]
  const problem = (message: string) => to.add('error', `${path}.outcome_of`, message, step.id)
  if (!named) problem(`There is no step “${step.outcome_of}”.`)
  else if (at >= index) problem(`“${named.name}” comes later, so its outcome is not known here.`)
  else if (!tellOutcome.has(named.type)) problem(`“${named.name}” has no outcome that a lead could end with.`)
}

const isAlways = (rule: Rule, word: 'true' | 'false') => typeof rule === 'string' && rule.trim() === word

export function checkFilter(step: FilterStep, at: At, to: Problems): void {
  const { path, names } = at
  to.addRule(step.stop_when, names, `${path}.stop_when`, step.id)
  to.addTemplate(step.reason, names, `${path}.reason`, step.id)
  if (isEmptyGroup(step.stop_when))
    to.add('error', `${path}.stop_when`, 'Without a rule this filter would stop every lead.', step.id)
  if (isAlways(step.stop_when, 'true') && at.index < at.document.steps.length - 1 && step.active !== false)
    to.add('warning', `${path}.stop_when`, 'Every lead stops here, so the steps below never run.', step.id)
  if (step.outcome_of !== undefined) checkOutcomeOf(step, at, to)
}

function checkSetting(
  name: string,
  source: string | number | boolean,
  { path, names }: At,
  to: StepProblems,
): string[] {
  const at = `${path}.set.${name}`
  to.addTemplate(source, names, at)
  const target = settableField(name, names)
  if ('problem' in target) {
    to.add('error', at, target.problem)
    return []
  }
  if (target.warning !== undefined) to.add('warning', at, target.warning)
  const sealed = compileTemplate(source, names).references.find(({ masked }) => masked)
  if (sealed) to.add('error', at, `${sealed.words} is kept sealed, so it can’t be written into another field.`)
  return [target.field]
}

export function checkMapping(step: MappingStep, at: At, to: Problems): void {
  const { path, names } = at
  const within = to.ofStep(step.id)
  if (step.when !== undefined) within.addRule(step.when, names, `${path}.when`)
  const entries = Object.entries(step.set)
  if (entries.length === 0) within.add('warning', `${path}.set`, 'Nothing is set: this step changes no lead.')
  const seen = new Set<string>()
  for (const [name, source] of entries) {
    for (const field of checkSetting(name, source, at, within)) {
      if (seen.has(field))
        within.add('warning', `${path}.set.${name}`, `“${field}” is set above already; the last one wins.`)
      seen.add(field)
    }
  }
}

/** A step that is never reached by its own rule. */
function checkRunWhen(rule: Rule | undefined, at: string, names: Names, to: StepProblems): void {
  if (rule === undefined) return
  to.addRule(rule, names, at)
  if (isAlways(rule, 'false')) to.add('warning', at, 'This is so for no lead, so the step never runs.')
}

export function checkLookup(step: LookupStep, { path, names }: At, to: Problems): void {
  const { id: stepId, endpoint, request, response } = step
  const within = to.ofStep(stepId)
  checkRunWhen(step.run_when, `${path}.run_when`, names, within)
  checkEndpoint(endpoint, to, { path: `${path}.endpoint`, names, stepId })
  checkRequest(request, to, { path: `${path}.request`, names, stepId })
  checkNoBatch(request, to, { path: `${path}.request`, stepId })
  checkDelivery(step, to, { path, stepId })
  checkResponse(response, to, { path: `${path}.response`, stepId })
  if (Object.keys(response.capture ?? {}).length === 0) {
    const message = 'Nothing of the answer is captured: later steps see only whether it came.'
    within.add('warning', `${path}.response.capture`, message)
  }
}

/** Fields that are compared: each one of the lead's, in clear, once. */
function checkCompared(fields: readonly string[], { path, names }: At, to: StepProblems): void {
  const seen = new Set<string>()
  for (const [index, name] of fields.entries()) {
    const at = `${path}.fields.${index}`
    const { field, label, refused, warning } = comparedField(name, names)
    if (refused !== undefined) to.add('error', at, refused)
    else if (warning !== undefined) to.add('warning', at, warning)
    if (seen.has(field)) to.add('warning', at, `${label} is compared already.`)
    seen.add(field)
  }
}

export function checkDuplicateCheck(step: DuplicateCheckStep, at: At, to: Problems): void {
  const within = to.ofStep(step.id)
  checkCompared(step.fields, at, within)
  within.addTemplate(step.reason, at.names, `${at.path}.reason`)
}

export function checkSuppression(step: SuppressionStep, at: At, to: Problems): void {
  const within = to.ofStep(step.id)
  checkCompared(step.fields, at, within)
  within.addTemplate(step.reason, at.names, `${at.path}.reason`)
  const place = `${at.path}.list_id`
  if (step.list_id === '') within.add('error', place, 'Choose a list.')
  else if (at.names.lists && !at.names.lists.has(step.list_id.toLowerCase()))
    within.add('error', place, 'There is no such list in this account.')
}
