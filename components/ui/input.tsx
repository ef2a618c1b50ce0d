import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn'
import { fieldLook } from './field-look'

export type InputProps = Omit<ComponentProps<'input'>, 'prefix'> & {
  /** Shown inside, before the value: an icon or a currency sign. */
  prefix?: ReactNode
  /** Shown inside, after the value: a unit or a small button. */
  suffix?: ReactNode
  mono?: boolean | undefined
}

/** One line of text. Inside a form use `TextField`, which ties label, hint and error to it. */
export function Input({ prefix, suffix, mono, className, ...props }: InputProps) {
  const input = (
    <input
      className={cn(
        fieldLook,
        'h-control px-2.5',
        mono && 'font-mono text-sm',
        prefix && 'pl-8',
        suffix && 'pr-16',
        className,
      )}
      {...props}
    />
  )
  if (!prefix && !suffix) return input
  return (
    <span className="relative flex w-full items-center text-tertiary">
      {prefix && (
        <span className="pointer-events-none absolute left-2.5 flex items-center [&_svg]:size-4">{prefix}</span>
      )}
      {input}
      {suffix && <span className="absolute right-1.5 flex items-center gap-1 text-xs">{suffix}</span>}
    </span>
  )
}
