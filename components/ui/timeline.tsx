import type { ReactNode } from 'react'
import { cn } from './cn'

export type TimelineEntry = {
  id: string
  /** Already in words: "14:02:11.031". */
  time: ReactNode
  /** An `OutcomeIcon` or a small icon; a dot without it. */
  icon?: ReactNode
  title: ReactNode
  /** A line below: the reason, in words. */
  children?: ReactNode
  /** At the right: a price, a duration. */
  aside?: ReactNode
}

/** What happened, in order. */
export function Timeline({ entries, className }: { entries: readonly TimelineEntry[]; className?: string }) {
  return (
    <ol className={cn('flex flex-col', className)}>
      {entries.map(({ id, time, icon, title, children, aside }, index) => (
        <li key={id} className="flex gap-3">
          <span className="w-22 shrink-0 pt-px text-right font-mono text-tertiary text-xs/5">{time}</span>
          <span className="flex flex-col items-center">
            <span className="grid size-5 place-items-center [&_svg]:size-4">
              {icon ?? <span aria-hidden className="size-1.5 rounded-full bg-line-strong" />}
            </span>
            {index < entries.length - 1 && <span aria-hidden className="w-px flex-1 bg-line" />}
          </span>
          <div className="flex min-w-0 flex-1 flex-wrap items-baseline justify-between gap-x-3 pb-3">
            <div className="min-w-0 text-sm">
              {title}
              {children && <div className="text-tertiary">{children}</div>}
            </div>
            {aside && <span className="shrink-0 text-secondary text-sm">{aside}</span>}
          </div>
        </li>
      ))}
    </ol>
  )
}
