'use client'

import { Check, Minus } from 'lucide-react'
import { Checkbox as Radix } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn'

/** A tick. Stand a `Label htmlFor` beside it, or use `CheckboxField` in a form. */
export function Checkbox({ className, ...props }: ComponentProps<typeof Radix.Root>) {
  return (
    <Radix.Root
      className={cn(
        'peer grid size-4 shrink-0 place-items-center rounded-sm border border-tertiary/70 bg-surface text-on-accent shadow-sm transition-colors duration-120 disabled:opacity-50 aria-invalid:border-red data-[state=checked]:border-accent data-[state=indeterminate]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:bg-accent pointer-coarse:size-5',
        className,
      )}
      {...props}
    >
      <Radix.Indicator className="group">
        <Check strokeWidth={3} className="size-3 group-data-[state=indeterminate]:hidden" />
        <Minus strokeWidth={3} className="hidden size-3 group-data-[state=indeterminate]:block" />
      </Radix.Indicator>
    </Radix.Root>
  )
}
