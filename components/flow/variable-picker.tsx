'use client'

import { Braces } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button } from '../ui/button'
import { Popover, PopoverContent, PopoverTrigger } from '../ui/popover'
import { type Choice, PickList } from './pick-list'

/** What a rule or a template may refer to: `lead.phone_1.area`, `event_id`, … */
export type VariableChoice = { path: string; type: string; label: string; group: string; example?: string }

type VariablePickerProps = {
  variables: readonly VariableChoice[]
  onPick: (path: string) => void
  label?: string
  /** The button that opens it; braces by default. */
  children?: ReactNode
}

export const choicesOf = (variables: readonly VariableChoice[]): Choice[] =>
  variables.map(({ path, label, group, example }) => ({
    value: path,
    label,
    hint: path,
    group,
    ...(example !== undefined && { example: `for example ${example}` }),
  }))

/** Finds a variable by its name or path. */
export function VariablePicker({ variables, onPick, label = 'Insert a variable', children }: VariablePickerProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        {children ?? (
          <Button variant="ghost" size="icon-sm" aria-label={label} title={label} className="size-6">
            <Braces className="size-3.5" />
          </Button>
        )}
      </PopoverTrigger>
      <PopoverContent className="w-80 p-0" align="end" aria-label={label}>
        <PickList
          label={label}
          choices={choicesOf(variables)}
          placeholder="Search variables"
          onPick={(path) => {
            setOpen(false)
            onPick(path)
          }}
        />
      </PopoverContent>
    </Popover>
  )
}
