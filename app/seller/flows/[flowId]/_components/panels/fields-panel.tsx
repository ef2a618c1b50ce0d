'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { type Choice, PickList } from '@/components/flow/pick-list'
import { problemsAt } from '@/components/flow/problem-notes'
import { Button } from '@/components/ui/button'
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover'
import { Field, type FieldType, type FlowDocument } from '@/lib/engine/schema'
import { useEditor } from '../editor-context'
import { InboundNames } from '../inbound-names'
import { PanelFrame, PanelPart } from '../panel-frame'
import { FieldRow } from './field-row'

type DraftField = FlowDocument['fields'][number]

export function FieldsPanel() {
  const { document, problems, change, revision } = useEditor()
  const edit = (name: string, next: DraftField | undefined) =>
    change((now) => ({ ...now, fields: now.fields.flatMap((field) => (field.name === name ? (next ?? []) : field)) }))
  return (
    <PanelFrame
      title="Fields"
      description="What a lead of this flow holds. A value of the wrong type never refuses a lead by itself; a required field that is blank does."
      actions={<AddField />}
    >
      <div className="overflow-x-auto rounded-lg border">
        <ul aria-label="Fields" className="divide-y">
          {document.fields.map((field, index) => (
            <FieldRow
              key={field.name}
              field={field}
              problems={problemsAt(problems, `fields.${index}`)}
              onChange={(next) => edit(field.name, next)}
              onRemove={() => edit(field.name, undefined)}
            />
          ))}
          {document.fields.length === 0 && (
            <li className="px-4 py-6 text-center text-tertiary">No fields yet. Add the first.</li>
          )}
        </ul>
      </div>
      <PanelPart
        title="Names that sources use"
        description="Where a source calls a field otherwise. Usual names (zip, phone, …) are known already."
      >
        <InboundNames
          key={revision}
          mappings={document.mappings}
          fields={document.fields}
          problems={problemsAt(problems, 'mappings')}
          onChange={(mappings) => change((now) => ({ ...now, mappings }))}
        />
      </PanelPart>
    </PanelFrame>
  )
}

const ownName = (typed: string) =>
  typed
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9_.]+/g, '_')
    .replaceAll(/^[^a-z]+|[_.]+$/g, '')
const isName = (name: string) => Field.shape.name.safeParse(name).success

function AddField() {
  const { document, catalogue, change } = useEditor()
  const [isOpen, setOpen] = useState(false)
  const taken = new Set(document.fields.map(({ name }) => name))
  const choices: Choice[] = catalogue.map(({ name, label, group }) => ({
    value: name,
    label,
    hint: name,
    group,
    isTaken: taken.has(name),
  }))
  function add(name: string, label?: string) {
    const known = catalogue.find((field) => field.name === name)
    const type = (known?.type ?? 'string') as FieldType
    change((now) =>
      now.fields.some((field) => field.name === name)
        ? now
        : { ...now, fields: [...now.fields, { name, type, ...(label && label !== name && { label }) }] },
    )
  }
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button>
          <Plus />
          Add field
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" className="w-88 p-0" aria-label="Add a field">
        <PickList
          label="Fields"
          placeholder="Search fields, or type a name of your own"
          choices={choices}
          onPick={(name) => add(name)}
          custom={{
            label: (typed) => `Add your own field “${ownName(typed)}”`,
            allows: (typed) =>
              isName(ownName(typed)) &&
              !taken.has(ownName(typed)) &&
              !catalogue.some(({ name }) => name === ownName(typed)),
            onPick: (typed) => {
              add(ownName(typed), typed.trim().slice(0, 100))
              setOpen(false)
            },
          }}
        />
      </PopoverContent>
    </Popover>
  )
}
