'use client'

import type { FieldChoice } from '@/components/flow/setting-rows'
import { maskedTypes } from '@/lib/engine/schema'
import { useEditor } from '../editor-context'
import { fieldLabel } from '../field-label'

/** The flow's fields by name and label, without those that are kept sealed: no step sets or compares them. */
export function useFieldChoices(): FieldChoice[] {
  const { document, view } = useEditor()
  return document.fields
    .filter(({ type }) => !maskedTypes.has(type) && type !== 'credit_card')
    .map((field) => ({ name: field.name, label: fieldLabel(field, view.variables) }))
}
