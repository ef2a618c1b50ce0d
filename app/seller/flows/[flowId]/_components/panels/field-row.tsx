'use client'

import { Trash2 } from 'lucide-react'
import { useId } from 'react'
import { typeChoices } from '@/components/flow/field-type-words'
import { ProblemNotes } from '@/components/flow/problem-notes'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { NativeSelect } from '@/components/ui/native-select'
import type { FieldType, FlowDocument } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { useEditor } from '../editor-context'
import { fieldLabel } from '../field-label'

type DraftField = FlowDocument['fields'][number]

type FieldRowProps = {
  field: DraftField
  problems: readonly Problem[]
  onChange: (field: DraftField) => void
  onRemove: () => void
}

/** One field of the flow: its name, its type, whether a lead can do without it, and whether it must be right. */
export function FieldRow({ field, problems, onChange, onRemove }: FieldRowProps) {
  const { view } = useEditor()
  const label = fieldLabel(field, view.variables)
  const set = (flag: 'required' | 'strict', isOn: boolean) => {
    const { [flag]: _, ...rest } = field
    onChange(isOn ? { ...rest, [flag]: true } : rest)
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
        {typeChoices.map(({ value, label: words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </NativeSelect>
      <Flag
        isOn={field.required === true}
        name={`${label} is required`}
        title="A lead without it is refused."
        onChange={(isOn) => set('required', isOn)}
      >
        Required
      </Flag>
      <Flag
        isOn={field.strict === true}
        name={`${label} must be valid`}
        title="A lead whose value is not valid is refused. Without it the value stays as sent, and your rules decide."
        onChange={(isOn) => set('strict', isOn)}
      >
        Must be valid
      </Flag>
      <Button variant="ghost" size="icon-sm" aria-label={`Remove ${label}`} onClick={onRemove}>
        <Trash2 className="size-3.5" />
      </Button>
      <ProblemNotes problems={problems} className="basis-full" />
    </li>
  )
}

type FlagProps = { isOn: boolean; name: string; title: string; onChange: (isOn: boolean) => void; children: string }

function Flag({ isOn, name, title, onChange, children }: FlagProps) {
  const id = useId()
  return (
    <span className="flex items-center gap-2" title={title}>
      <Checkbox id={id} checked={isOn} onCheckedChange={(checked) => onChange(checked === true)} aria-label={name} />
      <label htmlFor={id} className="text-secondary text-sm">
        {children}
      </label>
    </span>
  )
}
