import { comparable } from '../fields/index'
import { stepKey } from '../names/appended'
import type { Names } from '../names/references'
import type { SuppressionStep } from '../schema'
import { compileTemplate } from '../templates/index'
import type { Awaiting, Finding, Question, Run } from '../types'
import { concludeCheck, nothingToCheck } from './check-result'
import { comparedField, filledField, listed } from './compared-fields'
import type { CompiledSuppression } from './compiled'
import type { Decided, Moment } from './moment'

export const compileSuppression = (step: SuppressionStep, names: Names): CompiledSuppression => ({
  type: 'suppression',
  id: step.id,
  name: step.name,
  compared: step.fields.map((name) => comparedField(name, names)),
  listId: step.list_id,
  stops: step.on_match === 'stop',
  outcome: step.outcome,
  reason: compileTemplate(step.reason, names),
  appendsTo: stepKey(step.id),
})

type SuppressionQuestion = Extract<Question, { kind: 'suppression' }>

/** What of a lead is looked for on the list. */
export function suppressionQuestion(step: CompiledSuppression, run: Run): SuppressionQuestion {
  const values = step.compared.flatMap((compared) => {
    const value = compared.refused === undefined ? filledField(run, compared) : undefined
    if (!value) return []
    const { field, label } = compared
    const texts = Array.isArray(value.normal) ? value.normal.map(String) : [comparable(value)]
    return texts.map((text) => ({ field, label, value: text }))
  })
  return { kind: 'suppression', listId: step.listId, values }
}

/** Asks whether the list has the lead, unless there is nothing to look for. */
export function decideSuppression(step: CompiledSuppression, moment: Moment): Decided {
  const { run, now, eventId } = moment
  if (suppressionQuestion(step, run).values.length === 0) {
    const labels = listed(step.compared.map(({ label }) => label))
    return nothingToCheck(step, moment, `Not looked for: ${labels} ${step.compared.length === 1 ? 'is' : 'are'} blank`)
  }
  run.awaiting = { type: 'suppression', stepId: step.id, eventId, startedAt: now, trace: [] }
  return { next: 'effect', effect: { kind: 'check', stepId: step.id, eventId } }
}

/** Notes what the list says, and ends the lead or marks it. The value itself stays out of the words. */
export const concludeSuppression = (
  step: CompiledSuppression,
  awaiting: Awaiting,
  moment: Moment,
  finding: Finding,
): Decided =>
  concludeCheck(step, awaiting, moment, finding, (told) => {
    if (told.kind === 'found') {
      const labels = step.compared.filter(({ field }) => told.fields.includes(field)).map(({ label }) => label)
      const verb = labels.length === 1 ? 'stands' : 'stand'
      return {
        found: true,
        text: `${listed(labels)} ${verb} on the list`,
        appended: { found: true, field: told.fields[0] },
      }
    }
    const labels = listed(
      step.compared.map(({ label }) => label),
      'or',
    )
    return { found: false, text: `The list has no such ${labels}`, appended: { found: false } }
  })
