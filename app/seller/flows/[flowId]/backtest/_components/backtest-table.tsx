import { History } from 'lucide-react'
import { type Column, DataTable } from '@/components/table/data-table'
import { StatusBadge } from '@/components/ui/badge'
import { EmptyState } from '@/components/ui/empty-state'
import { Progress } from '@/components/ui/progress'
import { RelativeTime } from '@/components/ui/relative-time'
import type { BacktestView } from '@/lib/backtests/schema'
import { isOpen, leadsWords, revenueChange, versionWords } from './backtest-words'
import { Delta } from './delta'

const columns: Column<BacktestView>[] = [
  {
    key: 'what',
    header: 'What',
    cell: (backtest) => `${versionWords(backtest)} on ${leadsWords(backtest)}`,
  },
  {
    key: 'status',
    header: 'State',
    phone: 'aside',
    cell: (backtest) =>
      isOpen(backtest) ? (
        <span className="flex w-28 items-center gap-2">
          <Progress value={backtest.done} max={backtest.total} label="Leads tried" />
          <span className="text-tertiary text-xs">{backtest.status}</span>
        </span>
      ) : (
        <StatusBadge status={backtest.status} />
      ),
  },
  {
    key: 'leads',
    header: 'Leads',
    align: 'right',
    cell: ({ done }) => done.toLocaleString('en-US'),
  },
  {
    key: 'sold',
    header: 'Sold',
    align: 'right',
    cell: ({ totals }) => (totals ? totals.after.sold.toLocaleString('en-US') : '–'),
  },
  {
    key: 'revenue',
    header: 'Revenue',
    align: 'right',
    cell: (backtest) => <Delta value={revenueChange(backtest)} isMoney />,
  },
  {
    key: 'when',
    header: 'When',
    cell: ({ createdAt, createdBy }) => (
      <span className="whitespace-nowrap text-tertiary">
        <RelativeTime at={createdAt} />
        {createdBy && <span className="max-xl:hidden"> by {createdBy}</span>}
      </span>
    ),
  },
]

/** The backtests of a flow that are kept. */
export function BacktestTable({ flowId, backtests }: { flowId: string; backtests: readonly BacktestView[] }) {
  return (
    <DataTable
      caption="Backtests"
      rows={backtests}
      columns={columns}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/seller/flows/${flowId}/backtest/${id}`}
      empty={
        <EmptyState icon={<History />} title="No backtest yet">
          Choose leads at the side and run one: you see what the draft would have made of each, differences first.
          Results are kept for 30 days.
        </EmptyState>
      }
    />
  )
}
