'use client'

import { ArrowLeft, Plus, Trash2 } from 'lucide-react'
import { useRef } from 'react'
import { type MappingParts, type Mappings, mappingParts } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { Button } from '../ui/button'
import { Input } from '../ui/input'
import { ProblemNotes, problemsAt } from './problem-notes'
import { useRows } from './use-rows'
import { type VariableChoice, VariablePicker } from './variable-picker'

type Template = MappingParts['value']
type Row = { target: string; template: string; more: Omit<MappingParts, 'value'> }

/** A bare true, false or number is sent as such; in quotes it is text. */
function templateOf(text: string): Template {
  if (text === 'true' || text === 'false') return text === 'true'
  if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text)) return Number(text)
  return /^"(?:true|false|-?\d+(?:\.\d+)?)"$/.test(text) ? text.slice(1, -1) : text
}
function textOf(template: Template): string {
  const text = String(template)
  return typeof template === 'string' && templateOf(text) !== text ? `"${text}"` : text
}

const mappingsOf = (rows: readonly Row[]): Mappings =>
  Object.fromEntries(
    rows
      .filter(({ target }) => target.trim() !== '')
      .map(({ target, template, more }) => [
        target.trim(),
        Object.keys(more).length === 0 ? templateOf(template) : { value: templateOf(template), ...more },
      ]),
  )

const readField = /lead\.([\w.]+)/

/** Rows in the order of the flow's fields, what is no field first: a stored object keeps no order of its own. */
function rowsOf(mappings: Mappings, fields: readonly string[]): Row[] {
  const placeOf = ({ template }: Row) => fields.indexOf(readField.exec(template)?.[1] ?? '')
  return Object.entries(mappings)
    .map(([target, mapping]) => {
      const { value, ...more } = mappingParts(mapping)
      return { target, template: textOf(value), more }
    })
    .sort((a, b) => placeOf(a) - placeOf(b))
}

type MappingEditorProps = {
  mappings: Mappings
  onChange: (mappings: Mappings) => void
  variables: readonly VariableChoice[]
  /** Where the mappings stand in the document, for their problems. */
  path: string
  problems?: readonly Problem[]
  /** Fields that can be added with their own names at once. */
  fields?: readonly string[]
}

/** What goes into the request: the buyer's name for each value, and where the value comes from. */
export function MappingEditor({ mappings, onChange, variables, path, problems = [], fields = [] }: MappingEditorProps) {
  const list = useRows<Row>(rowsOf(mappings, fields), (rows) => onChange(mappingsOf(rows)))
  const named = new Set(list.rows.map(({ target }) => target.trim()))
  const read = list.rows.map(({ template }) => template).join(' ')
  const missing = fields.filter((name) => !named.has(name) && !read.includes(`lead.${name}`))
  const addFields = () =>
    list.add(
      ...(read.includes('event_id') || named.has('event_id')
        ? []
        : [{ target: 'event_id', template: '{{event_id}}', more: {} }]),
      ...missing.map((name) => ({ target: name, template: `{{lead.${name}}}`, more: {} })),
    )
  return (
    <div className="@container flex flex-col gap-1.5">
      {list.rows.length > 0 && (
        <div aria-hidden className="hidden gap-1.5 text-tertiary text-xs @md:flex">
          <span className="flex-1 basis-0">Buyer’s field</span>
          <span className="w-4" />
          <span className="flex-[1.3] basis-0">Value</span>
          <span className="w-8" />
        </div>
      )}
      {list.rows.map((row, index) => (
        <MappingRow
          key={row.key}
          row={row}
          number={index + 1}
          isTwice={
            row.target.trim() !== '' &&
            list.rows.some(({ key, target }) => key < row.key && target.trim() === row.target.trim())
          }
          variables={variables}
          problems={problemsAt(problems, `${path}.${row.target.trim()}`)}
          onChange={(change) => list.change(row.key, change)}
          onRemove={() => list.remove(row.key)}
        />
      ))}
      <div className="-ml-1 flex flex-wrap gap-1">
        <Button variant="ghost" size="sm" onClick={() => list.add({ target: '', template: '', more: {} })}>
          <Plus className="size-3.5" />
          Add mapping
        </Button>
        {missing.length > 0 && (
          <Button variant="ghost" size="sm" onClick={addFields}>
            Map all {missing.length} remaining fields
          </Button>
        )}
      </div>
    </div>
  )
}

type MappingRowProps = {
  row: Row
  number: number
  isTwice: boolean
  variables: readonly VariableChoice[]
  problems: readonly Problem[]
  onChange: (change: Partial<Row>) => void
  onRemove: () => void
}

function MappingRow({ row, number, isTwice, variables, problems, onChange, onRemove }: MappingRowProps) {
  const box = useRef<HTMLInputElement>(null)
  function insert(path: string) {
    const at = box.current?.selectionStart ?? row.template.length
    const reference = `{{${path}}}`
    const change: Partial<Row> = { template: row.template.slice(0, at) + reference + row.template.slice(at) }
    if (row.target === '') change.target = path.replace(/^lead\./, '')
    onChange(change)
  }
  return (
    <fieldset
      aria-label={`Mapping ${number}`}
      className="flex min-w-0 flex-col gap-1 max-sm:rounded-lg max-sm:border max-sm:p-1.5"
    >
      <div className="flex flex-wrap items-center gap-1.5 @md:flex-nowrap">
        <span className="min-w-0 flex-1 basis-0 max-sm:basis-[calc(100%-3rem)]">
          <Input
            mono
            aria-label={`Buyer’s field ${number}`}
            aria-invalid={isTwice}
            placeholder="email"
            value={row.target}
            maxLength={200}
            onChange={(event) => onChange({ target: event.target.value })}
          />
        </span>
        <ArrowLeft aria-hidden className="size-4 shrink-0 text-tertiary max-sm:order-2" />
        <span className="min-w-0 flex-[1.3] basis-0 max-sm:order-3 max-sm:basis-[calc(100%-2rem)]">
          <Input
            mono
            ref={box}
            aria-label={`Value of ${row.target || `mapping ${number}`}`}
            aria-invalid={problems.some(({ severity }) => severity === 'error')}
            placeholder="{{lead.email}}"
            value={row.template}
            maxLength={4000}
            className="pr-9"
            onChange={(event) => onChange({ template: event.target.value })}
            suffix={
              <VariablePicker
                variables={variables}
                onPick={insert}
                label={`Insert a variable into mapping ${number}`}
              />
            }
          />
        </span>
        <Button
          variant="ghost"
          size="icon"
          aria-label={`Remove mapping of ${row.target || number}`}
          onClick={onRemove}
          className="max-sm:order-1"
        >
          <Trash2 className="size-3.5" />
        </Button>
      </div>
      {isTwice && <p className="text-red text-xs">This field is mapped above already; only the last one is sent.</p>}
      <ProblemNotes problems={problems} />
    </fieldset>
  )
}
