import { Money } from '@/components/ui/money'
import type { BacktestTotals } from '@/lib/engine'
import { Delta } from '../../_components/delta'

type Buyer = BacktestTotals['before']['buyers'][number]
type Pair = { stepId: string; name: string; before: Buyer | undefined; after: Buyer | undefined }

function pairsOf({ before, after }: BacktestTotals): Pair[] {
  const ids = new Set([...after.buyers, ...before.buyers].map(({ stepId }) => stepId))
  return [...ids].map((stepId) => {
    const [was, is] = [before, after].map(({ buyers }) => buyers.find((buyer) => buyer.stepId === stepId))
    return { stepId, name: is?.name ?? was?.name ?? stepId, before: was, after: is }
  })
}

const askedOf = (buyer: Buyer | undefined) =>
  buyer ? buyer.accepted + buyer.rejected + buyer.error + buyer.unknown : 0

/** What each buyer was offered and bought, in truth and in the backtest. */
export function BuyerTotals({ totals }: { totals: BacktestTotals }) {
  const hasBefore = totals.before.leads > 0
  const pairs = pairsOf(totals)
  if (pairs.length === 0) return null
  return (
    <div className="overflow-x-auto rounded-lg border bg-surface">
      <table className="w-full text-sm tabular-nums">
        <caption className="sr-only">Buyers</caption>
        <thead>
          <tr className="text-right text-tertiary text-xs [&>th]:whitespace-nowrap [&>th]:px-3 [&>th]:py-2 [&>th]:font-medium">
            <th scope="col" className="text-left">
              Buyer
            </th>
            <th scope="col">Asked</th>
            <th scope="col">Bought</th>
            {hasBefore && (
              <th scope="col" className="max-sm:hidden">
                Change
              </th>
            )}
            <th scope="col">Pays</th>
            {hasBefore && <th scope="col">Change</th>}
          </tr>
        </thead>
        <tbody className="[&_td]:border-t [&_td]:px-3 [&_td]:py-1.5 [&_td]:text-right [&_th]:border-t [&_th]:px-3 [&_th]:py-1.5">
          {pairs.map(({ stepId, name, before, after }) => (
            <tr key={stepId}>
              <th scope="row" className="max-w-32 truncate text-left font-medium sm:max-w-48">
                {name}
                {!after && <span className="font-normal text-tertiary"> got no lead</span>}
              </th>
              <td>{askedOf(after).toLocaleString('en-US')}</td>
              <td className="font-medium">{(after?.accepted ?? 0).toLocaleString('en-US')}</td>
              {hasBefore && (
                <td className="max-sm:hidden">
                  <Delta value={(after?.accepted ?? 0) - (before?.accepted ?? 0)} />
                </td>
              )}
              <td className="font-medium">
                <Money cents={after?.revenueCents ?? 0} />
              </td>
              {hasBefore && (
                <td>
                  <Delta value={(after?.revenueCents ?? 0) - (before?.revenueCents ?? 0)} isMoney />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
