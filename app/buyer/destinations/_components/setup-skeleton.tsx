import { Page } from '@/components/shell/page'
import { Skeleton } from '@/components/ui/skeleton'

/** The wizard of a destination, before it is there. */
export function SetupSkeleton() {
  return (
    <Page
      crumbs={[{ label: 'Destinations', href: '/buyer/destinations' }]}
      title={<Skeleton className="my-1.5 h-5 w-56" />}
    >
      <div role="status" className="flex flex-col gap-5 md:flex-row md:gap-10">
        <span className="sr-only">Loading</span>
        <Skeleton className="h-8 md:h-52 md:w-52" />
        <div className="flex max-w-2xl flex-1 flex-col gap-5">
          <Skeleton className="h-14" />
          <Skeleton className="h-14" />
          <Skeleton className="h-28" />
        </div>
      </div>
    </Page>
  )
}
