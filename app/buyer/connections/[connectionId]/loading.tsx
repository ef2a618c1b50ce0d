import { Page } from '@/components/shell/page'
import { Skeleton } from '@/components/ui/skeleton'

export default function Loading() {
  return (
    <Page
      crumbs={[{ label: 'Connections', href: '/buyer/connections' }]}
      title={<Skeleton className="my-1.5 h-5 w-56" />}
    >
      <div role="status" className="grid gap-5 lg:grid-cols-[1fr_20rem]">
        <span className="sr-only">Loading</span>
        <Skeleton className="h-72 rounded-lg" />
        <Skeleton className="h-56 rounded-lg" />
      </div>
    </Page>
  )
}
