'use client'

import { type RuleOp, type RuleTakes, ruleTable } from '@/lib/engine/schema'
import { Input, type InputProps } from '../ui/input'
import { NativeSelect } from '../ui/native-select'
import { Textarea } from '../ui/textarea'
import { type RowDraft, valuesOf } from './rule-draft'
import { useRuleTools } from './rule-tools'

type RuleValueProps = {
  row: RowDraft
  number: string
  /** The kind of values that the field has. */
  kind: string | undefined
  onChange: (boxes: readonly string[]) => void
}

const amountKinds = new Set(['number', 'currency', 'range'])

/** What the box of a single value looks like for a kind of field. */
function inputFor(kind: string | undefined): InputProps {
  if (kind === 'date' || kind === 'dob') return { type: 'date' }
  if (kind === 'clock') return { type: 'time' }
  if (kind === 'time') return { placeholder: '2026-01-31 17:00' }
  return kind !== undefined && amountKinds.has(kind)
    ? { inputMode: 'decimal', placeholder: '0' }
    : { placeholder: 'Value' }
}

/** A browser's date field shows ISO days only: another way to write one stays text. */
function fitting(props: InputProps, value: string): InputProps {
  if (props.type === 'date' && value !== '' && !/^\d{4}-\d\d-\d\d$/.test(value)) return {}
  return props.type === 'time' && value !== '' && !/^\d\d:\d\d$/.test(value) ? {} : props
}

type BoxProps = { label: string; value: string; onType: (text: string) => void; input?: InputProps }

const Box = ({ label, value, onType, input = {} }: BoxProps) => (
  <Input aria-label={label} {...fitting(input, value)} value={value} onChange={(event) => onType(event.target.value)} />
)

const Between = ({ children }: { children: string }) => (
  <span className="shrink-0 text-sm text-tertiary">{children}</span>
)

function ListBox({ row, number, onChange }: Omit<RuleValueProps, 'kind'>) {
  const { lists, listsHref } = useRuleTools()
  const [chosen = ''] = row.boxes
  const isKnown = lists.some(({ id }) => id === chosen)
  if (lists.length === 0 && chosen === '') {
    return (
      <p className="flex min-h-control items-center text-sm text-tertiary">
        {listsHref ? (
          <a href={listsHref} className="text-accent underline-offset-4 hover:underline">
            Upload a list first
          </a>
        ) : (
          'There is no list yet.'
        )}
      </p>
    )
  }
  return (
    <NativeSelect
      aria-label={`List of condition ${number}`}
      value={chosen}
      onChange={(event) => onChange([event.target.value])}
    >
      {chosen === '' && <option value="">Choose a list</option>}
      {chosen !== '' && !isKnown && <option value={chosen}>A list that is gone</option>}
      {lists.map(({ id, name, size }) => (
        <option key={id} value={id}>
          {name} ({size.toLocaleString('en-US')})
        </option>
      ))}
    </NativeSelect>
  )
}

const placeholders: Partial<Record<RuleTakes, string>> = {
  values: 'CA, TX, NV',
  text: 'Text',
  pattern: '^\\d{5}$',
}

function SingleBox({ row, number, kind, onChange }: RuleValueProps) {
  const { takes } = ruleTable[row.op]
  const placeholder = row.op === 'like' || row.op === 'not_like' ? '*@example.com' : placeholders[takes]
  const [value = ''] = row.boxes
  const count = takes === 'values' ? valuesOf(value).length : 0
  return (
    <div className="relative">
      <Box
        label={`Value of condition ${number}`}
        value={value}
        onType={(text) => onChange([text])}
        input={takes === 'value' ? inputFor(kind) : { ...(placeholder && { placeholder }) }}
      />
      {count > 1 && (
        <span className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2 rounded bg-muted px-1 text-tertiary text-xs tabular-nums">
          {count}
        </span>
      )}
    </div>
  )
}

function PatternsBox({ row, number, onChange }: RuleValueProps) {
  return (
    <Textarea
      aria-label={`Patterns of condition ${number}, one a line`}
      rows={2}
      mono
      value={row.boxes[0] ?? ''}
      placeholder={'^san \nbeach$'}
      onChange={(event) => onChange([event.target.value])}
    />
  )
}

function TwoBoxes({ row, number, kind, onChange }: RuleValueProps) {
  const [first = '', second = ''] = row.boxes
  const isDistance = ruleTable[row.op].takes === 'distance'
  const labels = isDistance ? (['Miles', 'Postal code'] as const) : (['From', 'To'] as const)
  const inputs: [InputProps, InputProps] = isDistance
    ? [{ inputMode: 'decimal', placeholder: '25' }, { placeholder: '78704' }]
    : [inputFor(kind), inputFor(kind)]
  return (
    <div className="flex items-center gap-1.5">
      <div className={isDistance ? 'w-16 shrink-0' : 'min-w-0 flex-1'}>
        <Box
          label={`${labels[0]} of condition ${number}`}
          value={first}
          onType={(text) => onChange([text, second])}
          input={inputs[0]}
        />
      </div>
      <Between>{isDistance ? 'miles of' : 'and'}</Between>
      <div className="min-w-0 flex-1">
        <Box
          label={`${labels[1]} of condition ${number}`}
          value={second}
          onType={(text) => onChange([first, text])}
          input={inputs[1]}
        />
      </div>
    </div>
  )
}

function DaysBox({ row, number, onChange }: RuleValueProps) {
  return (
    <div className="flex items-center gap-1.5">
      <Box
        label={`Days of condition ${number}`}
        value={row.boxes[0] ?? ''}
        onType={(text) => onChange([text])}
        input={{ inputMode: 'numeric', placeholder: '30' }}
      />
      <Between>days</Between>
    </div>
  )
}

const editors: Partial<Record<RuleTakes, (props: RuleValueProps) => React.ReactNode>> = {
  list: ListBox,
  patterns: PatternsBox,
  bounds: TwoBoxes,
  distance: TwoBoxes,
  days: DaysBox,
}

/** The boxes for what a condition compares with, fit for its operator. */
export function RuleValue(props: RuleValueProps) {
  const Editor = editors[ruleTable[props.row.op].takes] ?? SingleBox
  return <Editor {...props} />
}

/** Whether an operator needs any. */
export const needsValue = (op: RuleOp): boolean => ruleTable[op].takes !== 'nothing'
