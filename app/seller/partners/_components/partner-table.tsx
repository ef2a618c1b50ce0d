import { Handshake } from 'lucide-react'
import { capMeters } from '@/components/selling/cap-words'
import { type Column, DataTable } from '@/components/table/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { Progress } from '@/components/ui/progress'
import type { CapUse } from '@/lib/flows/schema'
import { isSoldTo, type PartnerSummary } from '@/lib/partners/schema'
import { PartnerState, typeWords } from './partner-words'

type PartnerTableProps = {
  partners: readonly PartnerSummary[]
  /** Of all of them. */
  uses: readonly CapUse[]
  now: number
  /** It is a search that found nothing. */
  isFiltered: boolean
}

type UseProps = { partner: PartnerSummary } & Pick<PartnerTableProps, 'uses' | 'now'>

/** How far its limits are used: the one that is nearest to its end. */
function Use({ partner: { id, type, caps }, uses, now }: UseProps) {
  if (!isSoldTo(type)) return <span className="text-tertiary">–</span>
  const own = uses.filter((use) => use.id === id)
  const zone = own[0]?.timeZone ?? 'UTC'
  const meters = capMeters({ caps: caps ?? undefined, uses: own, zone, now, from: 'now' })
  const share = ({ used, limit = 0 }: { used: number; limit: number | undefined }) => (limit ? used / limit : 0)
  const nearest = meters.toSorted((a, b) => share(b) - share(a))[0]
  if (!nearest) return <span className="text-tertiary">No limit</span>
  const { used, limit = 0, words, isFull } = nearest
  return (
    <span className="flex w-full max-w-72 flex-col gap-1 max-sm:items-end">
      <Progress label={words} value={used} max={limit} tone={isFull ? 'amber' : 'accent'} />
      <span className={isFull ? 'text-amber text-xs tabular-nums' : 'text-tertiary text-xs tabular-nums'}>{words}</span>
    </span>
  )
}

const Contact = ({ partner: { contactName, email, phone } }: { partner: PartnerSummary }) => {
  const [first, second] = [contactName, email, phone].filter(Boolean)
  if (!first) return <span className="text-tertiary">–</span>
  return (
    <span className="flex min-w-0 flex-col max-sm:items-end">
      <span className="break-words">{first}</span>
      {second && <span className="break-all text-tertiary text-xs">{second}</span>}
    </span>
  )
}

const columnsOf = (shared: Pick<PartnerTableProps, 'uses' | 'now'>): Column<PartnerSummary>[] => [
  { key: 'name', header: 'Partner', phone: 'title', cell: ({ name }) => name },
  { key: 'type', header: 'Type', width: 'w-44', cell: ({ type }) => typeWords[type] },
  {
    key: 'status',
    header: 'Status',
    width: 'w-28',
    phone: 'aside',
    cell: ({ status }) => <PartnerState status={status} />,
  },
  { key: 'contact', header: 'Contact', cell: (partner) => <Contact partner={partner} /> },
  { key: 'use', header: 'Limits', cell: (partner) => <Use partner={partner} {...shared} /> },
]

/** The account's partners with how far their limits are used; each opens its settings. */
export function PartnerTable({ partners, isFiltered, ...shared }: PartnerTableProps) {
  return (
    <DataTable
      caption="Partners"
      rows={partners}
      columns={columnsOf(shared)}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/seller/partners/${id}`}
      empty={isFiltered ? <NothingFound /> : <NoPartners />}
    />
  )
}

const NothingFound = () => (
  <EmptyState icon={<Handshake />} title="No partner like that">
    Search for another part of the name, the contact or the email, or clear the search.
  </EmptyState>
)

const NoPartners = () => (
  <EmptyState
    icon={<Handshake />}
    title="No partners yet"
    link={{ href: '/seller/connections', label: 'Invite a buyer instead' }}
  >
    Keep who you sell to and buy from, with how many leads they take and when. Create one, then choose it in its buyer
    steps; a buyer that accepts an invitation gets its record by itself.
  </EmptyState>
)
