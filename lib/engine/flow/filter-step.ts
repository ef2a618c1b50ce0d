import type { Names } from '../names/references'
import { isSurelyMet } from '../rules/with-blanks'
import type { FilterStep } from '../schema'
import type { StepResult } from '../types'
import type { CompiledFilter } from './compiled'
import { broken, criteriaOf, reasonOf, ruleEntry, scopeOf } from './criteria'
import type { Ending } from './finish'
import { type Decided, goesOn, type Moment } from './moment'

export function compileFilter(step: FilterStep, names: Names): CompiledFilter {
  const { id, name, outcome, outcome_of: outcomeOf, stop_when, reason } = step
  return {
    type: 'filter',
    id,
    name,
    outcome,
    ...(outcomeOf !== undefined && { outcomeOf }),
    ...criteriaOf(stop_when, reason, names),
  }
}

const outcomes: Partial<Record<StepResult['outcome'], Ending['outcome']>> = {
  accepted: 'success',
  unknown: 'success',
  sold: 'success',
  pending: 'success',
  success: 'success',
  continue: 'success',
  error: 'error',
}

/** How a lead ends by what an earlier step said. A sale that nobody knows of yet leaves the lead pending. */
function endingBy(result: StepResult | undefined): Omit<Ending, 'reason'> {
  const outcome = (result && outcomes[result.outcome]) ?? 'failure'
  return { outcome, status: result?.outcome === 'unknown' || result?.outcome === 'pending' ? 'pending' : 'final' }
}

/** Lets a lead go on, or ends it here. A filter that can't be used stops every lead with an error. */
export function decideFilter(step: CompiledFilter, { flow, run, now }: Moment): Decided {
  const { id, name, rule } = step
  const scope = scopeOf(flow, run, now)
  const result = { type: 'filter', stepId: id, name, startedAt: now, endedAt: now } as const
  if (rule.broken) {
    const reason = broken(`the filter “${name}”`, rule)
    run.results.push({ ...result, outcome: 'error', reason, trace: [{ kind: 'filter', passed: false, text: reason }] })
    return { next: 'end', ending: { outcome: 'error', status: 'final', reason } }
  }
  if (!(run.isPing ? isSurelyMet(rule, scope) : rule.test(scope))) {
    const entry = ruleEntry('filter', true, `Goes on, as this is not so: ${rule.words}`, rule, scope)
    run.results.push({ ...result, outcome: 'continue', trace: [entry] })
    return goesOn
  }
  const entry = ruleEntry('filter', false, `Stopped, as this is so: ${rule.words}`, rule, scope)
  const earlier = run.results.find(({ type, stepId }) => type !== 'ping' && stepId === step.outcomeOf)
  const reason = reasonOf(step, scope) || earlier?.reason || `Stopped by ${name}`
  run.results.push({ ...result, outcome: 'stop', reason, trace: [entry] })
  const ending: Omit<Ending, 'reason'> =
    step.outcomeOf === undefined ? { outcome: step.outcome, status: 'final' } : endingBy(earlier)
  return { next: 'end', ending: { ...ending, reason } }
}
