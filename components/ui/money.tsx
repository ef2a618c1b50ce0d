import { formatMoney } from '@/lib/money'
import { cn } from './cn'

type MoneyProps = { cents: number | null | undefined; currency?: string; className?: string }

/** An amount with its currency and two places; a dash when there is none. */
export function Money({ cents, currency = 'USD', className }: MoneyProps) {
  if (cents === null || cents === undefined) return <span className="text-tertiary">–</span>
  return <span className={cn('whitespace-nowrap tabular-nums', className)}>{formatMoney(cents, currency)}</span>
}
