import { CircleQuestionMark } from 'lucide-react'
import { type Choice, choiceFilter, searchFilter } from '@/components/event/common-filters'
import { Filters } from '@/components/table/filters'
import { LiveRefresh } from '@/components/table/live-refresh'
import { LoadMore } from '@/components/table/load-more'
import { EmptyState } from '@/components/ui/empty-state'
import type { UndecidedPage } from '@/lib/queue/schema'
import { UndecidedTable } from './undecided-table'

type UndecidedListProps = {
  page: UndecidedPage
  flows: readonly Choice[]
  timeZone: string
  isFiltered: boolean
  mayAct: boolean
}

/** Attempts that somebody has to say the end of: filters in the address, live, page by page. */
export function UndecidedList({ page, flows, timeZone, isFiltered, mayAct }: UndecidedListProps) {
  return (
    <>
      <Filters filters={[searchFilter, ...choiceFilter('flow_id', 'Flow', flows)]}>
        <LiveRefresh url="/api/live" />
      </Filters>
      {page.data.length > 0 ? (
        <UndecidedTable attempts={page.data} timeZone={timeZone} mayAct={mayAct} />
      ) : (
        <NothingOpen isFiltered={isFiltered} />
      )}
      <LoadMore nextCursor={page.nextCursor} label="Newer" first="Oldest" />
    </>
  )
}

function NothingOpen({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered)
    return (
      <EmptyState icon={<CircleQuestionMark />} title="No attempts like these">
        Nothing matches the filters. A search finds a whole email address, phone number or ID.
      </EmptyState>
    )
  return (
    <EmptyState icon={<CircleQuestionMark />} title="Nothing to decide">
      When a buyer takes a request and never answers, nobody knows whether it has the lead. Such an attempt stands here,
      uncharged, until you have asked the buyer by its event ID and say what became of it.
    </EmptyState>
  )
}
