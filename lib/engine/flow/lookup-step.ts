import { compileRequest } from '../delivery/request'
import { capturesOf, stepKey } from '../names/appended'
import type { Names } from '../names/references'
import { textOf } from '../names/scope'
import { compileRule } from '../rules/index'
import type { LookupStep } from '../schema'
import type { Awaiting, LookupOutcome, Run, StepResult, TraceEntry, Verdict } from '../types'
import type { CompiledLookup } from './compiled'
import { ruleEntry, scopeOf, unmet } from './criteria'
import { type Ending, endingOf } from './finish'
import { type Concluded, type Decided, goesOn, type Moment } from './moment'

export function compileLookup(step: LookupStep, names: Names): CompiledLookup {
  const { id, name, endpoint, request, response } = step
  const timeoutMs = Math.round(step.timeout_seconds * 1000)
  return {
    type: 'lookup',
    id,
    name,
    ...(step.run_when !== undefined && { runWhen: compileRule(step.run_when, names) }),
    request: compileRequest({ endpoint, request, response, requiredFields: [], timeoutMs }, names),
    stopsOnFailure: step.on_failure === 'stop',
    appends: { key: stepKey(id), captures: capturesOf(step) },
  }
}

/** Why a look-up is not made for this lead. */
function skipOf(step: CompiledLookup, { flow, run, now }: Moment): { reason: string; entry: TraceEntry } | undefined {
  if (run.isPing) {
    const reason = 'Not looked up for a ping'
    return { reason, entry: { kind: 'lookup', passed: true, text: reason } }
  }
  const scope = scopeOf(flow, run, now)
  const reason = unmet(step, step.runWhen, scope)
  if (!step.runWhen || reason === undefined) return undefined
  return { reason, entry: ruleEntry('lookup', false, `Not looked up: ${reason}`, step.runWhen, scope) }
}

function append(run: Run, { key }: CompiledLookup['appends'], values: Record<string, unknown>): void {
  run.appended = { ...run.appended, [key]: values }
}

/** Opens a look-up, which leaves the house like an attempt, or notes why there is none. */
export function decideLookup(step: CompiledLookup, moment: Moment): Decided {
  const { flow, run, now, eventId } = moment
  const { id: stepId, name } = step
  const skip = skipOf(step, moment)
  if (skip) {
    const { reason, entry } = skip
    const times = { startedAt: now, endedAt: now }
    run.results.push({ type: 'lookup', stepId, name, outcome: 'skipped', reason, ...times, trace: [entry] })
    append(run, step.appends, { outcome: 'skipped', reason })
    return goesOn
  }
  const { runWhen } = step
  const trace = runWhen
    ? [ruleEntry('lookup', true, `Looked up, as this is so: ${runWhen.words}`, runWhen, scopeOf(flow, run, now))]
    : []
  run.awaiting = { type: 'lookup', stepId, eventId, startedAt: now, trace }
  return { next: 'effect', effect: { kind: 'attempt', stepId, eventId } }
}

const outcomes: Record<Verdict['outcome'], LookupOutcome> = {
  accepted: 'success',
  rejected: 'failure',
  error: 'error',
  // Nothing is sold by a look-up, so an answer that never came is an error and no more.
  unknown: 'error',
}
const outcomeWords: Record<LookupOutcome, string> = {
  success: 'answered',
  failure: 'has no answer for this lead',
  error: 'could not be asked',
  skipped: 'was not asked',
}

const shown = (value: unknown) => {
  const text = textOf(value)
  return text.length > 100 ? `${text.slice(0, 99)}…` : text
}

/** Captures that came with the answer, by their names. */
function capturedBy({ captures }: CompiledLookup['appends'], verdict: Verdict): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const name of captures) {
    const value = verdict.captured && Object.hasOwn(verdict.captured, name) ? verdict.captured[name] : undefined
    if (value !== undefined) values[name] = value
  }
  return values
}

function traceOf(name: string, outcome: LookupOutcome, reason: string | undefined, isLost: boolean): TraceEntry {
  const words = `${name} ${outcomeWords[outcome]}`
  return {
    kind: isLost ? 'recovery' : 'lookup',
    passed: outcome === 'success',
    text: reason === undefined ? words : `${words}: ${reason}`,
  }
}

/** The words of an answer speak of a buyer, which this is not. */
const ownWords = (reason: string | undefined) => reason?.replace(/^The buyer /, 'The service ')

/** A lead that a buyer has, or may have, ends as the buyers say; every other for the look-up's reason. */
function stopFor(flow: Moment['flow'], run: Run, outcome: 'failure' | 'error', reason: string): Ending {
  const isSold = run.results.some((result) => result.outcome === 'accepted' || result.outcome === 'unknown')
  return isSold ? endingOf(flow.document.succeed_when, run.results) : { outcome, status: 'final', reason }
}

/** Writes down what came of a look-up, leaves its values to later steps, and goes on or stops. */
export function concludeLookup(step: CompiledLookup, awaiting: Awaiting, { flow, run, ...told }: Concluded): Decided {
  const { verdict, now, isLost } = told
  const { id: stepId, name } = step
  const outcome = outcomes[verdict.outcome]
  const reason = ownWords(verdict.reason)
  const captured = capturedBy(step.appends, verdict)
  const found = Object.entries(captured).map(([key, value]) => `${key} “${shown(value)}”`)
  const result: StepResult = {
    type: 'lookup',
    stepId,
    name,
    eventId: awaiting.eventId,
    outcome,
    ...(reason !== undefined && { reason }),
    verdict,
    startedAt: awaiting.startedAt,
    endedAt: now,
    trace: [
      ...awaiting.trace,
      traceOf(name, outcome, reason, isLost),
      ...(found.length > 0 ? [{ kind: 'lookup', passed: true, text: `Appended ${found.join(', ')}` } as const] : []),
    ],
  }
  run.results.push(result)
  append(run, step.appends, { ...captured, outcome, ...(reason !== undefined && { reason }) })
  if (!step.stopsOnFailure || outcome === 'success' || outcome === 'skipped') return goesOn
  return { next: 'end', ending: stopFor(flow, run, outcome, reason ?? `${name} failed`) }
}
