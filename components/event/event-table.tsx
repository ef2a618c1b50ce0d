import { Activity } from 'lucide-react'
import type { EventItem } from '@/lib/events/schema'
import { type Column, DataTable } from '../table/data-table'
import { EmptyState } from '../ui/empty-state'
import { Money } from '../ui/money'
import { OutcomeBadge } from '../ui/outcome-badge'
import { RelativeTime } from '../ui/relative-time'
import { durationWords } from './duration-words'
import { hrefOf, ownCents, type Side, wayOf, wordOfType } from './event-words'

type EventTableProps = { events: readonly EventItem[]; side: Side; timeZone: string; isFiltered: boolean }

const Quiet = ({ children }: { children: string | undefined }) =>
  children ? <span className="text-secondary">{children}</span> : <span className="text-tertiary">–</span>

const Way = ({ words }: { words: string }) => (
  <span title={words} className="line-clamp-1 max-w-104">
    {words}
  </span>
)

/** What stands in the place of a lead: a buyer that was asked knows nobody's name. */
const pingWords: Record<Side, string> = { seller: 'a ping, no lead yet', buyer: 'only asked' }

const columnsOf = (side: Side, timeZone: string): Column<EventItem>[] => [
  {
    key: 'time',
    header: 'Time',
    width: 'w-28',
    cell: ({ startedAt }) => (
      <RelativeTime at={startedAt} timeZone={timeZone} className="whitespace-nowrap font-normal" />
    ),
  },
  {
    key: 'outcome',
    header: 'Outcome',
    width: 'w-32',
    phone: 'aside',
    cell: ({ outcome, isTest }) => (
      <span className="inline-flex items-center gap-2">
        <OutcomeBadge outcome={outcome} plain />
        {isTest && <OutcomeBadge outcome="test" />}
      </span>
    ),
  },
  { key: 'type', header: 'Type', width: 'w-24', phone: 'hide', cell: ({ type }) => <Quiet>{wordOfType(type)}</Quiet> },
  {
    key: 'who',
    header: 'Lead',
    cell: ({ leadLabel, pingId }) =>
      leadLabel ? (
        <span className="font-medium sm:whitespace-nowrap">{leadLabel}</span>
      ) : (
        <span className="text-tertiary">{pingId ? pingWords[side] : 'no name'}</span>
      ),
  },
  {
    key: 'way',
    width: 'w-80',
    header: side === 'seller' ? 'Where' : 'From → to',
    cell: (event) => <Way words={wayOf(event)} />,
  },
  {
    key: 'reason',
    header: 'Reason',
    cell: ({ reason }) =>
      reason ? (
        <span title={reason} className="line-clamp-2 max-w-72 text-pretty text-secondary max-sm:text-right">
          {reason}
        </span>
      ) : (
        <span className="text-tertiary">–</span>
      ),
  },
  {
    key: 'took',
    header: 'Took',
    align: 'right',
    width: 'w-20',
    phone: 'hide',
    cell: ({ type, durationMs }) =>
      type === 'feedback' ? <span className="text-tertiary">–</span> : durationWords(durationMs),
  },
  {
    key: 'price',
    header: 'Price',
    align: 'right',
    width: 'w-24',
    cell: (event) => <Money cents={ownCents(event, side)} />,
  },
]

/** Events, newest first; each opens its lead at this event. */
export function EventTable({ events, side, timeZone, isFiltered }: EventTableProps) {
  return (
    <DataTable
      caption="Events, newest first"
      rows={events}
      columns={columnsOf(side, timeZone)}
      rowKey={({ id }) => id}
      rowHref={(event) => hrefOf(event, side)}
      empty={isFiltered ? <NothingFound /> : <NoEvents side={side} />}
    />
  )
}

function NothingFound() {
  return (
    <EmptyState icon={<Activity />} title="No events like these">
      Nothing matches the filters. A search finds a whole email address, phone number, lead ID or event ID.
    </EmptyState>
  )
}

function NoEvents({ side }: { side: Side }) {
  return (
    <EmptyState
      icon={<Activity />}
      title="No events yet"
      link={{ href: '/api/docs', label: 'How leads are submitted' }}
    >
      {side === 'seller'
        ? 'Everything that happens to a lead stands here as it happens: submissions, filters, deliveries and what buyers say back.'
        : 'Each lead that a seller delivers to you stands here as it arrives, with what your system answered.'}
    </EmptyState>
  )
}
