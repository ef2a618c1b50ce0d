import { Page } from '@/components/shell/page'
import { Skeleton } from '@/components/ui/skeleton'

/** The editor's shape: the path at the left, the panel at the right. */
export default function Loading() {
  return (
    <Page crumbs={[{ label: 'Flows', href: '/seller/flows' }]} bare>
      <div role="status" className="flex items-center gap-3 border-b px-4 py-3 sm:px-6">
        <span className="sr-only">Loading</span>
        <Skeleton className="h-6 w-64" />
        <Skeleton className="ml-auto h-8 w-28" />
      </div>
      <div className="flex gap-6 p-4 sm:p-6">
        <div className="flex w-full flex-col gap-3 lg:w-90">
          {['h-24', 'h-16', 'h-16', 'h-14', 'h-14'].map((height, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: five shapes that never move
            <Skeleton key={index} className={`${height} rounded-lg`} />
          ))}
        </div>
        <Skeleton className="hidden h-96 flex-1 rounded-lg lg:block" />
      </div>
    </Page>
  )
}
