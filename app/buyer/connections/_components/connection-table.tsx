import { ConnectionState, HealthBadge } from '@/components/connection/connection-state'
import { type Column, DataTable } from '@/components/table/data-table'
import { RelativeTime } from '@/components/ui/relative-time'
import type { BuyerConnectionView } from '@/lib/connections/schema'

const columns: Column<BuyerConnectionView>[] = [
  { key: 'seller', header: 'Seller', cell: ({ partner }) => partner.name },
  {
    key: 'setup',
    header: 'Status',
    cell: ({ setup }) => <ConnectionState setup={setup} side="buyer" />,
    phone: 'aside',
  },
  { key: 'leads', header: 'Leads', cell: ({ flowName }) => flowName ?? <span className="text-tertiary">Any</span> },
  {
    key: 'destination',
    header: 'Delivered to',
    cell: ({ destination }) => destination?.name ?? <span className="text-tertiary">Not chosen yet</span>,
  },
  { key: 'health', header: 'Health', cell: ({ health }) => <HealthBadge health={health} />, phone: 'hide' },
  {
    key: 'delivered',
    header: 'Leads in 30 days',
    align: 'right',
    cell: ({ stats }) => stats.delivered.toLocaleString('en-US'),
  },
  {
    key: 'created',
    header: 'Connected',
    align: 'right',
    cell: ({ createdAt }) => <RelativeTime at={createdAt} className="whitespace-nowrap text-tertiary" />,
    phone: 'hide',
  },
]

/** Sellers that the account receives leads from. */
export function ConnectionTable({ connections }: { connections: readonly BuyerConnectionView[] }) {
  return (
    <DataTable
      caption="Connections"
      rows={connections}
      columns={columns}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/buyer/connections/${id}`}
    />
  )
}
