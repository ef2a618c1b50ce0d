import type { Overview } from '@/lib/reports/schema'
import { durationWords } from '../event/duration-words'
import type { Side } from '../event/event-words'
import { type Column, DataTable } from '../table/data-table'
import { Card } from '../ui/card'
import { Money } from '../ui/money'
import { OutcomeBadge } from '../ui/outcome-badge'

type Subject = Overview['subjects'][number]
type Counted = 'accepted' | 'rejected' | 'error' | 'unknown' | 'skipped'

const outcomes: Counted[] = ['accepted', 'rejected', 'error', 'unknown']

const countOf = (outcome: Counted): Column<Subject> => ({
  key: outcome,
  header: outcome.charAt(0).toUpperCase() + outcome.slice(1),
  align: 'right',
  width: 'w-24',
  cell: (subject) =>
    subject[outcome] > 0 ? subject[outcome].toLocaleString('en-US') : <span className="text-tertiary">0</span>,
})

const columnsOf = (side: Side): Column<Subject>[] => [
  { key: 'name', header: side === 'seller' ? 'Buyer step' : 'Seller', cell: ({ name }) => name },
  ...outcomes.map(countOf),
  ...(side === 'seller' ? [{ ...countOf('skipped'), phone: 'hide' as const }] : []),
  {
    key: 'median',
    phone: 'hide',
    header: 'Median time',
    align: 'right',
    width: 'w-28',
    cell: ({ medianMs }) =>
      medianMs === undefined ? (
        <span className="text-tertiary">–</span>
      ) : (
        <span title="Half of the answers came within this time">≤ {durationWords(medianMs)}</span>
      ),
  },
  {
    key: 'money',
    phone: 'aside',
    header: side === 'seller' ? 'Earned' : 'Spent',
    align: 'right',
    width: 'w-28',
    cell: ({ cents }) => <Money cents={cents} />,
  },
]

/** Who got how many in the last 24 hours; each opens its events. */
export function DeliveryTable({ subjects, side }: { subjects: Overview['subjects']; side: Side }) {
  return (
    <Card title="Deliveries" description="Last 24 hours, without tests" flush>
      <div className="max-sm:p-3 [&_th]:static [&_tr:last-child_td]:border-b-0">
        <DataTable
          caption="Deliveries of the last 24 hours"
          rows={subjects}
          columns={columnsOf(side)}
          rowKey={({ id }) => id}
          rowHref={({ href }) => href}
          empty={
            <p className="flex items-center gap-2 px-4 py-6 text-sm text-tertiary">
              <OutcomeBadge outcome="skipped" plain />
              Nothing was delivered in this time.
            </p>
          }
        />
      </div>
    </Card>
  )
}
