import { cn } from './cn'
import { type Tone, toneFill } from './outcome'

type ProgressProps = { value: number; max: number; label: string; tone?: Tone; className?: string }

/** How much of a whole: a cap used, a test on its way. `label` is for screen readers; put the numbers beside it. */
export function Progress({ value, max, label, tone = 'accent', className }: ProgressProps) {
  const share = max > 0 ? Math.min(100, Math.max(0, (value / max) * 100)) : 0
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={value}
      className={cn('block h-1.5 w-full overflow-hidden rounded-full bg-hover', className)}
    >
      <span
        className={cn('block h-full rounded-full transition-[width] duration-160', toneFill[tone])}
        style={{ width: `${share}%` }}
      />
    </span>
  )
}
