import type { Metadata } from 'next'
import { EventList } from '@/components/event/event-list'
import { sinceOf } from '@/components/event/period'
import { Page } from '@/components/shell/page'
import { ownAccount } from '@/lib/accounts'
import { requireSeller } from '@/lib/auth'
import { now } from '@/lib/clock'
import { listEvents } from '@/lib/events'
import { EventFilters } from '@/lib/events/schema'
import { listFlowNames } from '@/lib/flows'

export const metadata: Metadata = { title: 'Events' }

export default async function EventsPage({ searchParams }: PageProps<'/seller/events'>) {
  const [actor, { cursor, ...params }] = await Promise.all([requireSeller(), searchParams])
  const filters = EventFilters.parse({ ...params, cursor, ...sinceOf(params['period'], now()) })
  const [page, account, flows] = await Promise.all([
    listEvents(actor, 'seller', filters),
    ownAccount(actor),
    listFlowNames(actor),
  ])
  const { step_id: stepId, connection_id: connectionId } = filters
  const [first] = page.data
  return (
    <Page
      crumbs={[{ label: 'Events' }]}
      title="Events"
      description="Each thing that happened to each lead, as it happens."
      wide
    >
      <EventList
        page={page}
        side="seller"
        timeZone={account.timeZone}
        isFiltered={Object.keys(params).length > 0}
        flows={flows.map(({ id, name }) => ({ value: id, label: name }))}
        narrowed={[
          ...(stepId ? [{ name: 'step_id', what: 'Step', value: stepId, label: first?.name ?? 'Step' }] : []),
          ...(connectionId
            ? [{ name: 'connection_id', what: 'Buyer', value: connectionId, label: first?.recipient ?? 'Buyer' }]
            : []),
        ]}
      />
    </Page>
  )
}
