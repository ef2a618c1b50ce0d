import { settableField } from '../flow/mapping-step'
import type { Names } from '../names/references'
import type { FilterStep, FlowDocument, MappingStep } from '../schema'
import { compileTemplate } from '../templates/index'
import type { Problems, StepProblems } from './problems'

/** Where a step stands in its document, and what its rules and templates may read. */
export type At = { path: string; names: Names; document: FlowDocument; index: number }

const isEmptyGroup = (rule: FilterStep['stop_when']) =>
  typeof rule === 'object' && (('all' in rule && rule.all.length === 0) || ('any' in rule && rule.any.length === 0))

/** Steps that say of a lead how it went there. */
const tellOutcome = new Set<string>(['buyer', 'filter'])

function checkOutcomeOf(step: FilterStep, { path, document, index }: At, to: Problems): void {
  const at = document.steps.findIndex(({ id }) => id === step.outcome_of)
  const named = document.steps[at]
  const problem = (message: string) => to.add('error', `${path}.outcome_of`, message, step.id)
  if (!named) problem(`There is no step “${step.outcome_of}”.`)
  else if (at >= index) problem(`“${named.name}” comes later, so its outcome is not known here.`)
  else if (!tellOutcome.has(named.type)) problem(`“${named.name}” has no outcome that a lead could end with.`)
}

export function checkFilter(step: FilterStep, at: At, to: Problems): void {
  const { path, names } = at
  to.addRule(step.stop_when, names, `${path}.stop_when`, step.id)
  to.addTemplate(step.reason, names, `${path}.reason`, step.id)
  if (isEmptyGroup(step.stop_when))
    to.add('error', `${path}.stop_when`, 'Without a rule this filter would stop every lead.', step.id)
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
