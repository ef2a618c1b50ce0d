'use client'

import { Plus } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { type Choice, PickList } from '@/components/flow/pick-list'
import { Button } from '@/components/ui/button'
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover'
import { Field } from '@/lib/engine/schema'
import type { FieldView } from '@/lib/fields/schema'
import { useEditor } from '../editor-context'
import { useFields } from './use-fields'

const ownName = (typed: string) =>
  typed
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9_.]+/g, '_')
    .replaceAll(/^[^a-z]+|[_.]+$/g, '')
const isName = (name: string) => Field.shape.name.safeParse(name).success

/** Adds fields to the flow: the account's own, the standard ones by name, label or alias, or one that is typed. */
export function AddField() {
  const { document, change } = useEditor()
  const [isOpen, setOpen] = useState(false)
  const { fields, problem } = useFields(isOpen)
  const taken = new Set(document.fields.map(({ name }) => name))
  const add = (field: Pick<FieldView, 'name' | 'type'> & { label?: string }) =>
    change((now) =>
      now.fields.some(({ name }) => name === field.name) ? now : { ...now, fields: [...now.fields, field] },
    )
  const pick = (name: string) => {
    const found = fields?.find((field) => field.name === name)
    if (found) add({ name, type: found.type, ...(found.custom && { label: found.label }) })
  }
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button>
          <Plus />
          Add field
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" className="w-96 p-0" aria-label="Add a field">
        <PickList
          label="Fields"
          placeholder="Search fields, or type a name of your own"
          choices={(fields ?? []).map((field) => choiceOf(field, taken))}
          isLoading={!fields && !problem}
          onPick={pick}
          custom={{
            label: (typed) => `Add your own field “${ownName(typed)}”`,
            allows: (typed) =>
              isName(ownName(typed)) &&
              !taken.has(ownName(typed)) &&
              !fields?.some(({ name, aliases }) => name === ownName(typed) || aliases.includes(ownName(typed))),
            onPick: (typed) => {
              const label = typed.trim().slice(0, 100)
              add({ name: ownName(typed), type: 'string', ...(label !== ownName(typed) && { label }) })
              setOpen(false)
            },
          }}
        />
        <p className="border-t px-3 py-2 text-tertiary text-xs">
          {problem ?? (
            <>
              Fields that all flows share are made in{' '}
              <Link href="/seller/settings/fields" className="text-accent-text underline underline-offset-2">
                Settings › Fields
              </Link>
              .
            </>
          )}
        </p>
      </PopoverContent>
    </Popover>
  )
}

function choiceOf({ name, label, group, aliases, example }: FieldView, taken: ReadonlySet<string>): Choice {
  return {
    value: name,
    label,
    hint: name,
    group,
    isTaken: taken.has(name),
    ...(aliases.length > 0 && { others: aliases }),
    ...(example !== undefined && { example: `for example ${example}` }),
  }
}
