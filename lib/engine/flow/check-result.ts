import type { Awaiting, Finding, StepResult, TraceEntry } from '../types'
import type { CompiledDuplicateCheck, CompiledSuppression } from './compiled'
import { reasonOf, scopeOf } from './criteria'
import { type Decided, goesOn, type Moment } from './moment'

type CheckStep = CompiledDuplicateCheck | CompiledSuppression
type CheckResult = Extract<StepResult, { type: CheckStep['type'] }>
/** What a check has to say: whether the lead was found, in words, and what later steps may read of it. */
type Said = { found: boolean; text: string; appended: Record<string, unknown> }

const kinds = { duplicate_check: 'duplicate', suppression: 'suppression' } as const

function begin(step: CheckStep, awaiting: Awaiting, now: number): Omit<CheckResult, 'outcome' | 'trace'> {
  const { type, id: stepId, name } = step
  return { type, stepId, name, eventId: awaiting.eventId, startedAt: awaiting.startedAt, endedAt: now }
}

/** A check that can't be made lets no lead through: whoever set it up wanted to be sure. */
function brokenCheck(step: CheckStep, awaiting: Awaiting, { run, now }: Moment, reason: string): Decided {
  const trace: TraceEntry[] = [{ kind: kinds[step.type], passed: false, text: reason }]
  run.results.push({ ...begin(step, awaiting, now), outcome: 'error', reason, trace })
  return { next: 'end', ending: { outcome: 'error', status: 'final', reason } }
}

/**
 * Writes down what a check found. A lead that is found ends here or goes on with a mark; a test lead always goes on, as
 * it counts nowhere, and hears what would become of a real one.
 */
export function concludeCheck(
  step: CheckStep,
  awaiting: Awaiting,
  moment: Moment,
  finding: Finding,
  say: (finding: Exclude<Finding, { kind: 'missing' }>) => Said,
): Decided {
  if (finding.kind === 'missing') return brokenCheck(step, awaiting, moment, finding.reason)
  const { flow, run, now } = moment
  const { found, text, appended } = say(finding)
  const stops = found && step.stops
  const trace: TraceEntry[] = [{ kind: kinds[step.type], passed: !stops, text }]
  run.appended = { ...run.appended, [step.appendsTo]: appended }
  const result = begin(step, awaiting, now)
  if (!stops || run.isTest) {
    if (stops)
      trace.push({ kind: kinds[step.type], passed: true, text: 'A test lead goes on; a real one would stop here' })
    run.results.push({ ...result, outcome: 'continue', trace })
    return goesOn
  }
  const reason = reasonOf(step, scopeOf(flow, run, now)) || text
  run.results.push({ ...result, outcome: 'stop', reason, trace })
  return { next: 'end', ending: { outcome: step.outcome, status: 'final', reason } }
}

/** Notes that there was nothing to look for. */
export function nothingToCheck(step: CheckStep, { run, now }: Moment, text: string): Decided {
  const { type, id: stepId, name } = step
  run.appended = { ...run.appended, [step.appendsTo]: { found: false } }
  const trace: TraceEntry[] = [{ kind: kinds[type], passed: true, text }]
  run.results.push({ type, stepId, name, outcome: 'continue', startedAt: now, endedAt: now, trace })
  return goesOn
}
