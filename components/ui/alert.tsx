import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode, Ref } from 'react'
import { cn } from './cn'

const looks = {
  info: { icon: Info, box: 'border-line-strong bg-muted', mark: 'text-tertiary' },
  good: { icon: CircleCheck, box: 'border-green/25 bg-green-soft', mark: 'text-green' },
  warning: { icon: TriangleAlert, box: 'border-amber/30 bg-amber-soft', mark: 'text-amber' },
  error: { icon: CircleAlert, box: 'border-red/25 bg-red-soft', mark: 'text-red' },
}

type AlertProps = {
  kind?: keyof typeof looks
  title?: ReactNode
  /** What happened, why, what to do next. */
  children?: ReactNode
  action?: ReactNode
  className?: string
  ref?: Ref<HTMLDivElement>
}

/** Something to know on this page. Errors are announced by screen readers. */
export function Alert({ kind = 'info', title, children, action, className, ref }: AlertProps) {
  const { icon: Icon, box, mark } = looks[kind]
  return (
    <div
      ref={ref}
      tabIndex={ref ? -1 : undefined}
      role={kind === 'error' ? 'alert' : undefined}
      className={cn('flex items-start gap-2.5 rounded-lg border px-3 py-2.5 text-base outline-none', box, className)}
    >
      <Icon aria-hidden className={cn('mt-[3px] size-4 shrink-0', mark)} />
      <div className="min-w-0 flex-1">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className="text-pretty text-secondary">{children}</div>}
      </div>
      {action && <div className="flex shrink-0 items-center gap-2">{action}</div>}
    </div>
  )
}
