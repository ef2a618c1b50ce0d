'use client'

import { Plus, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Problem } from '@/lib/engine/types'
import { ProblemNotes, problemsAt } from '../flow/problem-notes'
import { useRows } from '../flow/use-rows'
import { SortableRow, SortableRows } from '../request/sortable-rows'
import { Button } from '../ui/button'
import { cn } from '../ui/cn'
import { Input } from '../ui/input'
import { NativeSelect } from '../ui/native-select'
import { type Condition, checkCodes, codesOf, outcomeWords, type TestKind, testWords, typedValue } from './answer-words'
import type { Side } from './path-fields'

type Row = { codes: string; path: string; test: TestKind; value: string; outcome: Condition['outcome']; reason: string }

function rowOf({ codes, path = '', equals, contains, matches, outcome, reason = '' }: Condition): Row {
  const row = { codes: codes?.join(', ') ?? '', path, outcome, reason }
  if (equals !== undefined) return { ...row, test: 'equals', value: String(equals) }
  if (contains !== undefined) return { ...row, test: 'contains', value: contains }
  if (matches !== undefined) return { ...row, test: 'matches', value: matches }
  return { ...row, test: path === '' ? 'any' : 'is there', value: '' }
}

const areCodes = (text: string) => checkCodes(true)(text) === undefined

function conditionOf({ codes, path, test, value, outcome, reason }: Row): Condition {
  const at = path.trim()
  return {
    ...(codes.trim() !== '' && areCodes(codes) && { codes: codesOf(codes) }),
    ...(at !== '' && test !== 'any' && { path: at }),
    ...(test === 'equals' && { equals: typedValue(value.trim()) }),
    ...(test === 'contains' && { contains: value }),
    ...(test === 'matches' && { matches: value }),
    outcome,
    ...(reason.trim() !== '' && { reason: reason.trim() }),
  }
}

const fresh: Row = { codes: '', path: '', test: 'contains', value: '', outcome: 'rejected', reason: '' }

type ConditionRowsProps = {
  conditions: readonly Condition[]
  onChange: (conditions: Condition[]) => void
  path: string
  problems: readonly Problem[]
  /** What a path is called here: status, //status, … */
  placeholder: string
  side: Side
  /** Number of the condition that decided about the answer being tried. */
  deciding?: number | undefined
}

/** Conditions in their order: the first that fits decides. */
export function ConditionRows({
  side,
  conditions,
  onChange,
  path,
  problems,
  placeholder,
  deciding,
}: ConditionRowsProps) {
  const list = useRows<Row>(conditions.map(rowOf), (rows) => onChange(rows.map(conditionOf)))
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <SortableRows rows={list.rows} onMove={list.move}>
        {list.rows.map(({ key, ...row }, index) => (
          <SortableRow key={key} id={key} label={`Condition ${index + 1}`} moveLabel={`Move condition ${index + 1}`}>
            {(handle) => (
              <ConditionFields
                handle={handle}
                row={row}
                number={index + 1}
                side={side}
                isDeciding={deciding === index}
                problems={problemsAt(problems, `${path}.${index}`)}
                placeholder={placeholder}
                onChange={(part) => list.change(key, part)}
                onRemove={() => list.remove(key)}
              />
            )}
          </SortableRow>
        ))}
      </SortableRows>
      <Button variant="ghost" size="sm" className="-ml-1 self-start" onClick={() => list.add(fresh)}>
        <Plus className="size-3.5" />
        Add condition
      </Button>
    </div>
  )
}

type FieldsProps = {
  side: Side
  handle: ReactNode
  row: Row
  number: number
  isDeciding: boolean
  problems: readonly Problem[]
  placeholder: string
  onChange: (part: Partial<Row>) => void
  onRemove: () => void
}

function ConditionFields({
  side,
  handle,
  row,
  number,
  isDeciding,
  problems,
  placeholder,
  onChange,
  onRemove,
}: FieldsProps) {
  const hasValue = row.test === 'equals' || row.test === 'contains' || row.test === 'matches'
  const of = (what: string) => `${what} of condition ${number}`
  const isAccepted = row.outcome === 'accepted'
  return (
    <div
      className={cn(
        '@container flex min-w-0 flex-col gap-2 sm:rounded-lg sm:border sm:p-2.5',
        isDeciding && 'border-accent bg-accent-soft/40',
      )}
    >
      <div className="flex items-center gap-1.5">
        {handle}
        <span className="min-w-0 flex-1 font-medium text-sm">
          {number}.{isDeciding && <span className="ml-1.5 font-normal text-accent-text text-xs">decides here</span>}
        </span>
        <Button variant="ghost" size="icon-sm" aria-label={`Remove condition ${number}`} onClick={onRemove}>
          <Trash2 className="size-3.5" />
        </Button>
      </div>
      <div className="grid min-w-0 grid-cols-2 gap-2 @2xl:grid-cols-[8rem_minmax(0,1fr)_11rem_minmax(0,1fr)]">
        <Input
          mono
          aria-label={of('Codes')}
          aria-invalid={!areCodes(row.codes)}
          placeholder="any code"
          value={row.codes}
          onChange={(event) => onChange({ codes: event.target.value })}
        />
        <Input
          mono
          aria-label={of('Path')}
          placeholder={row.test === 'any' ? 'whole answer' : `${placeholder}, or empty`}
          value={row.path}
          maxLength={500}
          disabled={row.test === 'any'}
          onChange={(event) => onChange({ path: event.target.value })}
        />
        <NativeSelect
          aria-label={of('Test')}
          value={row.test}
          onChange={(event) => onChange({ test: event.target.value as TestKind })}
        >
          {Object.entries(testWords).map(([test, words]) => (
            <option key={test} value={test}>
              {words}
            </option>
          ))}
        </NativeSelect>
        {hasValue && (
          <Input
            mono
            aria-label={of('Value')}
            placeholder={row.test === 'matches' ? 'duplicate|already (exists|known)' : 'duplicate'}
            value={row.value}
            maxLength={row.test === 'matches' ? 500 : 200}
            onChange={(event) => onChange({ value: event.target.value })}
          />
        )}
      </div>
      <div className="grid min-w-0 items-center gap-2 @md:grid-cols-[auto_13rem_minmax(0,1fr)]">
        <span aria-hidden className="hidden text-sm text-tertiary @md:inline">
          then
        </span>
        <NativeSelect
          aria-label={of('Outcome')}
          value={row.outcome}
          onChange={(event) => onChange({ outcome: event.target.value as Row['outcome'] })}
        >
          {Object.entries(outcomeWords[side === 'lookup' ? 'lookup' : 'buyer']).map(([outcome, words]) => (
            <option key={outcome} value={outcome}>
              {words}
            </option>
          ))}
        </NativeSelect>
        {!isAccepted && (
          <Input
            aria-label={of('Reason')}
            placeholder={row.outcome === 'duplicate' ? 'Duplicate' : 'reason, or {{reason}} of the answer'}
            value={row.reason}
            maxLength={500}
            onChange={(event) => onChange({ reason: event.target.value })}
          />
        )}
      </div>
      {!areCodes(row.codes) && <p className="text-red text-xs">Give HTTP codes from 100 to 599, with commas.</p>}
      <ProblemNotes problems={problems} />
    </div>
  )
}
