'use client'

import { RotateCcw } from 'lucide-react'
import { useRef } from 'react'
import type { Problem } from '@/lib/engine/types'
import { DraftFrame } from '../flow/draft-field'
import { TemplatePicker } from '../flow/template-picker'
import type { VariableChoice } from '../flow/variable-picker'
import { Button } from '../ui/button'
import { Input } from '../ui/input'
import { Textarea } from '../ui/textarea'

type TemplatePartProps = {
  label: string
  hint?: string
  /** What is written here; `undefined` where `fallback` is used. */
  value: string | undefined
  fallback: string
  /** Whose the fallback is: "the account’s default". */
  fallbackName: string
  isLine?: boolean
  maxLength: number
  variables: readonly VariableChoice[]
  problems: readonly Problem[]
  onChange: (text: string | undefined) => void
}

/** One part of a mail's words: one's own, or the default until something else is typed. Variables go in at the cursor. */
export function TemplatePart({
  label,
  hint,
  value,
  fallback,
  fallbackName,
  isLine = false,
  maxLength,
  variables,
  problems,
  onChange,
}: TemplatePartProps) {
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null)
  const shown = value ?? fallback
  const isOwn = value !== undefined && value !== fallback
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <DraftFrame label={label} problems={problems} {...(hint && { hint })}>
        {(control) => {
          const common = {
            ...control,
            ref: field,
            value: shown,
            maxLength,
            mono: true,
            spellCheck: false,
            onChange: (event: { target: { value: string } }) => onChange(event.target.value),
          }
          return isLine ? <Input {...common} /> : <Textarea rows={10} {...common} />
        }}
      </DraftFrame>
      <div className="flex flex-wrap items-center gap-2 text-tertiary text-xs">
        <TemplatePicker
          variables={variables}
          text={shown}
          box={field}
          label={`Insert a variable into ${label}`}
          onChange={(text) => onChange(text)}
        />
        <span className="min-w-0 flex-1">{isOwn ? 'Your own words' : `From ${fallbackName}`}</span>
        {isOwn && (
          <Button variant="ghost" size="sm" onClick={() => onChange(undefined)}>
            <RotateCcw className="size-3.5" />
            Use {fallbackName}
          </Button>
        )}
      </div>
    </div>
  )
}
