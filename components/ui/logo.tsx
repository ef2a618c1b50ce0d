import { cn } from './cn'

/** The mark: a baton on its way from one hand to the next. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden className={cn('size-6', className)}>
      <rect width="24" height="24" rx="6" className="fill-accent" />
      <path d="M7.2 16.8 16.8 7.2" className="stroke-on-accent" strokeWidth="3.4" strokeLinecap="round" />
      <path d="m9.2 14.8 1.5-1.5" className="stroke-accent" strokeWidth="3.6" />
    </svg>
  )
}

/** Mark and name. */
export function Logo({ className }: { className?: string }) {
  return (
    <span className={cn('inline-flex items-center gap-2 font-semibold text-lg tracking-tight', className)}>
      <LogoMark />
      Baton
    </span>
  )
}
