import { Page } from '../shell/page'
import { Card } from '../ui/card'
import { Skeleton, SkeletonRows } from '../ui/skeleton'

const tiles = ['leads', 'sold', 'money', 'look']

/** An overview on its way. */
export function OverviewSkeleton() {
  return (
    <Page crumbs={[{ label: 'Overview' }]} title="Overview" description={<Skeleton className="my-1 w-72 max-w-full" />}>
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        {tiles.map((tile) => (
          <Card key={tile}>
            <Skeleton className="w-20" />
            <Skeleton className="mt-2 h-7 w-28" />
            <Skeleton className="mt-3 w-32" />
          </Card>
        ))}
      </div>
      <Card title="Last 24 hours">
        <Skeleton className="h-48 w-full" />
      </Card>
      <SkeletonRows rows={4} />
    </Page>
  )
}
