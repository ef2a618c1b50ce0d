import { dayMs } from '../../time'
import { isoTime } from '../fields/calendar'
import { leadKeyOf } from '../fields/index'
import { stepKey } from '../names/appended'
import type { Names } from '../names/references'
import type { DuplicateCheckStep } from '../schema'
import { compileTemplate } from '../templates/index'
import type { Awaiting, Finding, Question, Run } from '../types'
import { concludeCheck, nothingToCheck } from './check-result'
import { comparedField, listed } from './compared-fields'
import type { CompiledDuplicateCheck } from './compiled'
import type { Decided, Moment } from './moment'

export const compileDuplicateCheck = (step: DuplicateCheckStep, names: Names): CompiledDuplicateCheck => ({
  type: 'duplicate_check',
  id: step.id,
  name: step.name,
  compared: step.fields.map((name) => comparedField(name, names)),
  match: step.match,
  scope: step.scope,
  against: step.against,
  windowMs: step.window_days * dayMs,
  stops: step.on_match === 'stop',
  outcome: step.outcome,
  reason: compileTemplate(step.reason, names),
  appendsTo: stepKey(step.id),
})

type DuplicateQuestion = Extract<Question, { kind: 'duplicate' }>

/** What of a lead is compared with earlier ones; blank and unreadable values make nobody a duplicate. */
export function duplicateQuestion(step: CompiledDuplicateCheck, run: Run): DuplicateQuestion {
  const keys = step.compared.flatMap(({ field, label, refused }) => {
    const key = refused === undefined ? leadKeyOf(field, run.lead[field]) : undefined
    return key && key.value !== '' ? [{ field, label, key: key.kind, value: key.value }] : []
  })
  const { match, scope, against, windowMs } = step
  return { kind: 'duplicate', keys, match, scope, against, windowMs }
}

/** Asks for earlier leads, unless there is nothing to compare. */
export function decideDuplicateCheck(step: CompiledDuplicateCheck, moment: Moment): Decided {
  const { run, now, eventId } = moment
  const { keys } = duplicateQuestion(step, run)
  const lacking = step.compared
    .filter(({ field }) => !keys.some((key) => key.field === field))
    .map(({ label }) => label)
  if (keys.length === 0 || (step.match === 'all' && lacking.length > 0)) {
    return nothingToCheck(
      step,
      moment,
      `Not compared: ${listed(lacking)} ${lacking.length === 1 ? 'is' : 'are'} blank or not valid`,
    )
  }
  run.awaiting = { type: 'duplicate_check', stepId: step.id, eventId, startedAt: now, trace: [] }
  return { next: 'effect', effect: { kind: 'check', stepId: step.id, eventId } }
}

const scopeWords = { flow: 'of this flow', source: 'of this source', account: 'of the account' } as const
const daysOf = (windowMs: number) => Math.round(windowMs / dayMs)
const windowWords = (windowMs: number) => {
  if (windowMs === 0) return ''
  return daysOf(windowMs) === 1 ? ' in the last day' : ` in the last ${daysOf(windowMs)} days`
}

function foundWords(step: CompiledDuplicateCheck, finding: Extract<Finding, { kind: 'found' }>): string {
  const labels = step.compared.filter(({ field }) => finding.fields.includes(field)).map(({ label }) => label)
  const same = labels.length > 0 ? `the same ${listed(labels)}` : 'the same person'
  const how = finding.inProgress
    ? ', which is still on its way'
    : step.against === 'accepted'
      ? ', which was accepted'
      : ''
  return `Came before with ${same}: lead ${finding.leadId ?? ''}${how}`
}

/** Notes what the log says, and ends the lead or marks it. */
export const concludeDuplicateCheck = (
  step: CompiledDuplicateCheck,
  awaiting: Awaiting,
  moment: Moment,
  finding: Finding,
): Decided =>
  concludeCheck(step, awaiting, moment, finding, (told) => {
    if (told.kind === 'found') {
      const { leadId, at } = told
      const appended = { found: true, ...(leadId && { lead_id: leadId }), ...(at !== undefined && { at: isoTime(at) }) }
      return { found: true, text: foundWords(step, told), appended }
    }
    const word = step.match === 'all' ? 'and' : 'or'
    const labels = listed(
      step.compared.map(({ label }) => label),
      word,
    )
    const which = step.against === 'accepted' ? 'No accepted lead' : 'No earlier lead'
    const text = `${which} ${scopeWords[step.scope]} has the same ${labels}${windowWords(step.windowMs)}`
    return { found: false, text, appended: { found: false } }
  })
