'use client'

import { Trash2 } from 'lucide-react'
import { useId } from 'react'
import { ProblemNotes } from '@/components/flow/problem-notes'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { NativeSelect } from '@/components/ui/native-select'
import { type FieldType, type FlowDocument, fieldTypes } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { useEditor } from '../editor-context'

type DraftField = FlowDocument['fields'][number]

type FieldRowProps = {
  field: DraftField
  problems: readonly Problem[]
  onChange: (field: DraftField) => void
  onRemove: () => void
}

const typeWords: Partial<Record<FieldType, string>> = {
  string: 'text',
  ip: 'IP address',
  url: 'URL',
  dob: 'date of birth',
  ssn: 'social security number',
  trustedform_url: 'TrustedForm URL',
}

/** One field of the flow: its name, its type, and whether a lead can do without it. */
export function FieldRow({ field, problems, onChange, onRemove }: FieldRowProps) {
  const { catalogue } = useEditor()
  const id = useId()
  const label = field.label ?? catalogue.find(({ name }) => name === field.name)?.label ?? field.name
  const setRequired = (isRequired: boolean) => {
    const { required: _, ...rest } = field
    onChange(isRequired ? { ...rest, required: true } : rest)
  }
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5">
      <div className="flex min-w-36 flex-1 flex-col sm:flex-row sm:items-center sm:gap-3">
        <span className="truncate font-medium text-sm sm:w-44 sm:shrink-0">{label}</span>
        <code className="truncate font-mono text-tertiary text-xs">{field.name}</code>
      </div>
      <NativeSelect
        aria-label={`Type of ${label}`}
        value={field.type}
        onChange={(event) => onChange({ ...field, type: event.target.value as FieldType })}
        className="w-40"
      >
        {fieldTypes.map((type) => (
          <option key={type} value={type}>
            {typeWords[type] ?? type.replaceAll('_', ' ')}
          </option>
        ))}
      </NativeSelect>
      <span className="flex w-24 items-center gap-2">
        <Checkbox
          id={id}
          checked={field.required === true}
          onCheckedChange={(checked) => setRequired(checked === true)}
          aria-label={`${label} is required`}
        />
        <label htmlFor={id} className="text-secondary text-sm">
          Required
        </label>
      </span>
      <Button variant="ghost" size="icon-sm" aria-label={`Remove ${label}`} onClick={onRemove}>
        <Trash2 className="size-3.5" />
      </Button>
      <ProblemNotes problems={problems} className="basis-full" />
    </li>
  )
}
