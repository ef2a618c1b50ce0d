import type { ReactNode } from 'react'
import { cn } from './cn'

type CardProps = {
  title?: ReactNode
  description?: ReactNode
  /** Small buttons or a badge at the right of the title. */
  actions?: ReactNode
  footer?: ReactNode
  /** No padding inside: for tables and lists that reach the border. */
  flush?: boolean
  id?: string
  children?: ReactNode
  className?: string
}

/** A group with a hairline around it. */
export function Card({ title, description, actions, footer, flush, id, children, className }: CardProps) {
  return (
    <section id={id} className={cn('flex min-w-0 flex-col rounded-lg border bg-surface', className)}>
      {(title || actions) && (
        <header className={cn('flex min-h-12 items-center justify-between gap-3 px-4 pt-3', flush && 'border-b pb-3')}>
          <div className="flex min-w-0 flex-col">
            {title && <h2 className="font-semibold text-base">{title}</h2>}
            {description && <p className="text-sm text-tertiary">{description}</p>}
          </div>
          {actions && <div className="flex shrink-0 items-center gap-2">{actions}</div>}
        </header>
      )}
      {children !== undefined && (
        <div className={cn('min-w-0 flex-1', !flush && 'p-4', !flush && title && (description ? 'pt-3' : 'pt-2'))}>
          {children}
        </div>
      )}
      {footer && <footer className="flex items-center justify-end gap-2 border-t px-4 py-3">{footer}</footer>}
    </section>
  )
}
