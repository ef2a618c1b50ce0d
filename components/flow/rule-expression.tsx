'use client'

import { FunctionSquare } from 'lucide-react'
import { type ReactNode, useId, useRef, useState } from 'react'
import { ruleFunctions, ruleTable } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { Button } from '../ui/button'
import { Popover, PopoverContent, PopoverTrigger } from '../ui/popover'
import { Textarea } from '../ui/textarea'
import { type Choice, PickList } from './pick-list'
import { isError, ProblemNotes } from './problem-notes'
import { type VariableChoice, VariablePicker } from './variable-picker'

const functionChoices: Choice[] = Object.entries(ruleFunctions).map(([name, { op, example }]) => ({
  value: name,
  label: op ? ruleTable[op].is : name,
  hint: example,
}))

function FunctionPicker({ onPick }: { onPick: (example: string) => void }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label="Insert a function"
          title="Insert a function"
          className="size-6"
        >
          <FunctionSquare className="size-3.5" />
        </Button>
      </PopoverTrigger>
      <PopoverContent className="w-[26rem] max-w-[calc(100vw-1rem)] p-0" align="end" aria-label="Functions">
        <PickList
          label="Functions"
          choices={functionChoices}
          placeholder="Search functions"
          onPick={(name) => {
            setOpen(false)
            onPick(ruleFunctions[name]?.example ?? '')
          }}
        />
      </PopoverContent>
    </Popover>
  )
}

const ExpressionHint = () => (
  <>
    Compare with <code>==</code> <code>!=</code> <code>&lt;</code> <code>in</code>, join with <code>&amp;&amp;</code>{' '}
    and <code>||</code>, turn round with <code>!</code>. Text ignores letter case.
  </>
)

type RuleExpressionProps = {
  text: string
  onChange: (text: string) => void
  variables: readonly VariableChoice[]
  hint?: ReactNode
  problems: readonly Problem[]
}

/** A rule as it is written, with fields and functions to put in where the cursor stands. */
export function RuleExpression({ text, onChange, variables, hint, problems }: RuleExpressionProps) {
  const id = useId()
  const area = useRef<HTMLTextAreaElement>(null)
  const insert = (part: string) => {
    const at = area.current?.selectionStart ?? text.length
    const end = area.current?.selectionEnd ?? at
    onChange(`${text.slice(0, at)}${part}${text.slice(end)}`)
    requestAnimationFrame(() => {
      area.current?.focus()
      area.current?.setSelectionRange(at + part.length, at + part.length)
    })
  }
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <div className="relative">
        <Textarea
          ref={area}
          aria-label="Expression"
          aria-invalid={problems.some(isError)}
          aria-describedby={`${id}-hint ${id}-problems`}
          mono
          rows={3}
          className="pr-16"
          value={text}
          placeholder="lead.state in ['CA', 'TX'] && lead.email.valid"
          onChange={(event) => onChange(event.target.value)}
        />
        <span className="absolute top-1.5 right-1.5 flex gap-0.5">
          <FunctionPicker onPick={insert} />
          <VariablePicker variables={variables} label="Insert a field" onPick={insert} />
        </span>
      </div>
      <p id={`${id}-hint`} className="text-pretty text-tertiary text-xs">
        {hint ?? <ExpressionHint />}
      </p>
      <ProblemNotes id={`${id}-problems`} problems={problems} />
    </div>
  )
}
