import { cn } from './cn'

/** A hairline; upright with `vertical`. */
export function Separator({ vertical, className }: { vertical?: boolean; className?: string }) {
  return (
    <hr aria-hidden className={cn('shrink-0 border-0 bg-line', vertical ? 'h-5 w-px' : 'h-px w-full', className)} />
  )
}
