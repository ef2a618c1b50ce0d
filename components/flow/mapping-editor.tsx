'use client'

import { ArrowLeft, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { type MappingParts, type Mappings, mappingParts } from '@/lib/engine/schema'
import type { MappedValue, Problem } from '@/lib/engine/types'
import { DetailsButton, hasExtras, MappedNote, MappingDetails, type MappingExtras } from '../request/mapping-details'
import { SortableRow, SortableRows } from '../request/sortable-rows'
import { TemplateInput } from '../request/template-input'
import { Button } from '../ui/button'
import { Input } from '../ui/input'
import { ProblemNotes, problemsAt } from './problem-notes'
import { type Keyed, useRows } from './use-rows'
import type { VariableChoice } from './variable-picker'

type Template = MappingParts['value']
type Row = { target: string; template: string; extras: MappingExtras }

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
      .map(({ target, template, extras }) => [
        target.trim(),
        hasExtras(extras) ? { value: templateOf(template), ...extras } : templateOf(template),
      ]),
  )

const rowsOf = (mappings: Mappings): Row[] =>
  Object.entries(mappings).map(([target, mapping]) => {
    const { value, ...extras } = mappingParts(mapping)
    return { target, template: textOf(value), extras }
  })

const blankRow: Row = { target: '', template: '', extras: {} }

type MappingEditorProps = {
  mappings: Mappings
  onChange: (mappings: Mappings) => void
  variables: readonly VariableChoice[]
  /** Where the mappings stand in the document, for their problems. */
  path: string
  problems?: readonly Problem[]
  /** Fields that can be added with their own names at once. */
  fields?: readonly string[]
  /** What becomes of each on the sample lead, by its name. */
  values?: Readonly<Record<string, MappedValue>>
  /** What a name is in the format, and how one looks. */
  place?: { title: string; example: string }
  addWords?: string
}

/** What goes into the request: the buyer's name for each value, and where the value comes from. */
export function MappingEditor({
  mappings,
  onChange,
  variables,
  path,
  problems = [],
  fields = [],
  values = {},
  place = { title: 'Buyer’s field', example: 'email' },
  addWords = 'Add mapping',
}: MappingEditorProps) {
  const list = useRows<Row>(rowsOf(mappings), (rows) => onChange(mappingsOf(rows)))
  const named = new Set(list.rows.map(({ target }) => target.trim()))
  const read = list.rows.map(({ template }) => template).join(' ')
  const missing = fields.filter((name) => !named.has(name) && !read.includes(`lead.${name}`))
  const addFields = () =>
    list.add(
      ...(read.includes('event_id') || named.has('event_id')
        ? []
        : [{ ...blankRow, target: 'event_id', template: '{{event_id}}' }]),
      ...missing.map((name) => ({ ...blankRow, target: name, template: `{{lead.${name}}}` })),
    )
  return (
    <div className="@container flex flex-col gap-1.5">
      {list.rows.length > 0 && (
        <div aria-hidden className="hidden gap-1.5 text-tertiary text-xs @md:flex">
          <span className="w-5" />
          <span className="flex-1 basis-0">{place.title}</span>
          <span className="w-4" />
          <span className="flex-[1.3] basis-0">Value</span>
          <span className="w-16" />
        </div>
      )}
      <SortableRows rows={list.rows} onMove={list.move}>
        {list.rows.map((row, index) => (
          <MappingRow
            key={row.key}
            row={row}
            number={index + 1}
            isTwice={
              row.target.trim() !== '' &&
              list.rows.slice(0, index).some(({ target }) => target.trim() === row.target.trim())
            }
            variables={variables}
            example={place.example}
            value={values[row.target.trim()]}
            problems={problemsAt(problems, `${path}.${row.target.trim()}`)}
            onChange={(change) => list.change(row.key, change)}
            onRemove={() => list.remove(row.key)}
          />
        ))}
      </SortableRows>
      <div className="-ml-1 flex flex-wrap gap-1">
        <Button variant="ghost" size="sm" onClick={() => list.add(blankRow)}>
          <Plus className="size-3.5" />
          {addWords}
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
  row: Keyed<Row>
  number: number
  isTwice: boolean
  variables: readonly VariableChoice[]
  example: string
  value: MappedValue | undefined
  problems: readonly Problem[]
  onChange: (change: Partial<Row>) => void
  onRemove: () => void
}

function MappingRow({
  row,
  number,
  isTwice,
  variables,
  example,
  value,
  problems,
  onChange,
  onRemove,
}: MappingRowProps) {
  const [isOpen, setOpen] = useState(false)
  const { target, template, extras } = row
  const name = target || `mapping ${number}`
  return (
    <SortableRow id={row.key} label={`Mapping ${number}`} moveLabel={`Move ${name}`}>
      {(handle) => (
        <>
          <div className="flex flex-wrap items-center gap-1.5 @md:flex-nowrap">
            {handle}
            <span className="min-w-0 flex-1 basis-0 max-sm:basis-[calc(100%-8rem)]">
              <Input
                mono
                aria-label={`Buyer’s field ${number}`}
                aria-invalid={isTwice}
                placeholder={example}
                value={target}
                maxLength={200}
                onChange={(event) => onChange({ target: event.target.value })}
              />
            </span>
            <ArrowLeft aria-hidden className="size-4 shrink-0 text-tertiary max-sm:hidden" />
            <span className="min-w-0 flex-[1.3] basis-0 max-sm:order-3 max-sm:basis-[calc(100%-2rem)]">
              <TemplateInput
                aria-label={`Value of ${name}`}
                aria-invalid={problems.some(({ severity }) => severity === 'error')}
                placeholder="{{lead.email}}"
                value={template}
                variables={variables}
                pickerLabel={`Insert a variable into mapping ${number}`}
                onChange={(text, picked) =>
                  onChange({
                    template: text,
                    ...(picked && target === '' && { target: picked.replace(/^lead\./, '') }),
                  })
                }
              />
            </span>
            <span className="flex max-sm:order-1">
              <DetailsButton name={name} extras={extras} isOpen={isOpen} onToggle={() => setOpen(!isOpen)} />
              <Button
                variant="ghost"
                size="icon"
                aria-label={`Remove mapping of ${target || number}`}
                onClick={onRemove}
              >
                <Trash2 className="size-3.5" />
              </Button>
            </span>
          </div>
          <MappedNote extras={extras} value={value} isOpen={isOpen} />
          {isOpen && (
            <MappingDetails
              name={name}
              extras={extras}
              variables={variables}
              problems={problems}
              onChange={(next) => onChange({ extras: next })}
            />
          )}
          {isTwice && (
            <p className="text-red text-xs">This field is mapped above already; only the last one is sent.</p>
          )}
          <ProblemNotes problems={problems} />
        </>
      )}
    </SortableRow>
  )
}
