'use client'

import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Transform } from '@/lib/engine/schema'
import { PickList } from '../flow/pick-list'
import { useRows } from '../flow/use-rows'
import { Button } from '../ui/button'
import { Checkbox } from '../ui/checkbox'
import { cn } from '../ui/cn'
import { Input } from '../ui/input'
import { NativeSelect } from '../ui/native-select'
import { Popover, PopoverContent, PopoverTrigger } from '../ui/popover'
import { type TransformField, type TransformType, transformKinds } from './transform-kinds'

type TransformListProps = { transforms: readonly Transform[]; onChange: (transforms: Transform[]) => void }
type Draft = Record<string, unknown> & { type: TransformType }

const choices = Object.entries(transformKinds).map(([value, { label, group }]) => ({ value, label, group }))

/** What is whole of the drafts; half-written ones stay in the form. */
const wholeOf = (drafts: readonly Draft[]): Transform[] =>
  drafts.flatMap((draft) => {
    const parsed = Transform.safeParse(draft)
    return parsed.success ? [parsed.data] : []
  })

/** The changes of one value, in their order. */
export function TransformList({ transforms, onChange }: TransformListProps) {
  const list = useRows<{ draft: Draft }>(
    transforms.map((draft) => ({ draft })),
    (rows) => onChange(wholeOf(rows.map(({ draft }) => draft))),
  )
  const move = (index: number, by: number) => {
    const [moved, other] = [list.rows[index], list.rows[index + by]]
    if (moved && other) list.move(moved.key, other.key)
  }
  return (
    <div className="flex flex-col gap-2">
      {list.rows.length > 0 && (
        <ol aria-label="Changes" className="flex flex-col gap-2">
          {list.rows.map(({ key, draft }, index) => (
            <TransformRow
              key={key}
              draft={draft}
              number={index + 1}
              isFirst={index === 0}
              isLast={index === list.rows.length - 1}
              onChange={(next) => list.change(key, { draft: next })}
              onMove={(by) => move(index, by)}
              onRemove={() => list.remove(key)}
            />
          ))}
        </ol>
      )}
      <AddTransform onAdd={(type) => list.add({ draft: transformKinds[type].fresh as Draft })} />
    </div>
  )
}

function AddTransform({ onAdd }: { onAdd: (type: TransformType) => void }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button size="sm" className="self-start">
          <Plus className="size-3.5" />
          Add a change
        </Button>
      </PopoverTrigger>
      <PopoverContent className="p-0" aria-label="Add a change">
        <PickList
          label="Change"
          choices={choices}
          placeholder="Search changes"
          onPick={(type) => {
            setOpen(false)
            onAdd(type as TransformType)
          }}
        />
      </PopoverContent>
    </Popover>
  )
}

type TransformRowProps = {
  draft: Draft
  number: number
  isFirst: boolean
  isLast: boolean
  onChange: (draft: Draft) => void
  onMove: (by: number) => void
  onRemove: () => void
}

function TransformRow({ draft, number, isFirst, isLast, onChange, onMove, onRemove }: TransformRowProps) {
  const { label, fields } = transformKinds[draft.type]
  const problem = Transform.safeParse(draft).error?.issues[0]?.message
  return (
    <li className="flex flex-col gap-1.5 rounded-lg border bg-surface p-2">
      <div className="flex items-center gap-1">
        <span className="min-w-0 flex-1 truncate font-medium text-sm">
          {number}. {label}
        </span>
        <IconButton label={`Move ${label} up`} disabled={isFirst} onClick={() => onMove(-1)}>
          <ArrowUp />
        </IconButton>
        <IconButton label={`Move ${label} down`} disabled={isLast} onClick={() => onMove(1)}>
          <ArrowDown />
        </IconButton>
        <IconButton label={`Remove ${label}`} onClick={onRemove}>
          <Trash2 />
        </IconButton>
      </div>
      {fields.length > 0 && (
        <div className="grid grid-cols-2 gap-2 @lg:grid-cols-3">
          {fields.map((field) => (
            <TransformInput
              key={field.key}
              field={field}
              name={`${label}: ${field.label}`}
              value={draft[field.key]}
              onChange={(value) => onChange(withValue(draft, field, value))}
            />
          ))}
        </div>
      )}
      {problem && <p className="text-amber text-xs">{problem} It is not saved yet.</p>}
    </li>
  )
}

function withValue(draft: Draft, { key, optional }: TransformField, value: unknown): Draft {
  if (!optional || (value !== '' && value !== undefined)) return { ...draft, [key]: value }
  const { [key]: _, ...rest } = draft
  return rest as Draft
}

type IconButtonProps = { label: string; disabled?: boolean; onClick: () => void; children: ReactNode }

const IconButton = ({ label, disabled = false, onClick, children }: IconButtonProps) => (
  <Button
    variant="ghost"
    size="icon-sm"
    aria-label={label}
    title={label}
    disabled={disabled}
    onClick={onClick}
    className="[&_svg]:size-3.5"
  >
    {children}
  </Button>
)

type TransformInputProps = { field: TransformField; name: string; value: unknown; onChange: (value: unknown) => void }

const numberOf = (text: string) => (text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text))

function TransformInput({ field, name, value, onChange }: TransformInputProps) {
  const text = value === undefined ? '' : String(value)
  if (field.kind === 'table') return <LookupTable table={value as Record<string, unknown>} onChange={onChange} />
  if (field.kind === 'flag') {
    return (
      // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox inside is the control
      <label className="flex items-center gap-2 self-end pb-1.5 text-sm">
        <Checkbox
          aria-label={name}
          checked={value === true}
          onCheckedChange={(checked) => onChange(checked === true)}
        />
        {field.label}
      </label>
    )
  }
  return (
    <div className={cn('flex min-w-0 flex-col gap-1', field.width === 'wide' && 'col-span-full')}>
      <span aria-hidden className="text-tertiary text-xs">
        {field.label}
      </span>
      {field.kind === 'choice' ? (
        <NativeSelect aria-label={name} value={text} onChange={(event) => onChange(event.target.value)}>
          {field.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </NativeSelect>
      ) : (
        <Input
          mono
          aria-label={name}
          value={text}
          {...(field.kind === 'number' ? { inputMode: 'numeric' } : { placeholder: field.placeholder })}
          onChange={(event) => onChange(field.kind === 'number' ? numberOf(event.target.value) : event.target.value)}
        />
      )}
    </div>
  )
}

type Pair = { from: string; to: string }

/** What becomes of which value. */
function LookupTable({ table, onChange }: { table: Record<string, unknown>; onChange: (table: unknown) => void }) {
  const list = useRows<Pair>(
    Object.entries(table).map(([from, to]) => ({ from, to: String(to) })),
    (rows) => onChange(Object.fromEntries(rows.filter(({ from }) => from !== '').map(({ from, to }) => [from, to]))),
  )
  return (
    <fieldset aria-label="Table" className="col-span-full flex flex-col gap-1">
      {list.rows.map(({ key, from, to }, index) => (
        <div key={key} className="flex items-center gap-1.5">
          <Input
            mono
            aria-label={`Value ${index + 1}`}
            placeholder="own"
            value={from}
            onChange={(event) => list.change(key, { from: event.target.value })}
          />
          <span aria-hidden className="text-tertiary">
            →
          </span>
          <Input
            mono
            aria-label={`Becomes ${index + 1}`}
            placeholder="H"
            value={to}
            onChange={(event) => list.change(key, { to: event.target.value })}
          />
          <IconButton label={`Remove line ${index + 1}`} onClick={() => list.remove(key)}>
            <Trash2 />
          </IconButton>
        </div>
      ))}
      <Button variant="ghost" size="sm" className="-ml-1 self-start" onClick={() => list.add({ from: '', to: '' })}>
        <Plus className="size-3.5" />
        Add a line
      </Button>
    </fieldset>
  )
}
