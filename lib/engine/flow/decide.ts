import { type Scope, textOf } from '../names/scope'
import { type CompiledRule, comparisonsOf } from '../rules/index'
import type { FieldValue, Run, StepResult, TraceEntry } from '../types'
import type { CompiledBuyer, CompiledFilter, CompiledFlow, CompiledSource, Criteria } from './compile-flow'

const longestReason = 500

/** What rules and templates see of a run at a moment. */
export function scopeOf(flow: CompiledFlow, run: Run, now: number, eventId?: string, priceCents?: number): Scope {
  return {
    run,
    flow: flow.flow,
    now,
    ...(eventId !== undefined && { eventId }),
    ...(priceCents !== undefined && { priceCents }),
  }
}

/** Values are written down where they explain a refusal, and throughout for a test lead: noting them costs time. */
const ruleEntry = (
  kind: TraceEntry['kind'],
  passed: boolean,
  text: string,
  rule: CompiledRule,
  scope: Scope,
): TraceEntry => {
  const wanted = !passed || scope.run.isTest
  const comparisons = wanted ? comparisonsOf(rule, scope) : []
  return comparisons.length > 0 ? { kind, passed, text, comparisons } : { kind, passed, text }
}

const reasonOf = (criteria: Criteria, scope: Scope): string =>
  textOf(criteria.reason.render(scope)).trim().slice(0, longestReason)
const broken = (where: string, rule: CompiledRule) =>
  `The rule of ${where} can’t be used: ${rule.problems[0]?.message ?? ''}`

function refusal(whose: string, criteria: Criteria, scope: Scope, trace: TraceEntry[]): string | undefined {
  const { rule } = criteria
  if (rule.test(scope)) {
    trace.push(ruleEntry('acceptance', true, `Meets the criteria of the ${whose}: ${rule.words}`, rule, scope))
    return undefined
  }
  const why = rule.broken ? broken(`the ${whose}`, rule) : rule.why(scope)
  trace.push(ruleEntry('acceptance', false, `Does not meet the criteria of the ${whose}: ${why}`, rule, scope))
  return reasonOf(criteria, scope) || why.slice(0, longestReason)
}

/** Why a lead is not taken in at all: a required field is blank, a strict one is not valid, or criteria of flow or source are not met. */
export function refuseLead(
  flow: CompiledFlow,
  source: CompiledSource,
  scope: Scope,
  trace: TraceEntry[],
): string | undefined {
  const missing = flow.required.find(({ read }) => isMissing(read(scope)))
  if (missing) {
    const text = `${missing.label} is required`
    trace.push({ kind: 'acceptance', passed: false, text })
    return text
  }
  const wrong = flow.strict.find(({ name }) => isWrong(scope.run.lead[name]))
  if (wrong) {
    const text = `${wrong.label} is not valid`
    trace.push({ kind: 'acceptance', passed: false, text })
    return text
  }
  const byFlow = flow.acceptance && refusal('flow', flow.acceptance, scope, trace)
  return byFlow ?? (source.acceptance && refusal('source', source.acceptance, scope, trace))
}

/** A blank says nothing wrong: whether it may be blank is what `required` decides. */
const isWrong = (value: FieldValue | undefined) => value !== undefined && !value.valid && !isMissing(value.raw)

const isMissing = (value: unknown) => textOf(value).trim() === ''

type FilterResult = Extract<StepResult, { type: 'filter' }>

/** Lets a lead go on, or says why it stops here. */
export function applyFilter(step: CompiledFilter, scope: Scope): FilterResult {
  const { id, name, rule } = step
  const result = { type: 'filter', stepId: id, name, startedAt: scope.now, endedAt: scope.now } as const
  if (rule.broken) {
    const reason = broken(`the filter “${name}”`, rule)
    return { ...result, outcome: 'error', reason, trace: [{ kind: 'filter', passed: false, text: reason }] }
  }
  if (!rule.test(scope)) {
    const entry = ruleEntry('filter', true, `Goes on, as this is not so: ${rule.words}`, rule, scope)
    return { ...result, outcome: 'continue', trace: [entry] }
  }
  const entry = ruleEntry('filter', false, `Stopped, as this is so: ${rule.words}`, rule, scope)
  const reason = reasonOf(step, scope) || `Stopped by ${name}`
  return { ...result, outcome: 'stop', reason, trace: [entry] }
}

/** Whether a buyer step gets the lead now; `skip` is the reason when it does not. */
export function decideBuyer(step: CompiledBuyer, scope: Scope): { skip?: string; trace: TraceEntry[] } {
  const { eligible } = step
  if (step.blocked !== undefined) return skipped('connection', step.blocked)
  if (!step.active) return skipped('switch', 'Step is disabled')
  const trace: TraceEntry[] = []
  if (eligible && !eligible.test(scope)) {
    const why = (eligible.broken ? broken(`“${step.name}”`, eligible) : eligible.why(scope)).slice(0, longestReason)
    return { skip: why, trace: [ruleEntry('eligible', false, `Not eligible: ${why}`, eligible, scope)] }
  }
  trace.push(
    eligible
      ? ruleEntry('eligible', true, `Eligible: ${eligible.words}`, eligible, scope)
      : { kind: 'eligible', passed: true, text: 'Every lead is eligible here' },
  )
  const missing = step.request?.missing(scope)
  if (missing === undefined) return { trace }
  const skip = `Required field missing: ${missing}`
  return { skip, trace: [...trace, { kind: 'required', passed: false, text: skip }] }
}

const skipped = (kind: TraceEntry['kind'], skip: string) => ({ skip, trace: [{ kind, passed: false, text: skip }] })
