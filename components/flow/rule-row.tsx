'use client'

import { ChevronDown, Trash2 } from 'lucide-react'
import { opsFitting, phraseOf, type RuleOp, ruleTable } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { Button } from '../ui/button'
import { cn } from '../ui/cn'
import { fieldLook } from '../ui/field-look'
import { NativeSelect } from '../ui/native-select'
import { ProblemNotes } from './problem-notes'
import { boxCount, boxesUnder, type RowDraft } from './rule-draft'
import { useRuleTools } from './rule-tools'
import { needsValue, RuleValue } from './rule-value'
import { type VariableChoice, VariablePicker } from './variable-picker'

type RuleRowFieldsProps = {
  row: RowDraft
  /** "2", or "2.1" inside the second part. */
  number: string
  variables: readonly VariableChoice[]
  problems: readonly Problem[]
  onChange: (row: RowDraft) => void
  onRemove: () => void
}

const withoutLead = (path: string) => path.replace(/^lead\./, '')

function FieldButton({
  row,
  number,
  variables,
  onPick,
}: Omit<RuleRowFieldsProps, 'onChange' | 'onRemove' | 'problems'> & { onPick: (field: string) => void }) {
  const variable = variables.find(({ path }) => withoutLead(path) === row.field)
  return (
    <VariablePicker
      variables={variables}
      label={`Field of condition ${number}`}
      onPick={(path) => onPick(withoutLead(path))}
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
  )
}

/** The operators that fit a field, and the one in use. */
function choicesFor(fitting: RuleOp[], inUse: RuleOp): RuleOp[] {
  return fitting.includes(inUse) ? fitting : [inUse, ...fitting]
}

/** One condition: a field, what is asked of it, and a value. */
export function RuleRowFields({ row, number, variables, problems, onChange, onRemove }: RuleRowFieldsProps) {
  const variableOf = (field: string) => variables.find(({ path }) => withoutLead(path) === field)
  const { lists, listsHref } = useRuleTools()
  const hasLists = lists.length > 0 || listsHref !== undefined
  const fitting = (field: string) => {
    const variable = variableOf(field)
    const fits = opsFitting(variable?.type, !variable || variableOf(`${field}.valid`) !== undefined)
    return hasLists ? fits : fits.filter((op) => ruleTable[op].takes !== 'list')
  }
  const kind = variableOf(row.field)?.type
  const pick = (field: string) => {
    const fits = fitting(field)
    const op = fits.includes(row.op) ? row.op : (fits[0] ?? 'equals')
    onChange({ ...row, field, op, boxes: boxesUnder(op, row) })
  }
  return (
    <fieldset aria-label={`Condition ${number}`} className="@container min-w-0">
      <div className="flex flex-wrap items-start gap-1.5 rounded-lg border bg-surface p-1.5 @md:flex-nowrap @md:border-0 @md:bg-transparent @md:p-0">
        <FieldButton row={row} number={number} variables={variables} onPick={pick} />
        <NativeSelect
          aria-label={`Comparison of condition ${number}`}
          value={row.op}
          onChange={(event) => {
            const op = event.target.value as RuleOp
            onChange({ ...row, op, boxes: boxesUnder(op, row) })
          }}
          className="min-w-0 flex-1 basis-24 @md:max-w-44 @md:basis-32"
        >
          {choicesFor(fitting(row.field), row.op).map((op) => (
            <option key={op} value={op}>
              {phraseOf(op, kind).is}
            </option>
          ))}
        </NativeSelect>
        <div
          className={cn(
            'min-w-0 flex-1',
            boxCount(row.op) > 1 ? 'basis-[calc(100%-2.5rem)] @md:basis-40' : 'basis-28 @md:basis-40',
            !needsValue(row.op) && 'hidden @md:block',
          )}
        >
          {needsValue(row.op) && (
            <RuleValue row={row} number={number} kind={kind} onChange={(boxes) => onChange({ ...row, boxes })} />
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
      <ProblemNotes problems={problems} className="mt-1 @md:pl-1" />
    </fieldset>
  )
}
