import { EventList } from '@/components/event/event-list'
import type { Side } from '@/components/event/event-words'
import { sinceOf } from '@/components/event/period'
import { Page } from '@/components/shell/page'
import { ownAccount } from '@/lib/accounts'
import { now } from '@/lib/clock'
import { listEvents } from '@/lib/events'
import { EventFilters, type EventPage } from '@/lib/events/schema'
import type { LogViewProps } from './leads-view'
import { logChoices } from './log-choices'

const words: Record<Side, string> = {
  seller: 'Each thing that happened to each lead, as it happens.',
  buyer: 'Each delivery to you and each feedback of yours, as it happens.',
}

/** What else a seller's address narrows the log to, called as its newest event calls it. */
function narrowedTo({ step_id: stepId, connection_id: connectionId }: EventFilters, { data: [first] }: EventPage) {
  return [
    ...(stepId ? [{ name: 'step_id', what: 'Step', value: stepId, label: first?.name ?? 'Step' }] : []),
    ...(connectionId
      ? [{ name: 'connection_id', what: 'Buyer', value: connectionId, label: first?.recipient ?? 'Buyer' }]
      : []),
  ]
}

/** The log of a side, as the address narrows it. */
export async function EventsView({ actor, side, params: { cursor, ...params } }: LogViewProps) {
  const filters = EventFilters.parse({ ...params, cursor, ...sinceOf(params['period'], now()) })
  const [page, account, choices] = await Promise.all([
    listEvents(actor, side, filters),
    ownAccount(actor),
    logChoices(actor, side),
  ])
  return (
    <Page crumbs={[{ label: 'Events' }]} title="Events" description={words[side]} wide>
      <EventList
        page={page}
        side={side}
        timeZone={account.timeZone}
        isFiltered={Object.keys(params).length > 0}
        {...choices}
        {...(side === 'seller' && { narrowed: narrowedTo(filters, page) })}
      />
    </Page>
  )
}
