import type { Metadata } from 'next'
import { EventList } from '@/components/event/event-list'
import { sinceOf } from '@/components/event/period'
import { Page } from '@/components/shell/page'
import { ownAccount } from '@/lib/accounts'
import { requireBuyer } from '@/lib/auth'
import { now } from '@/lib/clock'
import { listConnections } from '@/lib/connections'
import { listEvents } from '@/lib/events'
import { EventFilters } from '@/lib/events/schema'

export const metadata: Metadata = { title: 'Events' }

export default async function EventsPage({ searchParams }: PageProps<'/buyer/events'>) {
  const [actor, { cursor, ...params }] = await Promise.all([requireBuyer(), searchParams])
  const filters = EventFilters.parse({ ...params, cursor, ...sinceOf(params['period'], now()) })
  const [page, account, connections] = await Promise.all([
    listEvents(actor, 'buyer', filters),
    ownAccount(actor),
    listConnections(actor),
  ])
  return (
    <Page
      crumbs={[{ label: 'Events' }]}
      title="Events"
      description="Each delivery to you and each feedback of yours, as it happens."
      wide
    >
      <EventList
        page={page}
        side="buyer"
        timeZone={account.timeZone}
        isFiltered={Object.keys(params).length > 0}
        connections={connections.flatMap(({ id, side, partner }) =>
          side === 'buyer' ? [{ value: id, label: partner.name }] : [],
        )}
      />
    </Page>
  )
}
