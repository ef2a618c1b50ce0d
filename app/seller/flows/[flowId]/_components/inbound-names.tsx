'use client'

import { ArrowRight, Plus, Trash2 } from 'lucide-react'
import { ProblemNotes } from '@/components/flow/problem-notes'
import { useRows } from '@/components/flow/use-rows'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { NativeSelect } from '@/components/ui/native-select'
import type { Problem } from '@/lib/engine/types'
import { useEditor } from './editor-context'
import { fieldLabel } from './field-label'

type Mapping = { from: string; to: string }

type InboundNamesProps = {
  mappings: readonly Mapping[]
  fields: readonly { name: string; label?: string | undefined }[]
  problems?: readonly Problem[]
  /** Hears only of whole rows. */
  onChange: (mappings: Mapping[]) => void
}

/** The submitted name at the left, the field it means at the right. */
export function InboundNames({ mappings, fields, problems = [], onChange }: InboundNamesProps) {
  const { view } = useEditor()
  const list = useRows<Mapping>(mappings, (rows) =>
    onChange(
      rows.filter(({ from, to }) => from.trim() !== '' && to !== '').map(({ from, to }) => ({ from: from.trim(), to })),
    ),
  )
  return (
    <div className="flex max-w-2xl flex-col gap-1.5">
      {list.rows.map(({ key, from, to }, index) => (
        <fieldset key={key} aria-label={`Name ${index + 1}`} className="flex min-w-0 items-center gap-1.5">
          <Input
            mono
            aria-label={`Submitted name ${index + 1}`}
            placeholder="fname"
            maxLength={200}
            value={from}
            onChange={(event) => list.change(key, { from: event.target.value })}
          />
          <ArrowRight aria-hidden className="size-4 shrink-0 text-tertiary" />
          <NativeSelect
            aria-label={`Field meant by name ${index + 1}`}
            value={to}
            onChange={(event) => list.change(key, { to: event.target.value })}
          >
            <option value="">Choose a field</option>
            {to !== '' && !fields.some(({ name }) => name === to) && <option value={to}>{to}</option>}
            {fields.map((field) => (
              <option key={field.name} value={field.name}>
                {fieldLabel(field, view.variables)}
              </option>
            ))}
          </NativeSelect>
          <Button variant="ghost" size="icon" aria-label={`Remove name ${index + 1}`} onClick={() => list.remove(key)}>
            <Trash2 className="size-3.5" />
          </Button>
        </fieldset>
      ))}
      <ProblemNotes problems={problems} />
      <Button variant="ghost" size="sm" className="-ml-1 self-start" onClick={() => list.add({ from: '', to: '' })}>
        <Plus className="size-3.5" />
        Add name
      </Button>
    </div>
  )
}
