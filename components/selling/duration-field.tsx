'use client'

import { useId } from 'react'
import { msOfWords } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { useTyped } from '../flow/draft-field'
import { ProblemNotes } from '../flow/problem-notes'
import { FieldNotes } from '../form/field'
import { Input } from '../ui/input'
import { Label } from '../ui/label'
import { NativeSelect } from '../ui/native-select'
import { durationOf, type Unit, units, wordsOfDuration } from './duration'

type DurationFieldProps = {
  label: string
  hint?: string
  /** "5 minutes", as the document has it. */
  value: string
  onChange: (words: string) => void
  problems?: readonly Problem[]
}

const check = (text: string) => {
  const count = Number(text)
  return text.trim() !== '' && Number.isFinite(count) && count >= 0 && count <= 34_560_000
    ? undefined
    : 'Give a number.'
}

/** A stretch of time as a number and its unit. */
export function DurationField({ label, hint, value, onChange, problems = [] }: DurationFieldProps) {
  const id = useId()
  const { count, unit } = durationOf(msOfWords(value) ?? 0)
  const { text, wrong, type, leave } = useTyped(String(count), check, (typed) =>
    onChange(wordsOfDuration(Number(typed), unit)),
  )
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <Label htmlFor={id}>{label}</Label>
      <span className="flex max-w-60 gap-1.5">
        <Input
          id={id}
          inputMode="decimal"
          value={text}
          aria-invalid={wrong !== undefined}
          {...(hint && { 'aria-describedby': `${id}-hint` })}
          className="flex-1"
          onChange={(event) => type(event.target.value)}
          onBlur={leave}
        />
        <NativeSelect
          aria-label={`Unit of ${label.toLowerCase()}`}
          className="flex-1"
          value={unit}
          onChange={(event) => onChange(wordsOfDuration(count, event.target.value as Unit))}
        >
          {units.map(({ name }) => (
            <option key={name} value={name}>
              {name}s
            </option>
          ))}
        </NativeSelect>
      </span>
      <FieldNotes id={id} hint={hint} error={wrong} />
      <ProblemNotes problems={problems} />
    </div>
  )
}
