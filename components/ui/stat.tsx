import Link from 'next/link'
import type { ReactNode } from 'react'
import { cn } from './cn'

type StatProps = {
  label: ReactNode
  value: ReactNode
  /** A line below: against what, since when. */
  hint?: ReactNode
  /** Every number opens: where to. */
  href?: string
  /** A `Sparkline`, say. */
  children?: ReactNode
  className?: string
}

/** A number that matters, and the way to what is behind it. */
export function Stat({ label, value, hint, href, children, className }: StatProps) {
  const name = href ? (
    <Link href={href} className="rounded-sm before:absolute before:inset-0 before:rounded-lg">
      {label}
    </Link>
  ) : (
    label
  )
  return (
    <div
      className={cn(
        'relative flex min-w-0 flex-col gap-0.5 rounded-lg border bg-surface px-4 py-3',
        href && 'transition-colors duration-120 hover:border-line-strong hover:bg-muted/50',
        className,
      )}
    >
      <p className="text-sm text-tertiary">{name}</p>
      <p className="font-semibold text-2xl tabular-nums tracking-tight">{value}</p>
      {hint && <p className="text-tertiary text-xs">{hint}</p>}
      {children}
    </div>
  )
}
