'use client'

import { type ReactNode, useId } from 'react'
import { Checkbox } from '../ui/checkbox'
import { Label } from '../ui/label'
import { Switch } from '../ui/switch'

type ToggleProps = { label: ReactNode; hint?: ReactNode; checked: boolean; onChange: (checked: boolean) => void }

/** A switch with its words, for what changes at once. */
export function Toggle({ checked, onChange, ...words }: ToggleProps) {
  const id = useId()
  return (
    <Worded id={id} {...words}>
      <Switch id={id} checked={checked} onCheckedChange={onChange} {...describedBy(id, words.hint)} />
    </Worded>
  )
}

/** A tick with its words, for one answer among others. In a form that is saved as a whole use `CheckboxField`. */
export function Tick({ checked, onChange, ...words }: ToggleProps) {
  const id = useId()
  return (
    <Worded id={id} {...words}>
      <Checkbox
        id={id}
        className="mt-0.5"
        checked={checked}
        onCheckedChange={(now) => onChange(now === true)}
        {...describedBy(id, words.hint)}
      />
    </Worded>
  )
}

const describedBy = (id: string, hint: ReactNode) => (hint ? { 'aria-describedby': `${id}-hint` } : {})

function Worded({
  id,
  label,
  hint,
  children,
}: Pick<ToggleProps, 'label' | 'hint'> & { id: string; children: ReactNode }) {
  return (
    <div className="flex items-start gap-2.5">
      {children}
      <div className="flex min-w-0 flex-col">
        <Label htmlFor={id} className="font-normal text-base">
          {label}
        </Label>
        {hint && (
          <p id={`${id}-hint`} className="text-pretty text-tertiary text-xs">
            {hint}
          </p>
        )}
      </div>
    </div>
  )
}
