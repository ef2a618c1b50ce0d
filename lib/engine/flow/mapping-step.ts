import { displayValue, isBlankValue, maskedTypes, parseField, typeOfField } from '../fields/index'
import { findReference, type Names } from '../names/references'
import { type Scope, textOf } from '../names/scope'
import { compileRule } from '../rules/index'
import type { MappingStep } from '../schema'
import { compileTemplate } from '../templates/index'
import type { Run, TraceEntry, TypedLead } from '../types'
import type { CompiledMapping, Setting } from './compiled'
import { ruleEntry, scopeOf, unmet } from './criteria'
import { type Decided, goesOn, type Moment } from './moment'

/** The field of the lead that a name means ("zip", "lead.zip", "postal_code"), or in words why it means none. */
export function settableField(
  name: string,
  names: Names,
): { field: string; label: string; type: Setting['type']; warning?: string } | { problem: string } {
  const found = findReference(['lead', ...name.replace(/^lead\./, '').split('.')], names, 'rule')
  if ('problem' in found) return found
  const { field, path, words } = found.reference
  if (field === undefined || path !== `lead.${field}`)
    return { problem: `${path} can’t be set; set a field of the lead.` }
  const type = names.fields.get(field)?.type ?? typeOfField(field) ?? 'string'
  if (maskedTypes.has(type)) return { problem: `${words} is kept sealed, so a step can’t set it.` }
  return { field, label: words, type, ...(found.warning !== undefined && { warning: found.warning }) }
}

function settingOf(name: string, source: string | number | boolean, names: Names): Setting {
  const target = settableField(name, names)
  const value = compileTemplate(source, names)
  if ('problem' in target) return { field: name, label: name, type: 'string', value, refused: target.problem }
  const { field, label, type } = target
  const sealed = value.references.find(({ masked }) => masked)
  const refused = sealed && `${sealed.words} is kept sealed, so it can’t be written into ${label}.`
  return { field, label, type, value, ...(refused !== undefined && { refused }) }
}

export const compileMapping = (step: MappingStep, names: Names): CompiledMapping => ({
  type: 'mapping',
  id: step.id,
  name: step.name,
  ...(step.when !== undefined && { when: compileRule(step.when, names) }),
  settings: Object.entries(step.set).map(([name, source]) => settingOf(name, source, names)),
})

const shown = (text: string) => (text.length > 100 ? `${text.slice(0, 99)}…` : text)

/** Sets one field; what it did, in words. Undefined when there is nothing to set. */
function apply({ field, label, type, value, refused }: Setting, lead: TypedLead, scope: Scope): TraceEntry | undefined {
  if (refused !== undefined) return { kind: 'mapping', passed: false, text: refused }
  const rendered = value.render(scope)
  if (rendered === undefined) return undefined
  const isList = typeof rendered === 'object' && rendered !== null && !Array.isArray(rendered)
  const before = lead[field]
  const typed = parseField(type, isList ? textOf(rendered) : rendered)
  lead[field] = typed
  const was = before && !isBlankValue(before) ? ` (was “${shown(displayValue(before))}”)` : ''
  const unreadable = typed.valid || isBlankValue(typed) ? '' : ', which is not valid'
  const words = isBlankValue(typed) ? `Emptied ${label}` : `Set ${label} to “${shown(displayValue(typed))}”`
  return { kind: 'mapping', passed: true, text: `${words}${unreadable}${was}` }
}

/** Sets the fields one after the other, each seeing what those before it set. The run's lead is replaced, not changed. */
function setAll(settings: readonly Setting[], { flow, run, now, eventId }: Moment): TraceEntry[] {
  const lead: TypedLead = Object.assign(Object.create(null), run.lead)
  run.lead = lead
  const scope = scopeOf(flow, run, now, eventId)
  const trace: TraceEntry[] = []
  const changed: string[] = []
  for (const setting of settings) {
    const entry = apply(setting, lead, scope)
    if (!entry) continue
    trace.push(entry)
    if (entry.passed) changed.push(setting.field)
  }
  if (changed.length > 0) run.changed = [...new Set([...(run.changed ?? []), ...changed])]
  return trace
}

/** Sets fields of the lead, for every step after this one and for the log. */
export function decideMapping(step: CompiledMapping, moment: Moment): Decided {
  const { flow, run, now } = moment
  const result = { type: 'mapping', stepId: step.id, name: step.name, startedAt: now, endedAt: now } as const
  const scope = scopeOf(flow, run, now)
  const why = unmet(step, step.when, scope)
  if (step.when && why !== undefined) {
    const entry = ruleEntry('mapping', false, `Nothing is set: ${why}`, step.when, scope)
    run.results.push({ ...result, outcome: 'skipped', reason: why, trace: [entry] })
    return goesOn
  }
  const trace = setAll(step.settings, moment)
  if (trace.some(({ passed }) => passed)) run.results.push({ ...result, outcome: 'success', trace })
  else run.results.push(nothingSet(result, trace))
  return goesOn
}

type Begun = Omit<Extract<Run['results'][number], { type: 'mapping' }>, 'outcome' | 'trace' | 'reason'>

function nothingSet(result: Begun, trace: TraceEntry[]): Run['results'][number] {
  const reason = trace[0]?.text ?? 'Nothing to set: every value is blank'
  return {
    ...result,
    outcome: 'skipped',
    reason,
    trace: trace.length > 0 ? trace : [{ kind: 'mapping', passed: false, text: reason }],
  }
}
