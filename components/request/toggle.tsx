'use client'

import { type ReactNode, useId } from 'react'
import { Label } from '../ui/label'
import { Switch } from '../ui/switch'

type ToggleProps = { label: ReactNode; hint?: ReactNode; checked: boolean; onChange: (checked: boolean) => void }

/** A switch with its words. */
export function Toggle({ label, hint, checked, onChange }: ToggleProps) {
  const id = useId()
  return (
    <div className="flex items-start gap-2.5">
      <Switch
        id={id}
        checked={checked}
        onCheckedChange={onChange}
        {...(hint && { 'aria-describedby': `${id}-hint` })}
      />
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
