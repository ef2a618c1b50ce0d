import type { Names } from '../names/references'
import { type Scope, textOf } from '../names/scope'
import { type CompiledRule, comparisonsOf, compileRule } from '../rules/index'
import { canBeMet } from '../rules/with-blanks'
import type { Rule } from '../schema'
import { compileTemplate } from '../templates/index'
import type { Run, TraceEntry } from '../types'
import type { CompiledFlow, Criteria } from './compiled'

const longestReason = 500
export const shortReason = (text: string): string => text.slice(0, longestReason)

export const criteriaOf = (rule: Rule, reason: string, names: Names): Criteria => ({
  rule: compileRule(rule, names),
  reason: compileTemplate(reason, names),
})

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
export const ruleEntry = (
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

/** The reason as a person wrote it, filled in; empty when there is none. */
export const reasonOf = (criteria: Pick<Criteria, 'reason'>, scope: Scope): string =>
  shortReason(textOf(criteria.reason.render(scope)).trim())

/** What is wrong with a rule that has an error. */
export const broken = (where: string, rule: CompiledRule): string =>
  `The rule of ${where} can’t be used: ${rule.problems[0]?.message ?? ''}`

/** Whether a lead meets a rule; a ping does where it still can. */
export const isMet = (rule: CompiledRule, scope: Scope): boolean =>
  scope.run.isPing ? !rule.broken && canBeMet(rule, scope) : rule.test(scope)

/** Why a step's own rule is not met by this lead; undefined when it is, or when the step has none. */
export function unmet(step: { name: string }, rule: CompiledRule | undefined, scope: Scope): string | undefined {
  if (!rule || isMet(rule, scope)) return undefined
  return shortReason(rule.broken ? broken(`“${step.name}”`, rule) : rule.why(scope))
}
