import type { EventPage } from '@/lib/events/schema'
import { Filters } from '../table/filters'
import { LiveRefresh } from '../table/live-refresh'
import { LoadMore } from '../table/load-more'
import { type Choice, choiceFilter, periodFilter, searchFilter, testFilter } from './common-filters'
import { EventTable } from './event-table'
import { outcomeOptions, type Side, typeOptions } from './event-words'

type Narrowed = Choice & { name: string; what: string }

type EventListProps = {
  page: EventPage
  side: Side
  timeZone: string
  isFiltered: boolean
  flows?: readonly Choice[]
  connections?: readonly Choice[]
  /** What else the address narrows the list to (a step, a connection): not chosen here, but taken away here. */
  narrowed?: readonly Narrowed[]
}

/** The log of a side: filters in the address, live, page by page. */
export function EventList({
  page,
  side,
  timeZone,
  isFiltered,
  flows = [],
  connections = [],
  narrowed = [],
}: EventListProps) {
  const filters = [
    searchFilter,
    { kind: 'select', name: 'type', label: 'Type', options: typeOptions(side) } as const,
    { kind: 'select', name: 'outcome', label: 'Outcome', options: outcomeOptions(side) } as const,
    ...choiceFilter('flow_id', 'Flow', flows),
    ...choiceFilter('connection_id', 'Seller', connections),
    ...narrowed.flatMap(({ name, what, ...choice }) => choiceFilter(name, what, [choice])),
    periodFilter,
    testFilter,
  ]
  return (
    <>
      <Filters filters={filters}>
        <LiveRefresh url="/api/live" />
      </Filters>
      <EventTable events={page.data} side={side} timeZone={timeZone} isFiltered={isFiltered} />
      <LoadMore nextCursor={page.nextCursor} label="Older events" />
    </>
  )
}
