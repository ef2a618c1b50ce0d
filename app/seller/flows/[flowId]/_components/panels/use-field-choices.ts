'use client'

import type { FieldChoice } from '@/components/flow/setting-rows'
import { useEditor } from '../editor-context'

/** The flow's fields by name and label, without those that are kept sealed: no step sets or compares them. */
export function useFieldChoices(): FieldChoice[] {
  const { document, view } = useEditor()
  const labelOf = (name: string) => view.variables.find(({ path }) => path === `lead.${name}`)?.label ?? name
  return document.fields
    .filter(({ type }) => type !== 'ssn' && type !== 'credential' && type !== 'credit_card')
    .map(({ name, label }) => ({ name, label: label ?? labelOf(name) }))
}
