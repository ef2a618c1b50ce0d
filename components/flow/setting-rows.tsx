'use client'

import { ArrowLeft, Plus, Trash2 } from 'lucide-react'
import type { Problem } from '@/lib/engine/types'
import { TemplateInput } from '../request/template-input'
import { Button } from '../ui/button'
import { NativeSelect } from '../ui/native-select'
import { ProblemNotes, problemsAt } from './problem-notes'
import { useRows } from './use-rows'
import type { VariableChoice } from './variable-picker'

type Setting = string | number | boolean
type Row = { field: string; value: string }
export type FieldChoice = { name: string; label: string }

type SettingRowsProps = {
  settings: Record<string, Setting>
  onChange: (settings: Record<string, Setting>) => void
  fields: readonly FieldChoice[]
  variables: readonly VariableChoice[]
  /** Where the settings stand in the document, for their problems. */
  path: string
  problems?: readonly Problem[]
}

const settingsOf = (rows: readonly Row[]): Record<string, string> =>
  Object.fromEntries(rows.filter(({ field }) => field !== '').map(({ field, value }) => [field, value]))

/** Fields of the lead and what each is set to, from top to bottom. */
export function SettingRows({ settings, onChange, fields, variables, path, problems = [] }: SettingRowsProps) {
  const list = useRows<Row>(
    Object.entries(settings).map(([field, value]) => ({ field, value: String(value) })),
    (rows) => onChange(settingsOf(rows)),
  )
  return (
    <div className="flex flex-col gap-2">
      {list.rows.map((row, index) => (
        <SettingRow
          key={row.key}
          row={row}
          number={index + 1}
          fields={fields}
          variables={variables}
          problems={row.field === '' ? [] : problemsAt(problems, `${path}.${row.field}`)}
          onChange={(change) => list.change(row.key, change)}
          onRemove={() => list.remove(row.key)}
        />
      ))}
      <Button variant="ghost" size="sm" className="-ml-1 self-start" onClick={() => list.add({ field: '', value: '' })}>
        <Plus className="size-3.5" />
        Set a field
      </Button>
    </div>
  )
}

type SettingRowProps = {
  row: Row
  number: number
  fields: readonly FieldChoice[]
  variables: readonly VariableChoice[]
  problems: readonly Problem[]
  onChange: (change: Partial<Row>) => void
  onRemove: () => void
}

function SettingRow({ row, number, fields, variables, problems, onChange, onRemove }: SettingRowProps) {
  const isKnown = row.field === '' || fields.some(({ name }) => name === row.field)
  return (
    <fieldset aria-label={`Field ${number}`} className="flex min-w-0 flex-col gap-1">
      <div className="flex flex-wrap items-center gap-1.5 sm:flex-nowrap">
        <span className="min-w-0 flex-1 basis-0 max-sm:basis-[calc(100%-3rem)]">
          <NativeSelect
            aria-label={`Field ${number} to set`}
            value={row.field}
            onChange={(event) => onChange({ field: event.target.value })}
          >
            <option value="">Choose a field</option>
            {!isKnown && <option value={row.field}>{row.field}</option>}
            {fields.map(({ name, label }) => (
              <option key={name} value={name}>
                {label}
              </option>
            ))}
          </NativeSelect>
        </span>
        <ArrowLeft aria-hidden className="size-4 shrink-0 text-tertiary max-sm:order-2" />
        <span className="min-w-0 flex-[1.3] basis-0 max-sm:order-3 max-sm:basis-[calc(100%-2rem)]">
          <TemplateInput
            aria-label={`Value of field ${number}`}
            aria-invalid={problems.some(({ severity }) => severity === 'error')}
            placeholder="{{lead.state}}"
            value={row.value}
            variables={variables}
            pickerLabel={`Insert a variable into field ${number}`}
            onChange={(value) => onChange({ value })}
          />
        </span>
        <Button
          variant="ghost"
          size="icon"
          aria-label={`Remove field ${number}`}
          onClick={onRemove}
          className="max-sm:order-1"
        >
          <Trash2 className="size-3.5" />
        </Button>
      </div>
      <ProblemNotes problems={problems} />
    </fieldset>
  )
}
