'use client'

import { CircleAlert } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { useFormContext, useFormState } from 'react-hook-form'
import { cn } from '../ui/cn'
import { Label } from '../ui/label'

export type FieldProps = {
  /** The value's path in the schema ("auth.token"). */
  name: string
  label: ReactNode
  /** A line of help under the label's control. */
  hint?: ReactNode
  /** Says "optional" beside the label. */
  optional?: boolean
  className?: string
}

type ControlProps = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean }

/** The ids that tie a control to its label, hint and error, and the error of the field. */
export function useField(name: string, hint: ReactNode): { control: ControlProps; error: string | undefined } {
  const id = useId()
  const { getFieldState } = useFormContext()
  const error = getFieldState(name, useFormState({ name })).error?.message
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return { control: { id, 'aria-describedby': describedBy || undefined, 'aria-invalid': error !== undefined }, error }
}

/** The line below a control: what is wrong, or else the hint. */
export function FieldNotes({ id, hint, error }: { id: string; hint: ReactNode; error: string | undefined }) {
  return (
    <>
      {hint && (
        <p id={`${id}-hint`} className={cn('text-pretty text-tertiary text-xs', error && 'sr-only')}>
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="flex items-start gap-1 text-pretty text-red text-xs">
          <CircleAlert aria-hidden className="mt-0.5 size-3 shrink-0" />
          {error}
        </p>
      )}
    </>
  )
}

type FieldFrameProps = Omit<FieldProps, 'name'> & { id: string; error: string | undefined; children: ReactNode }

/** Label above, control, note below. */
export function FieldFrame({ id, label, hint, optional, error, className, children }: FieldFrameProps) {
  return (
    <div className={cn('flex min-w-0 flex-col gap-1.5', className)}>
      <Label htmlFor={id}>
        {label}
        {optional && <span className="font-normal text-tertiary"> optional</span>}
      </Label>
      {children}
      <FieldNotes id={id} hint={hint} error={error} />
    </div>
  )
}
