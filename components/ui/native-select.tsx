import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cn } from './cn'
import { fieldLook } from './field-look'

/** The browser's own select: for filters and long lists, where a phone's wheel is better than a menu. */
export function NativeSelect({ className, children, ...props }: ComponentProps<'select'>) {
  return (
    <span className={cn('relative inline-flex w-full items-center', className)}>
      <select className={cn(fieldLook, 'h-control appearance-none truncate pr-8 pl-2.5')} {...props}>
        {children}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute right-2.5 size-4 text-tertiary" />
    </span>
  )
}
