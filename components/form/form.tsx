'use client'

import { createContext, type ReactNode, use, useEffect, useRef } from 'react'
import { type FieldValues, FormProvider } from 'react-hook-form'
import type { Refusal } from '@/lib/errors'
import { Alert } from '../ui/alert'
import { Button, type ButtonProps } from '../ui/button'
import { cn } from '../ui/cn'
import type { ActionForm } from './use-action-form'

const Pending = createContext(false)

type FormProps<Values extends FieldValues> = {
  form: ActionForm<Values>
  children: ReactNode
  className?: string
  id?: string
  'aria-label'?: string
}

/** A `<form>` around fields; shows what the action refused above them. */
export function Form<Values extends FieldValues>({ form, children, className, ...props }: FormProps<Values>) {
  return (
    <FormProvider {...form.fields}>
      {/* `post`, so that a submit before the page is alive never puts a password into the address. */}
      <form method="post" noValidate onSubmit={form.submit} className={cn('flex flex-col gap-4', className)} {...props}>
        {form.refusal && <RefusalAlert refusal={form.refusal} />}
        <Pending value={form.isPending}>{children}</Pending>
      </form>
    </FormProvider>
  )
}

/** A refusal in an alert, with the issues that have no field. Takes the focus when no field did. */
export function RefusalAlert({ refusal }: { refusal: Refusal }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const focused = document.activeElement
    const isInField = focused instanceof HTMLElement && focused.getAttribute('aria-invalid') === 'true'
    if (refusal && !isInField) box.current?.focus()
  }, [refusal])
  return (
    <Alert kind="error" ref={box}>
      {refusal.message}
      {refusal.issues && refusal.issues.length > 0 && (
        <ul className="mt-1 list-disc pl-4">
          {refusal.issues.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              {path && <code className="font-mono text-xs">{path}</code>} {message}
            </li>
          ))}
        </ul>
      )}
    </Alert>
  )
}

/** The form's verb; turns while the action runs. */
export function SubmitButton({ children, ...props }: Omit<ButtonProps, 'type' | 'asChild' | 'pending'>) {
  const isPending = use(Pending)
  return (
    <Button type="submit" variant="primary" pending={isPending} {...props}>
      {children}
    </Button>
  )
}
