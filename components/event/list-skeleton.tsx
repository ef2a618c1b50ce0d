import { Page } from '../shell/page'
import { Skeleton, SkeletonRows } from '../ui/skeleton'

type ListSkeletonProps = { title: string; filters: number; rows: number }

/** A list with its filters on its way. */
export function ListSkeleton({ title, filters, rows }: ListSkeletonProps) {
  return (
    <Page crumbs={[{ label: title }]} title={title} description={<Skeleton className="my-1 w-80 max-w-full" />} wide>
      <div className="flex flex-wrap items-center gap-2">
        <Skeleton className="h-control w-full rounded-lg sm:w-64" />
        {Array.from({ length: filters - 1 }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike and never move
          <Skeleton key={index} className="h-control w-28 rounded-lg" />
        ))}
      </div>
      <SkeletonRows rows={rows} />
    </Page>
  )
}
