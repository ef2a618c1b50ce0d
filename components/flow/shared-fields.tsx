'use client'

import { UserRound } from 'lucide-react'
import { useId } from 'react'
import { Button } from '../ui/button'
import { Checkbox } from '../ui/checkbox'

type SharedFieldsProps = {
  title?: string
  /** What is told beside them. */
  note?: string
  nothing?: string
  /** `isNaming`: it says who somebody is. */
  fields: readonly { name: string; label: string; isNaming?: boolean }[]
  shared: readonly string[]
  onChange: (shared: string[]) => void
}

/** Which fields of a lead a buyer gets. */
export function SharedFields({
  title = 'Shared fields',
  note = 'The event ID and the lead ID are always shared. Nothing else leaves your account.',
  nothing = 'The flow has no fields yet. Add them first.',
  fields,
  shared,
  onChange,
}: SharedFieldsProps) {
  const id = useId()
  const chosen = new Set(shared)
  const toggle = (name: string, isOn: boolean) =>
    onChange(isOn ? [...shared, name] : shared.filter((other) => other !== name))
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="sr-only">{title}</legend>
      <div className="flex items-center justify-between gap-3">
        <span className="font-medium text-sm">
          {title}{' '}
          <span className="font-normal text-tertiary">
            {fields.filter(({ name }) => chosen.has(name)).length} of {fields.length}
          </span>
        </span>
        <span className="flex gap-1">
          <Button variant="ghost" size="sm" onClick={() => onChange(fields.map(({ name }) => name))}>
            All
          </Button>
          <Button variant="ghost" size="sm" onClick={() => onChange([])}>
            None
          </Button>
        </span>
      </div>
      <div className="grid max-h-72 gap-x-4 overflow-y-auto rounded-lg border p-1.5 sm:grid-cols-2">
        {fields.map(({ name, label, isNaming }) => (
          <label
            key={name}
            htmlFor={`${id}-${name}`}
            className="flex min-h-8 min-w-0 items-center gap-2.5 rounded-md px-1.5 hover:bg-hover pointer-coarse:min-h-10"
          >
            <Checkbox
              id={`${id}-${name}`}
              checked={chosen.has(name)}
              onCheckedChange={(checked) => toggle(name, checked === true)}
            />
            <span className="min-w-0 truncate">{label}</span>
            {isNaming && <UserRound aria-label="may name a person" className="size-3.5 shrink-0 text-tertiary" />}
            <code className="ml-auto truncate font-mono text-tertiary text-xs">{name}</code>
          </label>
        ))}
        {fields.length === 0 && <p className="px-1.5 py-2 text-sm text-tertiary">{nothing}</p>}
      </div>
      <p className="text-tertiary text-xs">{note}</p>
    </fieldset>
  )
}
