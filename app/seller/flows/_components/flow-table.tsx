import { Waypoints } from 'lucide-react'
import { type Column, DataTable } from '@/components/table/data-table'
import { StatusBadge } from '@/components/ui/badge'
import { EmptyState } from '@/components/ui/empty-state'
import { RelativeTime } from '@/components/ui/relative-time'
import type { FlowSummary } from '@/lib/flows/schema'
import { FlowSwitch } from './flow-switch'

function LiveState({ flow }: { flow: FlowSummary }) {
  if (flow.liveVersion === null) return <StatusBadge status="draft">Not published</StatusBadge>
  if (!flow.enabled) return <StatusBadge status="disabled">v{flow.liveVersion}, off</StatusBadge>
  return <StatusBadge status="live">live v{flow.liveVersion}</StatusBadge>
}

const columns: Column<FlowSummary>[] = [
  { key: 'name', header: 'Flow', cell: ({ name }) => name },
  { key: 'live', header: 'Live', width: 'w-36', cell: (flow) => <LiveState flow={flow} /> },
  {
    key: 'draft',
    header: 'Draft',
    width: 'w-36',
    cell: ({ changed }) =>
      changed ? (
        <StatusBadge status="changed">Changed</StatusBadge>
      ) : (
        <span className="text-tertiary">Same as live</span>
      ),
  },
  { key: 'sources', header: 'Sources', align: 'right', width: 'w-24', cell: ({ sources }) => sources },
  { key: 'buyers', header: 'Buyer steps', align: 'right', width: 'w-28', cell: ({ buyerSteps }) => buyerSteps },
  {
    key: 'created',
    header: 'Created',
    width: 'w-36',
    cell: ({ createdAt }) => <RelativeTime at={createdAt} className="whitespace-nowrap text-tertiary" />,
  },
  {
    key: 'enabled',
    header: 'Enabled',
    align: 'right',
    width: 'w-24',
    phone: 'aside',
    cell: (flow) => <FlowSwitch flow={flow} />,
  },
]

/** `isFiltered`: it is a search that found nothing. */
export function FlowTable({ flows, isFiltered }: { flows: readonly FlowSummary[]; isFiltered: boolean }) {
  return (
    <DataTable
      caption="Flows"
      rows={flows}
      columns={columns}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/seller/flows/${id}`}
      empty={isFiltered ? <NothingFound /> : <NoFlows />}
    />
  )
}

const NothingFound = () => (
  <EmptyState icon={<Waypoints />} title="No flow has such a name">
    Search for another part of its name, or clear the search.
  </EmptyState>
)

const NoFlows = () => (
  <EmptyState icon={<Waypoints />} title="No flows yet" link={{ href: '/api/docs', label: 'How leads are submitted' }}>
    A flow takes leads from your sources, decides who may get them, and delivers them to your buyers. Create one to get
    a submission URL.
  </EmptyState>
)
