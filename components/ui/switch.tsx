'use client'

import { Switch as Radix } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn'

/** On or off, at once. For a choice that is saved with a form, `CheckboxField` says so better. */
export function Switch({ className, ...props }: ComponentProps<typeof Radix.Root>) {
  return (
    <Radix.Root
      className={cn(
        'relative inline-flex h-5 w-8 shrink-0 items-center rounded-full bg-control-line transition-colors duration-160 before:absolute before:-inset-2.5 before:content-[""] disabled:opacity-50 data-[state=checked]:bg-accent',
        className,
      )}
      {...props}
    >
      <Radix.Thumb className="block size-4 translate-x-0.5 rounded-full bg-white shadow-sm transition-transform duration-160 data-[state=checked]:translate-x-3.5" />
    </Radix.Root>
  )
}
