import type { ReactNode } from 'react'
import { cn } from './cn'

/** A key to press. */
export function Kbd({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <kbd
      className={cn(
        'inline-flex align-middle h-5 min-w-5 items-center justify-center rounded-sm border bg-muted px-1 font-sans text-2xs text-tertiary',
        className,
      )}
    >
      {children}
    </kbd>
  )
}
