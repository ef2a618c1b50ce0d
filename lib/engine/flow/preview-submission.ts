import { displayValue, explainSubmission, inboundPlan, type ReceivedName, typeOfField } from '../fields/index'
import { labelOf } from '../names/references'
import type { FieldType, FlowDocument, SourceSettings } from '../schema'
import type { FieldValue, Nested } from '../types'

/** One submitted name: the field it goes into, and the value as the flow will see it. */
export type PreviewedName = ReceivedName & {
  label: string
  type: FieldType
  /** As people read it; masked types as stars. */
  value: string
  valid: boolean
}
export type SubmissionPreview = {
  names: PreviewedName[]
  /** Labels of required fields that stay blank, and of strict ones that are not valid: each refuses the lead. */
  refusedFor: string[]
}

const isBlank = (value: FieldValue | undefined) => value === undefined || displayValue(value) === ''

/** What a submission becomes by the names and types of a flow and a source of it. Nothing is kept of it. */
export function previewSubmission(
  document: Pick<FlowDocument, 'fields' | 'mappings' | 'country'>,
  source: Pick<SourceSettings, 'mappings'>,
  submitted: Nested,
  now?: number,
): SubmissionPreview {
  const plan = inboundPlan([document, { mappings: source.mappings }])
  const { names, lead } = explainSubmission(submitted, plan, now)
  const labels = new Map(document.fields.map(({ name, label }) => [name, label]))
  const wordsOf = (name: string) => labels.get(name) ?? labelOf(name)
  const refusedFor = document.fields.flatMap(({ name, required, strict }) => {
    const value = lead[name]
    if (isBlank(value)) return required ? [`${wordsOf(name)} is required`] : []
    return strict && !value?.valid ? [`${wordsOf(name)} is not valid`] : []
  })
  return {
    names: names.map((name) => ({ ...name, label: wordsOf(name.field), ...shown(name.field, lead[name.field]) })),
    refusedFor,
  }
}

function shown(name: string, value: FieldValue | undefined): Pick<PreviewedName, 'type' | 'value' | 'valid'> {
  if (!value) return { type: typeOfField(name) ?? 'string', value: '', valid: false }
  return { type: value.type, value: displayValue(value), valid: value.valid }
}
