'use client'

import { useFormContext } from 'react-hook-form'
import { NativeSelect } from '../ui/native-select'
import { FieldFrame, type FieldProps, useField } from './field'

type NativeSelectFieldProps = FieldProps & {
  options: readonly { value: string; label: string }[]
  /** The words of the choice of nothing, which gives the schema `undefined`. */
  none?: string
  disabled?: boolean
}

const givenOrNothing = (value: string) => value || undefined

/** A choice among many, or of one or nothing: the browser's own list, which people search by typing. */
export function NativeSelectField({
  name,
  label,
  hint,
  optional,
  className,
  options,
  none,
  disabled,
}: NativeSelectFieldProps) {
  const { register } = useFormContext()
  const { control, error } = useField(name, hint)
  return (
    <FieldFrame
      {...{ label, hint, optional: optional ?? false, error, id: control.id }}
      {...(className && { className })}
    >
      <NativeSelect
        {...register(name, none === undefined ? {} : { setValueAs: givenOrNothing })}
        {...control}
        disabled={disabled}
      >
        {none !== undefined && <option value="">{none}</option>}
        {options.map(({ value, label: words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </NativeSelect>
    </FieldFrame>
  )
}
