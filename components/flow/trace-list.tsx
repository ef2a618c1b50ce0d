import { Check, X } from 'lucide-react'
import type { Comparison, TraceEntry } from '@/lib/engine/types'
import { cn } from '../ui/cn'

const textOf = (value: unknown): string => {
  if (value === undefined || value === null || value === '') return 'blank'
  return Array.isArray(value)
    ? value.map(textOf).join(', ')
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value)
}

const Mark = ({ passed, isCalm }: { passed: boolean; isCalm?: boolean }) => (
  <span className={cn('mt-0.5 shrink-0', passed ? 'text-green' : isCalm ? 'text-tertiary' : 'text-amber')}>
    {passed ? <Check aria-hidden className="size-3.5" /> : <X aria-hidden className="size-3.5" />}
    <span className="sr-only">{passed ? 'yes:' : 'no:'}</span>
  </span>
)

function Compared({ comparison, isCalm }: { comparison: Comparison; isCalm: boolean }) {
  const hasValue = 'left' in comparison
  return (
    <li className="flex items-start gap-1.5">
      <Mark passed={comparison.passed} isCalm={isCalm} />
      <span className="min-w-0">
        {comparison.text}
        {hasValue && (
          <>
            {' '}
            <span className="text-tertiary">was</span>{' '}
            <code className="break-all font-mono text-xs">{textOf(comparison.left)}</code>
            {typeof comparison.right === 'string' && !comparison.text.includes(comparison.right) && (
              <>
                , <code className="break-all font-mono text-xs">{comparison.right}</code>
              </>
            )}
          </>
        )}
      </span>
    </li>
  )
}

type ComparisonListProps = {
  comparisons: readonly Comparison[]
  /** The decision did not hang on those that were not met. */
  isCalm?: boolean
  className?: string
}

/** What was compared, and what it was. */
export function ComparisonList({ comparisons, isCalm = false, className }: ComparisonListProps) {
  return (
    <ul className={cn('flex flex-col gap-0.5', className)}>
      {comparisons.map((comparison, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a trace is written once and never moves
        <Compared key={at} comparison={comparison} isCalm={isCalm} />
      ))}
    </ul>
  )
}

/** Why a decision fell as it did: each thought in words, with the values it saw. */
export function TraceList({ trace, className }: { trace: readonly TraceEntry[]; className?: string }) {
  if (trace.length === 0) return null
  return (
    <ul className={cn('flex flex-col gap-1.5 text-sm', className)}>
      {trace.map(({ kind, passed, text, comparisons }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a trace is written once and never moves
        <li key={`${kind} ${index}`} className="flex flex-col gap-1">
          <span className="flex items-start gap-1.5">
            <Mark passed={passed} />
            <span className="min-w-0 text-pretty">{text}</span>
          </span>
          {comparisons && comparisons.length > 0 && (
            <ComparisonList comparisons={comparisons} isCalm={passed} className="ml-5 text-secondary" />
          )}
        </li>
      ))}
    </ul>
  )
}
