import type { Names } from '../names/references'
import type { Step } from '../schema'
import type { Awaiting, Finding, FlowInput, Question, Run, Verdict } from '../types'
import { compileTargeted } from './compile-buyer'
import type { CompiledFlow, CompiledStep } from './compiled'
import { compileDistribution } from './distribution-step'
import {
  compileDuplicateCheck,
  concludeDuplicateCheck,
  decideDuplicateCheck,
  duplicateQuestion,
} from './duplicate-step'
import { compileFilter, decideFilter } from './filter-step'
import { compileLookup, decideLookup } from './lookup-step'
import { compileMapping, decideMapping } from './mapping-step'
import { type Decided, goesOn, type Moment } from './moment'
import { sell } from './sell'
import { compileSuppression, concludeSuppression, decideSuppression, suppressionQuestion } from './suppression-step'

/** Makes a step of any kind ready for leads. */
export function compileStep(step: Step, input: FlowInput, names: Names): CompiledStep {
  switch (step.type) {
    case 'buyer':
      return compileTargeted(step, names, input)
    case 'distribution':
      return compileDistribution(step, names, input)
    case 'filter':
      return compileFilter(step, names)
    case 'mapping':
      return compileMapping(step, names)
    case 'lookup':
      return compileLookup(step, names)
    case 'duplicate_check':
      return compileDuplicateCheck(step, names)
    case 'suppression':
      return compileSuppression(step, names)
  }
}

/** Lets a step of any kind decide about the lead; notes its result in the run, unless it waits for an effect. */
export function decideStep(step: CompiledStep, moment: Moment): Decided {
  switch (step.type) {
    case 'buyer':
    case 'distribution':
      return sell(step, moment)
    case 'filter':
      return decideFilter(step, moment)
    case 'mapping':
      return decideMapping(step, moment)
    case 'lookup':
      return decideLookup(step, moment)
    case 'duplicate_check':
      return decideDuplicateCheck(step, moment)
    case 'suppression':
      return decideSuppression(step, moment)
  }
}

/** True for steps that ask the account's own data. */
export const asks = ({ type }: CompiledStep): boolean => type === 'duplicate_check' || type === 'suppression'

/** The verdict on an attempt whose process died. Undefined for a question to our own data: it is asked again. */
export function lostVerdict(flow: CompiledFlow, stepId: string): { verdict: Verdict; isLost: boolean } | undefined {
  const step = flow.steps[flow.indexOfStep.get(stepId) ?? -1]
  if (step && asks(step)) return undefined
  if (step?.type === 'lookup') {
    return { verdict: { outcome: 'error', reason: 'Interrupted before the answer was kept' }, isLost: true }
  }
  return lostDelivery(flow, stepId)
}

/** The verdict on a delivery to a buyer whose process died. */
export function lostDelivery(flow: CompiledFlow, stepId: string): { verdict: Verdict; isLost: boolean } {
  // A mail is written in the commit that settles the run, so nothing can have been lost on the way to it.
  if (flow.buyers.get(stepId)?.mail) return { verdict: { outcome: 'accepted' }, isLost: false }
  return {
    verdict: { outcome: 'unknown', reason: 'Delivery was interrupted before the answer was kept' },
    isLost: true,
  }
}

/** Notes what the account's own data say to a step that asked. */
export function concludeQuestion(step: CompiledStep, awaiting: Awaiting, moment: Moment, finding: Finding): Decided {
  if (step.type === 'duplicate_check') return concludeDuplicateCheck(step, awaiting, moment, finding)
  return step.type === 'suppression' ? concludeSuppression(step, awaiting, moment, finding) : goesOn
}

/** What the step that is waited for wants to know, of the lead as it is now. */
export function questionOf({ steps, indexOfStep }: CompiledFlow, run: Run): Question | undefined {
  const step = steps[indexOfStep.get(run.awaiting?.stepId ?? '') ?? -1]
  if (step?.type === 'duplicate_check') return duplicateQuestion(step, run)
  return step?.type === 'suppression' ? suppressionQuestion(step, run) : undefined
}
