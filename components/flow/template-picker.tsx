'use client'

import { Braces } from 'lucide-react'
import { type ReactNode, type RefObject, useState } from 'react'
import { type FilterName, filterTable } from '@/lib/engine/schema'
import { Button } from '../ui/button'
import { Popover, PopoverContent, PopoverTrigger } from '../ui/popover'
import { type Choice, PickList } from './pick-list'
import { filterText, type Inserted, insertFilter, insertVariable } from './template-insert'
import { choicesOf, type VariableChoice } from './variable-picker'

const isFilter = (value: string) => value.startsWith('| ')
const nameOf = (value: string) => value.slice(2) as FilterName

const filterChoices: readonly Choice[] = Object.entries(filterTable).map(([name, { group, meaning, example }]) => ({
  value: `| ${name}`,
  label: name,
  hint: `| ${filterText(name as FilterName)}`,
  group: `Filters: ${group.toLowerCase()}`,
  about: meaning,
  example: `${example[0]} gives ${example[1]}`,
}))

type TemplatePickerProps = {
  variables: readonly VariableChoice[]
  text: string
  /** Where the text is typed: its cursor says where what is picked goes. */
  box: RefObject<HTMLInputElement | HTMLTextAreaElement | null>
  /** `picked` is the variable that was put in; a filter is none. */
  onChange: (text: string, picked?: string) => void
  label: string
  /** The button that opens it; braces by default. */
  children?: ReactNode
}

/** Variables and filters for a template, by name, path or what they do; what is picked goes where the cursor stands. */
export function TemplatePicker({ variables, text, box, onChange, label, children }: TemplatePickerProps) {
  const [isOpen, setOpen] = useState(false)
  function put({ text: next, caret }: Inserted, picked?: string) {
    setOpen(false)
    onChange(next, picked)
    // After the text is drawn: before, the cursor has nowhere to go.
    requestAnimationFrame(() => {
      box.current?.focus()
      box.current?.setSelectionRange(caret, caret)
    })
  }
  function pick(value: string) {
    const start = box.current?.selectionStart ?? text.length
    const end = box.current?.selectionEnd ?? start
    if (isFilter(value)) put(insertFilter(text, end, nameOf(value)))
    else put(insertVariable(text, start, end, value), value)
  }
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        {children ?? (
          <Button variant="ghost" size="icon-sm" aria-label={label} title={label} className="size-6">
            <Braces className="size-3.5" />
          </Button>
        )}
      </PopoverTrigger>
      <PopoverContent
        className="w-96 max-w-[calc(100vw-1rem)] p-0"
        align="end"
        aria-label={label}
        onCloseAutoFocus={(event) => event.preventDefault()}
      >
        <PickList
          label={label}
          choices={[...choicesOf(variables), ...filterChoices]}
          placeholder="Search variables and filters"
          link={{ href: '/docs/variables', label: 'All variables and filters' }}
          onPick={pick}
        />
      </PopoverContent>
    </Popover>
  )
}
