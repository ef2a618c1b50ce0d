import { LoaderCircle } from 'lucide-react'
import { cn } from './cn'

/** A turning circle. Says "Loading" to screen readers unless what stands beside it already does (`label=""`). */
export function Spinner({ label = 'Loading', className }: { label?: string; className?: string }) {
  return (
    <span role={label ? 'status' : undefined} className="inline-flex align-middle">
      <LoaderCircle aria-hidden className={cn('size-4 animate-spin', className)} />
      {label && <span className="sr-only">{label}</span>}
    </span>
  )
}
