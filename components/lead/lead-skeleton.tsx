import type { Side } from '../event/event-words'
import { Page } from '../shell/page'
import { Card } from '../ui/card'
import { Skeleton } from '../ui/skeleton'

const lines = ['w-11/12', 'w-3/4', 'w-5/6', 'w-2/3', 'w-4/5', 'w-1/2']

const Lines = ({ count }: { count: number }) => (
  <div className="flex flex-col gap-4">
    {lines.slice(0, count).map((width) => (
      <Skeleton key={width} className={width} />
    ))}
  </div>
)

/** A lead on its way. */
export function LeadSkeleton({ side }: { side: Side }) {
  return (
    <Page
      crumbs={[{ label: 'Leads', href: `/${side}/leads` }, { label: 'Lead' }]}
      title={<Skeleton className="my-1.5 h-5 w-72 max-w-full" />}
      description={<Skeleton className="my-1 w-96 max-w-full" />}
      wide
    >
      <div role="status" className="grid items-start gap-5 lg:grid-cols-[minmax(0,1.45fr)_minmax(0,1fr)]">
        <span className="sr-only">Loading</span>
        <Card title="Timeline">
          <Lines count={6} />
        </Card>
        <div className="flex min-w-0 flex-col gap-5">
          <Card>
            <Lines count={3} />
          </Card>
          <Card title="Data">
            <Lines count={6} />
          </Card>
        </div>
      </div>
    </Page>
  )
}
