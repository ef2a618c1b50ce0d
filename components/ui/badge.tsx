import type { ReactNode } from 'react'
import { cn } from './cn'
import { statusTone, type Tone, toneFill, toneSoft } from './outcome'

type BadgeProps = {
  tone?: Tone
  dashed?: boolean | undefined
  icon?: ReactNode
  children: ReactNode
  className?: string
  title?: string
}

/** A small word on a thing. Outcomes have their own, `OutcomeBadge`; states have `StatusBadge`. */
export function Badge({ tone = 'neutral', dashed, icon, children, className, title }: BadgeProps) {
  return (
    <span
      title={title}
      className={cn(
        'inline-flex h-5 max-w-full align-middle items-center gap-1 whitespace-nowrap rounded-md px-1.5 font-medium text-xs [&_svg]:size-3 [&_svg]:shrink-0',
        toneSoft[tone],
        dashed && 'border border-tertiary/60 border-dashed bg-transparent',
        className,
      )}
    >
      {icon}
      {children}
    </span>
  )
}

/** The state of a connection, destination, flow or invitation: a coloured dot and its word. */
export function StatusBadge({
  status,
  children,
  className,
}: {
  status: string
  children?: ReactNode
  className?: string
}) {
  return (
    <span className={cn('inline-flex items-center gap-1.5 whitespace-nowrap text-secondary text-sm', className)}>
      <span aria-hidden className={cn('size-2 shrink-0 rounded-full', toneFill[statusTone(status)])} />
      {children ?? status}
    </span>
  )
}
