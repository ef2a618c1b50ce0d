import { Contact } from 'lucide-react'
import type { LeadItem } from '@/lib/leads/schema'
import type { Side } from '../event/event-words'
import { type Column, DataTable } from '../table/data-table'
import { EmptyState } from '../ui/empty-state'
import { Money } from '../ui/money'
import { OutcomeBadge } from '../ui/outcome-badge'
import { RelativeTime } from '../ui/relative-time'
import { nameOf, ownStateOf } from './lead-state'
import { phoneText } from './phone-text'

type LeadTableProps = { leads: readonly LeadItem[]; side: Side; timeZone: string; isFiltered: boolean }

const lead: Column<LeadItem> = {
  key: 'lead',
  header: 'Lead',
  cell: (item) => <span className="max-sm:break-words sm:whitespace-nowrap">{nameOf(item)}</span>,
}

const outcome: Column<LeadItem> = {
  key: 'outcome',
  header: 'Outcome',
  width: 'w-56',
  phone: 'aside',
  cell: (item) => (
    <span className="flex min-w-0 flex-col max-sm:items-end">
      <span className="inline-flex items-center gap-x-2">
        <OutcomeBadge outcome={ownStateOf(item)} plain />
        {item.isTest && <OutcomeBadge outcome="test" />}
      </span>
      {item.reason && (
        <span title={item.reason} className="line-clamp-1 max-w-64 text-tertiary text-xs max-sm:max-w-44">
          {item.reason}
        </span>
      )}
    </span>
  ),
}

const contact: Column<LeadItem> = {
  key: 'contact',
  header: 'Contact',
  cell: ({ email, phone }) => (
    <span className="flex min-w-0 flex-col max-sm:items-end">
      {email && <span className="max-w-64 truncate">{email}</span>}
      {phone && <span className="whitespace-nowrap text-tertiary text-xs">{phoneText(phone)}</span>}
      {!email && !phone && <span className="text-tertiary">–</span>}
    </span>
  ),
}

const place: Column<LeadItem> = {
  key: 'place',
  header: 'Place',
  phone: 'hide',
  cell: (item) =>
    item.place ? <span className="whitespace-nowrap">{item.place}</span> : <span className="text-tertiary">–</span>,
}

const source: Column<LeadItem> = {
  key: 'source',
  header: 'Source',
  phone: 'hide',
  cell: ({ sourceName, flowName }) => (
    <span className="flex min-w-0 flex-col max-sm:items-end">
      <span className="max-w-48 truncate">{sourceName ?? 'Test console'}</span>
      {flowName && <span className="max-w-48 truncate text-tertiary text-xs">{flowName}</span>}
    </span>
  ),
}

const seller: Column<LeadItem> = { key: 'seller', header: 'Seller', cell: ({ partnerName }) => partnerName ?? '–' }

const paid: Column<LeadItem> = {
  key: 'paid',
  header: 'Paid',
  align: 'right',
  width: 'w-24',
  cell: ({ priceCents }) => <Money cents={priceCents || undefined} />,
}

const earned: Column<LeadItem> = {
  key: 'earned',
  header: 'Earned',
  align: 'right',
  width: 'w-24',
  cell: ({ revenueCents }) => <Money cents={revenueCents || undefined} />,
}

const receivedIn = (timeZone: string): Column<LeadItem> => ({
  key: 'received',
  header: 'Received',
  align: 'right',
  width: 'w-28',
  cell: ({ receivedAt }) => (
    <RelativeTime at={receivedAt} timeZone={timeZone} className="whitespace-nowrap text-tertiary" />
  ),
})

const columnsOf = (side: Side, timeZone: string): Column<LeadItem>[] => [
  lead,
  outcome,
  contact,
  place,
  ...(side === 'seller' ? [source, { ...paid, phone: 'hide' as const }, earned] : [seller, paid]),
  receivedIn(timeZone),
]

/** Leads, newest first; each opens. */
export function LeadTable({ leads, side, timeZone, isFiltered }: LeadTableProps) {
  return (
    <DataTable
      caption="Leads, newest first"
      rows={leads}
      columns={columnsOf(side, timeZone)}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/${side}/leads/${id}`}
      empty={<NoLeads side={side} isFiltered={isFiltered} />}
    />
  )
}

function NoLeads({ side, isFiltered }: { side: Side; isFiltered: boolean }) {
  if (isFiltered)
    return (
      <EmptyState icon={<Contact />} title="No leads like these">
        Nothing matches the filters. A search finds a whole email address, phone number or lead ID.
      </EmptyState>
    )
  return (
    <EmptyState icon={<Contact />} title="No leads yet" link={{ href: '/api/docs', label: 'How leads are submitted' }}>
      {side === 'seller'
        ? 'Every lead that your sources submit stands here, with who bought it or why nobody did.'
        : 'Every lead that was delivered to you stands here, with what your system answered.'}
    </EmptyState>
  )
}
