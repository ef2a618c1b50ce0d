import type { ReactNode } from 'react'
import { type Column, DataTable } from '@/components/table/data-table'
import { RelativeTime } from '@/components/ui/relative-time'
import type { ListSummary } from '@/lib/lists/schema'
import { hashWords, typeWords } from './list-words'

const columns: Column<ListSummary>[] = [
  { key: 'name', header: 'Name', phone: 'title', cell: ({ name }) => <span className="font-medium">{name}</span> },
  {
    key: 'type',
    header: 'Holds',
    cell: ({ type, hash }) => (hash === 'none' ? typeWords[type] : `${typeWords[type]}, ${hashWords[hash]}`),
  },
  {
    key: 'size',
    header: 'Values',
    align: 'right',
    cell: ({ size }) => <span className="tabular-nums">{size.toLocaleString('en-US')}</span>,
  },
  {
    key: 'updated',
    header: 'Changed',
    align: 'right',
    cell: ({ updatedAt }) => <RelativeTime at={updatedAt} className="whitespace-nowrap text-tertiary" />,
  },
]

/** The account's lists; each opens its values. */
export function ListTable({ lists, empty }: { lists: readonly ListSummary[]; empty: ReactNode }) {
  return (
    <DataTable
      caption="Lists"
      rows={lists}
      columns={columns}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/seller/settings/lists/${id}`}
      empty={empty}
    />
  )
}
