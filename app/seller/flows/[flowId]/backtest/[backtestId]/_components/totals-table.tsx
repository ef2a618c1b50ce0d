import { Money } from '@/components/ui/money'
import type { BacktestTotals } from '@/lib/engine'
import { Delta } from '../../_components/delta'

type Side = BacktestTotals['before']
type Line = { label: string; of: (side: Side) => number; isMoney?: boolean; isBad?: boolean }

const lines: Line[] = [
  { label: 'Leads', of: ({ leads }) => leads },
  { label: 'Sold', of: ({ sold }) => sold },
  { label: 'Revenue', of: ({ revenueCents }) => revenueCents, isMoney: true },
  { label: 'Cost', of: ({ costCents }) => costCents, isMoney: true, isBad: true },
  { label: 'Margin', of: ({ revenueCents, costCents }) => revenueCents - costCents, isMoney: true },
  { label: 'Answered with success', of: ({ success }) => success },
  { label: 'Answered with failure', of: ({ failure }) => failure, isBad: true },
  { label: 'Answered with error', of: ({ error }) => error, isBad: true },
  { label: 'Not known', of: ({ pending }) => pending, isBad: true },
]

/** What happened and what would have, in sums. */
export function TotalsTable({ totals: { before, after } }: { totals: BacktestTotals }) {
  const hasBefore = before.leads > 0
  // A file has no before, and a line of nothing but zeros says nothing.
  const shown = lines.filter(({ of }, index) => index < 5 || of(before) !== 0 || of(after) !== 0)
  return (
    <div className="overflow-x-auto rounded-lg border bg-surface">
      <table className="w-full text-sm tabular-nums">
        <caption className="sr-only">Totals</caption>
        <thead>
          <tr className="text-right text-tertiary text-xs [&>th]:px-3 [&>th]:py-2 [&>th]:font-medium">
            <th scope="col" className="text-left">
              Totals
            </th>
            {hasBefore && <th scope="col">Happened</th>}
            <th scope="col">Would have</th>
            {hasBefore && <th scope="col">Change</th>}
          </tr>
        </thead>
        <tbody className="[&_td]:border-t [&_td]:px-3 [&_td]:py-1.5 [&_td]:text-right [&_th]:border-t [&_th]:px-3 [&_th]:py-1.5">
          {shown.map(({ label, of, isMoney, isBad }) => (
            <tr key={label}>
              <th scope="row" className="text-left font-normal text-secondary">
                {label}
              </th>
              {hasBefore && <td>{isMoney ? <Money cents={of(before)} /> : of(before).toLocaleString('en-US')}</td>}
              <td className="font-medium">
                {isMoney ? <Money cents={of(after)} /> : of(after).toLocaleString('en-US')}
              </td>
              {hasBefore && (
                <td>
                  <Delta value={of(after) - of(before)} isMoney={isMoney ?? false} isBad={isBad ?? false} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
