'use client'

import { Check, ChevronDown } from 'lucide-react'
import { Select as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { cn } from './cn'
import { fieldLook } from './field-look'

export type Option = { value: string; label: ReactNode; hint?: ReactNode; disabled?: boolean }

type SelectProps = {
  options: readonly Option[]
  value?: string | undefined
  defaultValue?: string | undefined
  onValueChange?: ((value: string) => void) | undefined
  onBlur?: (() => void) | undefined
  placeholder?: string | undefined
  name?: string | undefined
  id?: string | undefined
  disabled?: boolean | undefined
  className?: string | undefined
  ref?: React.Ref<HTMLButtonElement> | undefined
  'aria-label'?: string | undefined
  'aria-describedby'?: string | undefined
  'aria-invalid'?: boolean | undefined
}

/** One of a few. `hint` is a second line in the list. The empty string can't be a value: leave `value` out for "none". */
export function Select({
  options,
  value,
  defaultValue,
  onValueChange,
  placeholder,
  name,
  className,
  ...trigger
}: SelectProps) {
  return (
    <Radix.Root
      {...(value !== undefined && { value })}
      {...(defaultValue !== undefined && { defaultValue })}
      {...(onValueChange && { onValueChange })}
      {...(name && { name })}
      {...(trigger.disabled && { disabled: true })}
    >
      <Radix.Trigger
        className={cn(
          fieldLook,
          'flex h-control items-center justify-between gap-2 px-2.5 text-left data-placeholder:text-tertiary [&>span]:truncate',
          className,
        )}
        {...trigger}
      >
        <Radix.Value placeholder={placeholder ?? 'Choose'} />
        <Radix.Icon asChild>
          <ChevronDown className="size-4 shrink-0 text-tertiary" />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) animate-appear overflow-hidden rounded-lg border border-line-strong bg-raised shadow-lg"
        >
          <Radix.Viewport className="max-h-80 p-1">
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled ?? false}
                className="relative flex cursor-default select-none items-start rounded-md py-1.5 pr-8 pl-2.5 text-base outline-none data-disabled:opacity-50 data-highlighted:bg-hover pointer-coarse:py-2.5"
              >
                <span className="flex min-w-0 flex-col">
                  <Radix.ItemText>{option.label}</Radix.ItemText>
                  {option.hint && <span className="text-tertiary text-xs">{option.hint}</span>}
                </span>
                <Radix.ItemIndicator className="absolute top-2 right-2">
                  <Check className="size-4 text-accent-text" />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
