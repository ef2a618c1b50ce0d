'use client'

import { ArrowRight, Plus, Trash2 } from 'lucide-react'
import { useId, useState } from 'react'
import { ProblemNotes, problemsAt } from '@/components/flow/problem-notes'
import { type Keyed, useRows } from '@/components/flow/use-rows'
import type { VariableChoice } from '@/components/flow/variable-picker'
import { DetailsButton, MappedNote, MappingDetails } from '@/components/request/mapping-details'
import { TemplateInput } from '@/components/request/template-input'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { cn } from '@/components/ui/cn'
import { Input } from '@/components/ui/input'
import type { MappedValue, Problem } from '@/lib/engine/types'
import { type Mapped, type MappingRow, mappedBy, ownName, repeatedTargets, rowsOf, type Sendable } from './mapping-rows'

type MappingTableProps = {
  mapped: Mapped
  offered: readonly Sendable[]
  /** What a value of one's own may refer to. */
  variables: readonly VariableChoice[]
  problems: readonly Problem[]
  /** Where the mappings stand in the configuration that the problems are of. */
  path?: string
  /** Nothing can be required: a ping is sent with what there is. */
  isPing?: boolean
  /** What becomes of each on the sample lead, by its name. */
  values: Readonly<Record<string, MappedValue>>
  /** What the buyer's name of a field is in the format, and how one looks. */
  place: { title: string; hint: string }
  onChange: (mapped: Mapped, repeated: Set<string>) => void
}

/** Shared fields at the left, the buyer's names at the right. A line without a name is not sent. */
export function MappingTable(props: MappingTableProps) {
  const { mapped, offered, variables, problems, values, place, onChange } = props
  const { path = 'request.mappings', isPing = false } = props
  const list = useRows<MappingRow>(rowsOf(mapped, offered), (rows) => onChange(mappedBy(rows), repeatedTargets(rows)))
  const repeated = repeatedTargets(list.rows)
  const unnamed = list.rows.filter(({ source, target }) => source && target.trim() === '')
  const nameAll = () =>
    list.replace(
      list.rows.map((row) => (row.source && row.target.trim() === '' ? { ...row, target: ownName(row.source) } : row)),
    )
  return (
    <div className="flex flex-col">
      <div aria-hidden className={cn('hidden gap-3 border-b pb-1.5 text-tertiary text-xs sm:grid', columns(isPing))}>
        <span>From the lead</span>
        <span />
        <span>Your {place.title.toLowerCase()}</span>
        {!isPing && <span>Required</span>}
      </div>
      <ul className="divide-y">
        {list.rows.map((row, index) => (
          <Line
            key={row.key}
            row={row}
            number={index + 1}
            isRepeated={repeated.has(row.target.trim())}
            variables={variables}
            value={values[row.target.trim()]}
            isPing={isPing}
            problems={row.target.trim() ? problemsAt(problems, `${path}.${row.target.trim()}`) : []}
            onChange={(change) => list.change(row.key, change)}
            onRemove={() => list.remove(row.key)}
          />
        ))}
      </ul>
      {place.hint && <p className="border-t pt-2 text-pretty text-tertiary text-xs">{place.hint}</p>}
      <div className="-ml-1 flex flex-wrap gap-1 pt-2">
        <Button
          variant="ghost"
          size="sm"
          onClick={() => list.add({ template: '', target: '', required: false, extras: {} })}
        >
          <Plus className="size-3.5" />
          Add a value of your own
        </Button>
        {unnamed.length > 0 && (
          <Button variant="ghost" size="sm" onClick={nameAll}>
            Give the rest their own names ({unnamed.length})
          </Button>
        )}
      </div>
    </div>
  )
}

const columns = (isPing: boolean) =>
  isPing ? 'sm:grid-cols-[1fr_1rem_1fr_4rem]' : 'sm:grid-cols-[1fr_1rem_1fr_5.5rem_4rem]'

type LineProps = {
  isPing: boolean
  row: Keyed<MappingRow>
  number: number
  isRepeated: boolean
  variables: readonly VariableChoice[]
  value: MappedValue | undefined
  problems: readonly Problem[]
  onChange: (change: Partial<MappingRow>) => void
  onRemove: () => void
}

function Line(props: LineProps) {
  const { row, number, isPing, isRepeated, variables, value, problems, onChange, onRemove } = props
  const [isOpen, setOpen] = useState(false)
  const { source, target, extras } = row
  const name = source?.label ?? `value ${number}`
  const isSent = target.trim() !== ''
  return (
    <li className="flex flex-col gap-1 py-2">
      <div className={cn('grid grid-cols-[1fr_auto] items-center gap-x-3 gap-y-1.5', columns(isPing))}>
        {source ? (
          <span className="flex min-w-0 flex-col">
            <span className={isSent ? 'truncate text-base' : 'truncate text-base text-tertiary'}>{source.label}</span>
            <code className="truncate font-mono text-tertiary text-xs">{source.path}</code>
          </span>
        ) : (
          <OwnValue row={row} number={number} variables={variables} onChange={onChange} />
        )}
        <ArrowRight aria-hidden className="size-4 text-tertiary max-sm:hidden" />
        <Input
          mono
          aria-label={`Your field name for ${name}`}
          aria-invalid={isRepeated || problems.some(({ severity }) => severity === 'error')}
          placeholder="not sent"
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          value={target}
          onChange={(event) => onChange(named(event.target.value))}
          className="max-sm:order-3 max-sm:col-span-2"
        />
        <span
          className={cn(
            'items-center justify-between gap-2 max-sm:flex sm:contents',
            source ? 'max-sm:order-2' : 'max-sm:order-4 max-sm:col-span-2',
          )}
        >
          {!isPing && <RequiredBox {...{ row, name, onChange }} />}
          <span className="flex justify-end">
            {isSent && (
              <DetailsButton name={target} extras={extras} isOpen={isOpen} onToggle={() => setOpen(!isOpen)} />
            )}
            {!source && (
              <Button variant="ghost" size="icon" aria-label={`Remove ${target || name}`} onClick={onRemove}>
                <Trash2 className="size-3.5" />
              </Button>
            )}
          </span>
        </span>
      </div>
      {isSent && <LineDetails {...{ row, isOpen, variables, value, problems, onChange }} />}
      {isRepeated && <p className="text-red text-xs">Two lines have this name. Give each its own.</p>}
      <ProblemNotes problems={problems} />
    </li>
  )
}

type RequiredBoxProps = Pick<LineProps, 'row' | 'onChange'> & { name: string }

function RequiredBox({ row: { target, required }, name, onChange }: RequiredBoxProps) {
  const id = useId()
  const isSent = target.trim() !== ''
  return (
    <span className="flex items-center gap-2">
      <Checkbox
        id={id}
        aria-label={`${name} is required`}
        checked={required && isSent}
        disabled={!isSent}
        onCheckedChange={(checked) => onChange({ required: checked === true })}
      />
      <label htmlFor={id} aria-hidden className="text-sm text-tertiary sm:hidden">
        Required
      </label>
    </span>
  )
}

type LineDetailsProps = Pick<LineProps, 'row' | 'variables' | 'value' | 'problems' | 'onChange'> & { isOpen: boolean }

/** What becomes of a value, and what may be said of it. */
function LineDetails({ row: { target, extras }, isOpen, variables, value, problems, onChange }: LineDetailsProps) {
  return (
    <>
      <MappedNote extras={extras} value={value} isOpen={isOpen} />
      {isOpen && (
        <MappingDetails
          name={target}
          extras={extras}
          variables={variables}
          problems={problems}
          onChange={(next) => onChange({ extras: next })}
        />
      )}
    </>
  )
}

/** What is not sent can't be required. */
const named = (target: string): Partial<MappingRow> => ({ target, ...(target.trim() === '' && { required: false }) })

type OwnValueProps = Pick<LineProps, 'row' | 'number' | 'variables' | 'onChange'>

/** Fixed text, or variables in braces, or both. */
function OwnValue({ row, number, variables, onChange }: OwnValueProps) {
  return (
    <TemplateInput
      aria-label={`Value ${number}`}
      placeholder="Fixed text or {{lead.city}}"
      value={String(row.template)}
      variables={variables}
      pickerLabel={`Insert a variable into value ${number}`}
      onChange={(template) => onChange({ template })}
    />
  )
}
