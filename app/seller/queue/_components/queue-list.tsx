import { Hourglass } from 'lucide-react'
import { type Choice, choiceFilter, searchFilter } from '@/components/event/common-filters'
import { Filters } from '@/components/table/filters'
import { LiveRefresh } from '@/components/table/live-refresh'
import { LoadMore } from '@/components/table/load-more'
import { EmptyState } from '@/components/ui/empty-state'
import type { QueueBuyer, QueuePage } from '@/lib/queue/schema'
import { QueueTable } from './queue-table'
import { causeOptions } from './queue-words'

type QueueListProps = {
  page: QueuePage
  flows: readonly Choice[]
  buyers: Record<string, QueueBuyer[]>
  timeZone: string
  isFiltered: boolean
  mayAct: boolean
}

/** The leads that wait: filters in the address, live, page by page. */
export function QueueList({ page, flows, isFiltered, ...table }: QueueListProps) {
  const filters = [
    searchFilter,
    ...choiceFilter('flow_id', 'Flow', flows),
    ...choiceFilter('cause', 'Waits for', causeOptions),
  ]
  return (
    <>
      <Filters filters={filters}>
        <LiveRefresh url="/api/live" />
      </Filters>
      {page.data.length > 0 ? <QueueTable leads={page.data} {...table} /> : <NobodyWaits isFiltered={isFiltered} />}
      <LoadMore nextCursor={page.nextCursor} label="Due later" first="Due first" />
    </>
  )
}

function NobodyWaits({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered)
    return (
      <EmptyState icon={<Hourglass />} title="No waiting leads like these">
        Nothing matches the filters. A search finds a whole email address, phone number or lead ID.
      </EmptyState>
    )
  return (
    <EmptyState
      icon={<Hourglass />}
      title="Nothing waits"
      link={{ href: '/seller/flows', label: 'Hours, caps and retries are part of a flow' }}
    >
      A lead waits here where its buyer is closed or full and the step says queue, or when a delivery failed and is
      tried again. Here you send it out early, to another buyer, or give it up.
    </EmptyState>
  )
}
