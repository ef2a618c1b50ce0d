import { ConnectionState } from '@/components/connection/connection-state'
import { type Column, DataTable } from '@/components/table/data-table'
import { RelativeTime } from '@/components/ui/relative-time'
import type { SellerConnectionView } from '@/lib/connections/schema'

const percent = (share: number | null) => (share === null ? '–' : `${Math.round(share * 100)}%`)

/** Steps that a buyer serves, each once; where the flow is not the step's own name it is said. */
function Steps({ connection: { steps } }: { connection: SellerConnectionView }) {
  if (steps.length === 0) return <span className="text-tertiary">none yet</span>
  return (
    <span className="flex min-w-0 flex-col max-sm:items-end">
      {steps.map(({ flowId, flowName, stepId, stepName, in: where, active }) => (
        <span key={`${flowId} ${stepId}`} className="flex min-w-0 flex-col max-sm:items-end">
          {stepName}
          <span className="text-tertiary text-xs">
            {where === 'draft' ? `in the draft of ${flowName}` : active ? flowName : `${flowName}, off`}
          </span>
        </span>
      ))}
    </span>
  )
}

const columns: Column<SellerConnectionView>[] = [
  { key: 'buyer', header: 'Buyer', cell: ({ partner }) => partner.name },
  {
    key: 'state',
    header: 'State',
    phone: 'aside',
    cell: ({ setup }) => <ConnectionState setup={setup} side="seller" />,
  },
  { key: 'steps', header: 'Steps', cell: (connection) => <Steps connection={connection} /> },
  {
    key: 'delivered',
    header: 'Delivered, 30 days',
    align: 'right',
    cell: ({ stats }) => stats.delivered.toLocaleString('en-US'),
  },
  {
    key: 'rate',
    header: 'Accepted',
    align: 'right',
    width: 'w-24',
    cell: ({ stats }) => percent(stats.acceptanceRate),
  },
  {
    key: 'since',
    header: 'Since',
    align: 'right',
    width: 'w-32',
    cell: ({ createdAt }) => <RelativeTime at={createdAt} className="whitespace-nowrap text-tertiary" />,
  },
]

export function ConnectionTable({ connections }: { connections: readonly SellerConnectionView[] }) {
  return (
    <DataTable
      caption="Connections"
      rows={connections}
      columns={columns}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/seller/connections/${id}`}
    />
  )
}
