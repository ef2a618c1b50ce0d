import { Page } from '../shell/page'
import { Skeleton, SkeletonRows } from '../ui/skeleton'

/** Settings on their way. */
export function SettingsSkeleton() {
  return (
    <Page crumbs={[{ label: 'Settings' }]} title="Settings">
      <div className="flex h-9 items-center gap-5 border-b">
        <Skeleton className="w-16" />
        <Skeleton className="w-16" />
        <Skeleton className="w-16" />
        <Skeleton className="w-16" />
      </div>
      <SkeletonRows rows={4} />
    </Page>
  )
}
