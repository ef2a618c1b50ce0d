'use client'

import { RadioGroup as Radix } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn'

export type RadioOption = { value: string; label: ReactNode; hint?: ReactNode; icon?: ReactNode; disabled?: boolean }

type RadioGroupProps = Omit<ComponentProps<typeof Radix.Root>, 'children'> & {
  options: readonly RadioOption[]
  /** Cards side by side from 640 px; one below the other otherwise. */
  columns?: 1 | 2 | 3
}

const grids = { 1: 'grid-cols-1', 2: 'sm:grid-cols-2', 3: 'sm:grid-cols-3' }

/** One of a few, each with a line of explanation, as cards. Give it `aria-label` or `aria-labelledby`. */
export function RadioGroup({ options, columns = 1, className, ...props }: RadioGroupProps) {
  return (
    <Radix.Root className={cn('grid gap-2', grids[columns], className)} {...props}>
      {options.map((option) => (
        <Radix.Item
          key={option.value}
          value={option.value}
          disabled={option.disabled ?? false}
          className="group flex items-start gap-2.5 rounded-lg border border-control-line bg-surface p-3 text-left shadow-sm transition-colors duration-120 hover:bg-hover disabled:opacity-50 data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft/50"
        >
          <span className="mt-[3px] grid size-4 shrink-0 place-items-center rounded-full border border-tertiary/70 bg-surface group-data-[state=checked]:border-accent group-data-[state=checked]:bg-accent">
            <Radix.Indicator className="size-1.5 rounded-full bg-on-accent" />
          </span>
          <span className="flex min-w-0 flex-1 flex-col">
            <span className="font-medium text-base">{option.label}</span>
            {option.hint && <span className="text-sm text-tertiary">{option.hint}</span>}
          </span>
          {option.icon && <span className="text-tertiary [&_svg]:size-4">{option.icon}</span>}
        </Radix.Item>
      ))}
    </Radix.Root>
  )
}
