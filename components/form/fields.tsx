'use client'

import type { ComponentProps } from 'react'
import { useController, useFormContext } from 'react-hook-form'
import { Checkbox } from '../ui/checkbox'
import { cn } from '../ui/cn'
import { Input, type InputProps } from '../ui/input'
import { Label } from '../ui/label'
import { RadioGroup, type RadioOption } from '../ui/radio-group'
import { Switch } from '../ui/switch'
import { Textarea } from '../ui/textarea'
import { FieldFrame, FieldNotes, type FieldProps, useField } from './field'

type TextFieldProps = FieldProps & Omit<InputProps, keyof FieldProps | 'form'>

/** One line of text; every `Input` prop is passed on. `type="number"` gives the schema a number, empty is `undefined`. */
export function TextField({ name, label, hint, optional, className, ...input }: TextFieldProps) {
  const { register } = useFormContext()
  const { control, error } = useField(name, hint)
  const isNumber = input.type === 'number'
  const registered = register(name, isNumber ? { setValueAs: numberOf } : {})
  return (
    <FieldFrame
      {...{ label, hint, optional: optional ?? false, error, id: control.id }}
      {...(className && { className })}
    >
      <Input {...input} {...registered} {...control} />
    </FieldFrame>
  )
}

const numberOf = (value: unknown) => (value === '' || value === undefined ? undefined : Number(value))

type TextAreaFieldProps = FieldProps & Omit<ComponentProps<typeof Textarea>, keyof FieldProps | 'form'>

export function TextAreaField({ name, label, hint, optional, className, ...area }: TextAreaFieldProps) {
  const { register } = useFormContext()
  const { control, error } = useField(name, hint)
  return (
    <FieldFrame
      {...{ label, hint, optional: optional ?? false, error, id: control.id }}
      {...(className && { className })}
    >
      <Textarea {...area} {...register(name)} {...control} />
    </FieldFrame>
  )
}

type RadioFieldProps = FieldProps & { options: readonly RadioOption[]; columns?: 1 | 2 | 3 }

/** A choice shown as cards. */
export function RadioField({ name, label, hint, className, options, columns }: RadioFieldProps) {
  const { field } = useController({ name })
  const { control, error } = useField(name, hint)
  return (
    <div className={cn('flex min-w-0 flex-col gap-1.5', className)}>
      <span id={`${control.id}-label`} className="font-medium text-sm">
        {label}
      </span>
      <RadioGroup
        options={options}
        columns={columns ?? 1}
        value={field.value ?? ''}
        onValueChange={field.onChange}
        aria-labelledby={`${control.id}-label`}
        {...(control['aria-describedby'] && { 'aria-describedby': control['aria-describedby'] })}
      />
      <FieldNotes id={control.id} hint={hint} error={error} />
    </div>
  )
}

/** A tick that is saved with the form. */
export function CheckboxField({ name, label, hint, className, disabled }: FieldProps & { disabled?: boolean }) {
  const { field } = useController({ name })
  const { control, error } = useField(name, hint)
  return (
    <div className={cn('flex items-start gap-2.5', className)}>
      <Checkbox
        className="mt-0.5"
        checked={field.value === true}
        onCheckedChange={(checked) => field.onChange(checked === true)}
        onBlur={field.onBlur}
        ref={field.ref}
        disabled={disabled ?? false}
        {...control}
      />
      <div className="flex min-w-0 flex-col gap-0.5">
        <Label htmlFor={control.id} className="font-normal text-base">
          {label}
        </Label>
        <FieldNotes id={control.id} hint={hint} error={error} />
      </div>
    </div>
  )
}

/** On or off, name at the left and the switch at the right. */
export function SwitchField({ name, label, hint, className, disabled }: FieldProps & { disabled?: boolean }) {
  const { field } = useController({ name })
  const { control, error } = useField(name, hint)
  return (
    <div className={cn('flex items-start justify-between gap-4', className)}>
      <div className="flex min-w-0 flex-col gap-0.5">
        <Label htmlFor={control.id}>{label}</Label>
        <FieldNotes id={control.id} hint={hint} error={error} />
      </div>
      <Switch
        checked={field.value === true}
        onCheckedChange={field.onChange}
        onBlur={field.onBlur}
        ref={field.ref}
        disabled={disabled ?? false}
        {...control}
      />
    </div>
  )
}
