import { cn } from './cn'

/** A place held for what is coming, in its final shape: give it the size of the thing by `className`. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn('block h-4 animate-shimmer rounded-md bg-muted', className)} />
}

const widths = ['w-11/12', 'w-3/4', 'w-5/6', 'w-2/3']

/** Rows of a list on its way. */
export function SkeletonRows({ rows = 8 }: { rows?: number }) {
  return (
    <div role="status" className="divide-y rounded-lg border">
      <span className="sr-only">Loading</span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move
        <div key={row} className="flex h-11 items-center gap-6 px-4">
          <Skeleton className="w-24 shrink-0" />
          <Skeleton className={cn('max-w-96', widths[row % widths.length])} />
          <Skeleton className="ml-auto w-16 shrink-0" />
        </div>
      ))}
    </div>
  )
}
