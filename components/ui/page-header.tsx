import type { ReactNode } from 'react'
import { cn } from './cn'

type PageHeaderProps = {
  title: ReactNode
  /** A badge or two after the title. */
  badges?: ReactNode
  /** One line under it. */
  description?: ReactNode
  /** Buttons; the main one last. */
  actions?: ReactNode
  className?: string
}

/** The top of a page: its name, its state, what one can do. */
export function PageHeader({ title, badges, description, actions, className }: PageHeaderProps) {
  return (
    <header className={cn('flex flex-wrap items-start justify-between gap-x-6 gap-y-3', className)}>
      <div className="flex min-w-0 flex-col gap-0.5">
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <h1 className="min-w-0 text-balance font-semibold text-xl tracking-tight">{title}</h1>
          {badges}
        </div>
        {description && <div className="max-w-2xl text-pretty text-base text-tertiary">{description}</div>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  )
}
