import { PackageCheck } from 'lucide-react'
import { type Choice, choiceFilter, periodFilter, searchFilter } from '@/components/event/common-filters'
import { Filters } from '@/components/table/filters'
import { LiveRefresh } from '@/components/table/live-refresh'
import { LoadMore } from '@/components/table/load-more'
import { EmptyState } from '@/components/ui/empty-state'
import type { DeadLetterPage } from '@/lib/queue/schema'
import { GivenUpTable, type Range } from './given-up-table'
import { endOptions } from './queue-words'
import { ReplayRange } from './replay-range'

type GivenUpListProps = {
  page: DeadLetterPage
  flows: readonly Choice[]
  timeZone: string
  isFiltered: boolean
  mayAct: boolean
  /** What *replay all* is about; nothing where the filters say no flow and time only. */
  range: Range | undefined
}

/** The leads that were given up: filters in the address, live, page by page. */
export function GivenUpList({ page, flows, timeZone, isFiltered, mayAct, range }: GivenUpListProps) {
  const filters = [
    searchFilter,
    ...choiceFilter('flow_id', 'Flow', flows),
    ...choiceFilter('cause', 'Because', endOptions),
    periodFilter,
  ]
  const isEmpty = page.data.length === 0
  return (
    <>
      <Filters filters={filters}>
        {mayAct && range && !isEmpty && <ReplayRange range={range} flows={flows} />}
        <LiveRefresh url="/api/live" />
      </Filters>
      {isEmpty ? (
        <NobodyGivenUp isFiltered={isFiltered} />
      ) : (
        <GivenUpTable leads={page.data} timeZone={timeZone} mayAct={mayAct} />
      )}
      <LoadMore nextCursor={page.nextCursor} label="Older" />
    </>
  )
}

function NobodyGivenUp({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered)
    return (
      <EmptyState icon={<PackageCheck />} title="No given-up leads like these">
        Nothing matches the filters. A search finds a whole email address, phone number or lead ID.
      </EmptyState>
    )
  return (
    <EmptyState icon={<PackageCheck />} title="Nothing was given up">
      A lead stands here when its delivery failed and no try is left, or when it waited for seven days. Replay it when
      the buyer’s system works again. Leads that buyers refused are not among them.
    </EmptyState>
  )
}
