import { ArrowUpRight } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { cn } from './cn'

type EmptyStateProps = {
  icon?: ReactNode
  title: ReactNode
  /** What this place is for, in one or two sentences. */
  children?: ReactNode
  /** The one thing to do next: a `Button`. */
  action?: ReactNode
  /** Where to learn more. */
  link?: { href: string; label: string }
  className?: string
}

/** A list with nothing in it yet: what it is for, one action, one link. */
export function EmptyState({ icon, title, children, action, link, className }: EmptyStateProps) {
  return (
    <div className={cn('flex flex-col items-center rounded-lg border border-dashed px-6 py-12 text-center', className)}>
      {icon && (
        <span className="mb-3 grid size-10 place-items-center rounded-lg border bg-muted text-tertiary [&_svg]:size-5">
          {icon}
        </span>
      )}
      <h2 className="font-semibold text-base">{title}</h2>
      {children && <p className="mt-1 max-w-md text-pretty text-base text-tertiary">{children}</p>}
      {(action || link) && (
        <div className="mt-4 flex flex-wrap items-center justify-center gap-x-4 gap-y-2">
          {action}
          {link && (
            <Link href={link.href} className="inline-flex items-center gap-1 text-accent-text text-sm hover:underline">
              {link.label}
              <ArrowUpRight aria-hidden className="size-3.5" />
            </Link>
          )}
        </div>
      )}
    </div>
  )
}
