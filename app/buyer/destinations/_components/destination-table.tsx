import { DestinationState, InsecureBadge } from '@/components/destination/destination-state'
import { type Column, DataTable } from '@/components/table/data-table'
import { StatusBadge } from '@/components/ui/badge'
import { RelativeTime } from '@/components/ui/relative-time'
import type { DestinationSummary } from '@/lib/destinations/schema'

const usedBy = (connections: number) => {
  if (connections === 0) return <span className="text-tertiary">No connection</span>
  return connections === 1 ? '1 connection' : `${connections} connections`
}

const columns: Column<DestinationSummary>[] = [
  { key: 'name', header: 'Name', cell: ({ name }) => name },
  { key: 'status', header: 'Status', cell: ({ status }) => <DestinationState status={status} />, phone: 'aside' },
  {
    key: 'address',
    header: 'Address',
    cell: ({ integration, url, insecure }) => (
      <span className="inline-flex max-w-72 items-center gap-2 align-middle">
        <span className="truncate font-mono text-tertiary text-xs">
          {integration === 'sandbox' ? 'Sandbox buyer' : url}
        </span>
        {insecure && <InsecureBadge />}
      </span>
    ),
    phone: 'line',
  },
  { key: 'used', header: 'Used by', cell: ({ connections }) => usedBy(connections) },
  {
    key: 'test',
    header: 'Last test',
    align: 'right',
    cell: ({ testedAt, testPassed }) =>
      testedAt === null ? (
        <span className="text-tertiary">Never</span>
      ) : (
        <span className="inline-flex items-center gap-3">
          <StatusBadge status={testPassed ? 'passed' : 'failed'} />
          <RelativeTime at={testedAt} className="whitespace-nowrap text-tertiary" />
        </span>
      ),
  },
]

/** The account's destinations. */
export function DestinationTable({ destinations }: { destinations: readonly DestinationSummary[] }) {
  return (
    <DataTable
      caption="Destinations"
      rows={destinations}
      columns={columns}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/buyer/destinations/${id}`}
    />
  )
}
