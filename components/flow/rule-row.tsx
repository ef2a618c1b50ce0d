'use client'

import { ChevronDown, Trash2 } from 'lucide-react'
import type { RuleOp } from '@/lib/engine/schema'
import { Button } from '../ui/button'
import { cn } from '../ui/cn'
import { fieldLook } from '../ui/field-look'
import { Input } from '../ui/input'
import { NativeSelect } from '../ui/native-select'
import { ops, opsFor, type RuleRow } from './rule-words'
import { type VariableChoice, VariablePicker } from './variable-picker'

type RuleRowFieldsProps = {
  row: RuleRow
  number: number
  variables: readonly VariableChoice[]
  onChange: (change: Partial<RuleRow>) => void
  onRemove: () => void
}

const withoutLead = (path: string) => path.replace(/^lead\./, '')

function placeholderOf(op: RuleOp): string {
  if (op === 'in' || op === 'not_in') return 'CA, TX, NV'
  return op === 'matches' || op === 'not_matches' ? '^\\d{5}$' : 'Value'
}

/** One condition: a field, what is asked of it, and a value. */
export function RuleRowFields({ row, number, variables, onChange, onRemove }: RuleRowFieldsProps) {
  const variable = variables.find(({ path }) => withoutLead(path) === row.field)
  return (
    <fieldset aria-label={`Condition ${number}`} className="@container min-w-0">
      <div className="flex flex-wrap items-center gap-1.5 rounded-lg border bg-surface p-1.5 @md:flex-nowrap @md:border-0 @md:bg-transparent @md:p-0">
        <VariablePicker
          variables={variables}
          label={`Field of condition ${number}`}
          onPick={(path) => onChange({ field: withoutLead(path) })}
        >
          <button
            type="button"
            aria-label={`Field of condition ${number}: ${row.field || 'not chosen'}`}
            className={cn(
              fieldLook,
              'flex h-control basis-[calc(100%-2.5rem)] items-center justify-between gap-1 px-2.5 text-left @md:basis-44',
            )}
          >
            <span className={cn('truncate', !row.field && 'text-tertiary')}>
              {variable?.label ?? (row.field || 'Choose a field')}
            </span>
            <ChevronDown aria-hidden className="size-4 shrink-0 text-tertiary" />
          </button>
        </VariablePicker>
        <NativeSelect
          aria-label={`Comparison of condition ${number}`}
          value={row.op}
          onChange={(event) => onChange({ op: event.target.value as RuleOp })}
          className="min-w-0 flex-1 basis-32 @md:max-w-40"
        >
          {opsFor(variable?.type, row.op).map((op) => (
            <option key={op} value={op}>
              {ops[op].words}
            </option>
          ))}
        </NativeSelect>
        <div className={cn('min-w-0 flex-1 basis-32', !ops[row.op].needsValue && 'hidden @md:block')}>
          {ops[row.op].needsValue && (
            <Input
              aria-label={`Value of condition ${number}`}
              value={row.value}
              placeholder={placeholderOf(row.op)}
              onChange={(event) => onChange({ value: event.target.value })}
            />
          )}
        </div>
        <Button
          variant="ghost"
          size="icon"
          aria-label={`Remove condition ${number}`}
          onClick={onRemove}
          className="-order-none max-sm:ml-auto"
        >
          <Trash2 className="size-3.5" />
        </Button>
      </div>
    </fieldset>
  )
}
