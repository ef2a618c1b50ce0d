import { type Names, namesBefore, namesOf } from '../names/references'
import type { Scope } from '../names/scope'
import type { FlowDocument, Rule } from '../schema'
import type { Comparison, RuleReport, RuleResources } from '../types'
import type { RuleProblem } from './cel'
import type { Condition } from './conditions'
import { compileExpression } from './expression'
import { compileRows } from './rows'

export type { RuleProblem } from './cel'

export type CompiledRule = Condition & {
  problems: RuleProblem[]
  /** True when an error keeps the rule from meaning anything: it is then never true. */
  broken: boolean
}

/** Compiles a rule once; evaluating it costs well under a microsecond a comparison and never throws. */
export function compileRule(rule: Rule, names: Names): CompiledRule {
  const { condition, problems } = typeof rule === 'string' ? compileExpression(rule, names) : compileRows(rule, names)
  const broken = problems.some(({ severity }) => severity === 'error')
  return { ...condition, ...(broken && { test: () => false, explain: () => false }), problems, broken }
}

/** Every comparison that a rule makes for a lead, in the order in which they were made. */
export function comparisonsOf(rule: Condition, scope: Scope): Comparison[] {
  const made: Comparison[] = []
  rule.explain(scope, made)
  return made
}

/** What became of every part of a rule for a lead, those too that were not needed to decide it. */
export function reportOf(condition: Condition, scope: Scope): RuleReport {
  const { joined, parts } = condition
  if (joined && parts)
    return { join: joined, passed: condition.test(scope), parts: parts.map((part) => reportOf(part, scope)) }
  const [comparison] = comparisonsOf(condition, scope)
  return comparison ?? { text: condition.words, passed: condition.test(scope) }
}

/**
 * A rule in plain words: "State is one of CA, TX and Credit score is more than 650". With the document, its fields go
 * by their labels. A rule that can't be read is given as it was written.
 */
export function describeRule(
  rule: Rule,
  document?: Pick<FlowDocument, 'fields' | 'steps'>,
  resources?: RuleResources,
): string {
  const names: Names = { ...namesBefore(namesOf(document ?? { fields: [], steps: [] }, resources)), open: true }
  const compiled = compileRule(rule, names)
  return compiled.broken && typeof rule === 'string' ? rule : compiled.words
}
