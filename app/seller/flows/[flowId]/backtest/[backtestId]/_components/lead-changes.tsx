import { type Column, DataTable } from '@/components/table/data-table'
import { Badge } from '@/components/ui/badge'
import { EmptyState } from '@/components/ui/empty-state'
import { Money } from '@/components/ui/money'
import { OutcomeBadge } from '@/components/ui/outcome-badge'
import type { BacktestLead } from '@/lib/backtests/schema'
import { Delta } from '../../_components/delta'
import { changeWords } from './change-words'

type Ending = BacktestLead['after']

/** Who bought it, or why nobody did. */
function Ends({ ending }: { ending: Ending }) {
  const sold = ending.buyers.filter(({ outcome }) => outcome === 'accepted')
  return (
    <span className="flex min-w-0 flex-col gap-0.5">
      <span className="flex flex-wrap items-center gap-x-2">
        <OutcomeBadge outcome={ending.outcome} reason={ending.reason} plain />
        {sold.length > 0 && (
          <span>
            {sold.map(({ name }) => name).join(', ')} · <Money cents={ending.revenueCents} />
          </span>
        )}
      </span>
      {ending.reason && <span className="text-pretty text-tertiary text-xs">{ending.reason}</span>}
    </span>
  )
}

const money = ({ before, after }: BacktestLead) => {
  const margin = (ending: Ending) => ending.revenueCents - ending.costCents
  return before ? margin(after) - margin(before) : margin(after)
}

const columns: Column<BacktestLead>[] = [
  {
    key: 'lead',
    header: 'Lead',
    cell: ({ label, position }) => <span className="whitespace-nowrap">{label ?? `Row ${position}`}</span>,
  },
  {
    key: 'change',
    header: 'Difference',
    phone: 'aside',
    cell: ({ change }) => <Badge tone={changeWords[change].tone}>{changeWords[change].word}</Badge>,
  },
  {
    key: 'before',
    header: 'Happened',
    cell: ({ before }) => (before ? <Ends ending={before} /> : <span className="text-tertiary">–</span>),
  },
  { key: 'after', header: 'Would have', cell: ({ after }) => <Ends ending={after} /> },
  { key: 'money', header: 'Margin', align: 'right', cell: (lead) => <Delta value={money(lead)} isMoney /> },
]

/** Lead by lead, differences first; one of the log opens. */
export function LeadChanges({ leads, isRunning }: { leads: readonly BacktestLead[]; isRunning: boolean }) {
  return (
    <DataTable
      caption="Leads of the backtest"
      rows={leads}
      columns={columns}
      rowKey={({ position }) => String(position)}
      rowHref={({ leadId }) => (leadId === undefined ? undefined : `/seller/leads/${leadId}`)}
      empty={
        <EmptyState title={isRunning ? 'The first leads appear in a moment' : 'No leads here'}>
          {isRunning ? undefined : 'No lead of the flow came in at that time, or none differs in this way.'}
        </EmptyState>
      }
    />
  )
}
