import { cn } from '@/components/ui/cn'
import { formatMoney } from '@/lib/money'

const signed = (value: number, text: string) => (value > 0 ? `+${text}` : value < 0 ? `−${text}` : '±0')

type DeltaProps = {
  value: number | undefined
  isMoney?: boolean
  /** More of it is worse: a cost, an error. */
  isBad?: boolean
}

/** How much more or less; never by colour alone, as the sign says it. */
export function Delta({ value, isMoney, isBad }: DeltaProps) {
  if (value === undefined) return <span className="text-tertiary">–</span>
  const size = Math.abs(value)
  const isGood = isBad ? value < 0 : value > 0
  return (
    <span
      className={cn(
        'whitespace-nowrap tabular-nums',
        value === 0 ? 'text-tertiary' : isGood ? 'text-green' : 'text-red',
      )}
    >
      {signed(value, isMoney ? formatMoney(size) : size.toLocaleString('en-US'))}
    </span>
  )
}
