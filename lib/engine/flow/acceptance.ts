import { type Scope, textOf } from '../names/scope'
import type { FieldValue, TraceEntry } from '../types'
import type { CompiledFlow, CompiledSource, Criteria } from './compiled'
import { broken, isMet, reasonOf, ruleEntry, shortReason } from './criteria'

function refusal(whose: string, criteria: Criteria, scope: Scope, trace: TraceEntry[]): string | undefined {
  const { rule } = criteria
  if (isMet(rule, scope)) {
    trace.push(ruleEntry('acceptance', true, `Meets the criteria of the ${whose}: ${rule.words}`, rule, scope))
    return undefined
  }
  const why = rule.broken ? broken(`the ${whose}`, rule) : rule.why(scope)
  trace.push(ruleEntry('acceptance', false, `Does not meet the criteria of the ${whose}: ${why}`, rule, scope))
  return reasonOf(criteria, scope) || shortReason(why)
}

/** Why a lead is not taken in at all: a required field is blank, a strict one is not valid, or criteria are not met. */
export function refuseLead(
  flow: CompiledFlow,
  source: CompiledSource,
  scope: Scope,
  trace: TraceEntry[],
): string | undefined {
  const missing = scope.run.isPing ? undefined : flow.required.find(({ read }) => isMissing(read(scope)))
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
