'use client'

import { type ReactNode, useId, useState } from 'react'
import type { Problem } from '@/lib/engine/types'
import { FieldNotes } from '../form/field'
import { cn } from '../ui/cn'
import { Input, type InputProps } from '../ui/input'
import { Label } from '../ui/label'
import { Textarea } from '../ui/textarea'
import { isError, ProblemNotes } from './problem-notes'

type FrameProps = {
  label: ReactNode
  hint?: ReactNode
  optional?: boolean
  className?: string
  problems?: readonly Problem[]
}

/** What the control of a frame takes. */
export type DraftControl = { id: string; 'aria-describedby'?: string; 'aria-invalid': boolean }

type DraftFrameProps = FrameProps & {
  /** What is wrong with what is typed now; such text is not saved. */
  wrong?: string | undefined
  children: (control: DraftControl) => ReactNode
}

/** Label, control, and below it what is wrong, by the form or by the server. */
export function DraftFrame({ label, hint, optional, className, problems = [], wrong, children }: DraftFrameProps) {
  const id = useId()
  const notes = [hint && `${id}-hint`, wrong && `${id}-error`, problems.length > 0 && `${id}-problems`].filter(Boolean)
  const control: DraftControl = {
    id,
    ...(notes.length > 0 && { 'aria-describedby': notes.join(' ') }),
    'aria-invalid': wrong !== undefined || problems.some(isError),
  }
  return (
    <div className={cn('flex min-w-0 flex-col gap-1.5', className)}>
      <Label htmlFor={id}>
        {label}
        {optional && <span className="font-normal text-tertiary"> optional</span>}
      </Label>
      {children(control)}
      <FieldNotes id={id} hint={hint} error={wrong} />
      <ProblemNotes id={`${id}-problems`} problems={problems} />
    </div>
  )
}

type Check = (text: string) => string | undefined

/** Keeps what is typed while it is not right, and passes on only what is. */
export function useTyped(value: string, check: Check | undefined, onChange: (text: string) => void) {
  const [typed, setTyped] = useState<string>()
  const wrong = typed === undefined ? undefined : check?.(typed)
  return {
    text: typed ?? value,
    wrong,
    type(text: string) {
      setTyped(text)
      if (!check?.(text)) onChange(text)
    },
    leave() {
      if (!wrong) setTyped(undefined)
    },
  }
}

type DraftTextProps = FrameProps &
  Omit<InputProps, 'value' | 'onChange' | keyof FrameProps> & {
    value: string
    onChange: (text: string) => void
    /** Words for what is wrong with a text; it is kept in the field and not saved. */
    check?: Check
  }

/** One line of a draft. */
export function DraftText({
  label,
  hint,
  optional,
  className,
  problems,
  value,
  onChange,
  check,
  ...input
}: DraftTextProps) {
  const { text, wrong, type, leave } = useTyped(value, check, onChange)
  return (
    <DraftFrame
      {...{ label, hint, wrong }}
      {...(optional && { optional })}
      {...(className && { className })}
      {...(problems && { problems })}
    >
      {(control) => (
        <Input {...input} {...control} value={text} onChange={(event) => type(event.target.value)} onBlur={leave} />
      )}
    </DraftFrame>
  )
}

type DraftAreaProps = FrameProps & {
  value: string
  onChange: (text: string) => void
  check?: Check
  mono?: boolean
  rows?: number
  placeholder?: string
}

/** Several lines of a draft. */
export function DraftArea({
  label,
  hint,
  optional,
  className,
  problems,
  value,
  onChange,
  check,
  ...area
}: DraftAreaProps) {
  const { text, wrong, type, leave } = useTyped(value, check, onChange)
  return (
    <DraftFrame
      {...{ label, hint, wrong }}
      {...(optional && { optional })}
      {...(className && { className })}
      {...(problems && { problems })}
    >
      {(control) => (
        <Textarea {...area} {...control} value={text} onChange={(event) => type(event.target.value)} onBlur={leave} />
      )}
    </DraftFrame>
  )
}

type DraftNumberProps = Omit<DraftTextProps, 'value' | 'onChange' | 'check' | 'type'> & {
  value: number | undefined
  onChange: (value: number | undefined) => void
  min?: number
  max?: number
  isWhole?: boolean
  /** Empty is allowed, and means none. */
  mayBeEmpty?: boolean
}

type Limits = Pick<DraftNumberProps, 'min' | 'max' | 'isWhole' | 'mayBeEmpty'>

function numberCheck({ min = 0, max = Number.MAX_SAFE_INTEGER, isWhole, mayBeEmpty }: Limits): Check {
  const isNumber = isWhole ? Number.isInteger : Number.isFinite
  const wanted = isWhole ? 'Give a whole number.' : 'Give a number.'
  return (text) => {
    if (text.trim() === '') return mayBeEmpty ? undefined : wanted
    const number = Number(text)
    if (!isNumber(number)) return wanted
    return number < min || number > max ? `Give a number from ${min} to ${max.toLocaleString('en-US')}.` : undefined
  }
}

/** A number of a draft. */
export function DraftNumber({ value, onChange, min, max, isWhole, mayBeEmpty, ...props }: DraftNumberProps) {
  const limits = {
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(isWhole && { isWhole }),
    ...(mayBeEmpty && { mayBeEmpty }),
  }
  return (
    <DraftText
      {...props}
      inputMode="decimal"
      value={value === undefined ? '' : String(value)}
      check={numberCheck(limits)}
      onChange={(text) => onChange(text.trim() === '' ? undefined : Number(text))}
    />
  )
}
