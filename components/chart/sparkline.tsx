import { cn } from '../ui/cn'
import { type Tone, toneText } from '../ui/outcome'

type SparklineProps = { values: readonly number[]; label: string; tone?: Tone; className?: string }

const width = 120
const height = 32

/** The course of a number, without axes; `label` says in words what it shows. */
export function Sparkline({ values, label, tone = 'accent', className }: SparklineProps) {
  const top = Math.max(1, ...values)
  const stepX = width / Math.max(1, values.length - 1)
  const points = values.map(
    (value, index) => `${(index * stepX).toFixed(1)},${(height - 2 - (value / top) * (height - 4)).toFixed(1)}`,
  )
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
      className={cn('h-8 w-full overflow-visible', toneText[tone], className)}
    >
      {points.length > 1 && (
        <>
          <polygon points={`0,${height} ${points.join(' ')} ${width},${height}`} fill="currentColor" opacity="0.1" />
          <polyline
            points={points.join(' ')}
            fill="none"
            stroke="currentColor"
            strokeWidth="1.5"
            strokeLinejoin="round"
            vectorEffect="non-scaling-stroke"
          />
        </>
      )}
    </svg>
  )
}
