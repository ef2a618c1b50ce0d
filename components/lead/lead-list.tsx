import type { LeadPage } from '@/lib/leads/schema'
import { type Choice, choiceFilter, periodFilter, searchFilter, testFilter } from '../event/common-filters'
import type { Side } from '../event/event-words'
import { Filters } from '../table/filters'
import { LiveRefresh } from '../table/live-refresh'
import { LoadMore } from '../table/load-more'
import { LeadTable } from './lead-table'

type LeadListProps = {
  page: LeadPage
  side: Side
  timeZone: string
  isFiltered: boolean
  flows?: readonly Choice[]
  connections?: readonly Choice[]
}

const outcomes: Record<Side, Choice[]> = {
  seller: [
    { value: 'success', label: 'Success' },
    { value: 'failure', label: 'Failure' },
    { value: 'error', label: 'Error' },
    { value: 'pending', label: 'Pending' },
    { value: 'processing', label: 'Processing' },
  ],
  buyer: [
    { value: 'success', label: 'Accepted' },
    { value: 'failure', label: 'Rejected' },
    { value: 'error', label: 'Error' },
    { value: 'pending', label: 'Unknown' },
  ],
}

/** The leads of a side: filters in the address, live, page by page. */
export function LeadList({ page, side, timeZone, isFiltered, flows = [], connections = [] }: LeadListProps) {
  const filters = [
    searchFilter,
    ...choiceFilter('outcome', 'Outcome', outcomes[side]),
    ...choiceFilter('flow_id', 'Flow', flows),
    ...choiceFilter('connection_id', 'Seller', connections),
    periodFilter,
    testFilter,
  ]
  return (
    <>
      <Filters filters={filters}>
        <LiveRefresh url="/api/live" />
      </Filters>
      <LeadTable leads={page.data} side={side} timeZone={timeZone} isFiltered={isFiltered} />
      <LoadMore nextCursor={page.nextCursor} label="Older leads" />
    </>
  )
}
