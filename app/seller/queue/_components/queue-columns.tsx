import type { ReactNode } from 'react'
import { nameOf } from '@/components/lead/lead-state'
import { phoneText } from '@/components/lead/phone-text'
import type { Column } from '@/components/table/data-table'
import { OutcomeBadge } from '@/components/ui/outcome-badge'
import { exactTime, RelativeTime } from '@/components/ui/relative-time'
import type { QueueItem } from '@/lib/queue/schema'

type Who = Pick<QueueItem, 'label' | 'email' | 'phone' | 'isTest' | 'flowName' | 'sourceName'>

/** Name, and how to reach them. */
export const leadCell = (lead: Who) => {
  const contact = [lead.email, lead.phone && phoneText(lead.phone)].filter((part) => part && part !== nameOf(lead))
  return (
    <span className="flex min-w-0 flex-col">
      <span className="inline-flex flex-wrap items-center gap-x-2 max-sm:break-words">
        {nameOf(lead)}
        {lead.isTest && <OutcomeBadge outcome="test" />}
      </span>
      <span className="max-w-64 truncate font-normal text-tertiary text-xs">{contact.join(' · ')}</span>
    </span>
  )
}

/** Where a lead came in. */
export const sourceCell = ({ sourceName, flowName }: Who) => (
  <span className="flex min-w-0 flex-col max-sm:items-end">
    <span className="max-w-48 truncate">{sourceName ?? 'Test console'}</span>
    {flowName && <span className="max-w-48 truncate text-tertiary text-xs">{flowName}</span>}
  </span>
)

const wishWords: Record<NonNullable<QueueItem['wish']>, string> = {
  release: 'released',
  drop: 'dropped',
  reassign: 'reassigned',
  replay: 'replayed',
}

const shortTime = (at: string, timeZone: string) => exactTime(Date.parse(at), timeZone).replace(/:\d\d (?=\D)/, ' ')

/** Lead, whom it waits for and why, where it is from, since when and until when. */
export const queueColumns = (timeZone: string, menu?: (lead: QueueItem) => ReactNode): Column<QueueItem>[] => [
  { key: 'lead', header: 'Lead', cell: leadCell },
  {
    key: 'buyer',
    header: 'Waits for',
    cell: ({ name, recipient }) => (
      <span className="flex min-w-0 flex-col max-sm:items-end">
        <span className="max-w-52 truncate">{name}</span>
        {recipient && recipient !== name && (
          <span className="max-w-52 truncate text-tertiary text-xs">{recipient}</span>
        )}
      </span>
    ),
  },
  {
    key: 'reason',
    header: 'Because',
    cell: ({ reason, wish }) => (
      <span className="flex min-w-0 flex-col items-start gap-0.5 max-sm:items-end max-sm:text-right">
        <span title={reason} className="line-clamp-2 max-w-72 text-pretty">
          {reason}
        </span>
        {wish && <OutcomeBadge outcome={wishWords[wish]} plain className="text-xs" />}
      </span>
    ),
  },
  { key: 'source', header: 'Source', cell: sourceCell },
  {
    key: 'since',
    header: 'Since',
    align: 'right',
    phone: 'hide',
    cell: ({ heldAt }) => <RelativeTime at={heldAt} timeZone={timeZone} className="whitespace-nowrap text-tertiary" />,
  },
  {
    key: 'due',
    header: 'Due',
    align: 'right',
    cell: ({ dueAt }) => (
      <span className="flex flex-col items-end whitespace-nowrap">
        <RelativeTime at={dueAt} timeZone={timeZone} />
        <span className="text-tertiary text-xs">{shortTime(dueAt, timeZone)}</span>
      </span>
    ),
  },
  ...(menu ? [{ key: 'menu', header: <span className="sr-only">Actions</span>, cell: menu }] : []),
]
