import { Check, X } from 'lucide-react'
import type { Comparison, RuleReport } from '@/lib/engine/types'
import { cn } from '../ui/cn'

function shown(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'blank'
  return Array.isArray(value) ? value.map(shown).join(', ') : String(value)
}

const Mark = ({ passed }: { passed: boolean }) => (
  <span className={cn('mt-0.5 shrink-0', passed ? 'text-green' : 'text-red')}>
    {passed ? <Check aria-hidden className="size-3.5" /> : <X aria-hidden className="size-3.5" />}
    <span className="sr-only">{passed ? 'True:' : 'False:'}</span>
  </span>
)

function Compared({ comparison }: { comparison: Comparison }) {
  const isHidden = !('left' in comparison)
  return (
    <span className="flex min-w-0 items-start gap-1.5">
      <Mark passed={comparison.passed} />
      <span className="min-w-0 text-pretty">
        {comparison.text}{' '}
        <span className="text-tertiary">
          {isHidden ? (
            '(its value is not shown)'
          ) : (
            <>
              was <code className="break-all font-mono text-xs">{shown(comparison.left)}</code>
              {'right' in comparison &&
                typeof comparison.right === 'string' &&
                !comparison.text.includes(comparison.right) && (
                  <>
                    , <code className="break-all font-mono text-xs">{comparison.right}</code>
                  </>
                )}
            </>
          )}
        </span>
      </span>
    </span>
  )
}

/** What became of every comparison of a rule, group by group. */
export function RuleReportView({ report }: { report: RuleReport }) {
  if (!('parts' in report)) return <Compared comparison={report} />
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <span className="flex items-start gap-1.5 text-secondary">
        <Mark passed={report.passed} />
        {report.join === 'and' ? 'All of these' : 'Any of these'}
      </span>
      <ul className="ml-1.5 flex flex-col gap-1 border-l pl-3">
        {report.parts.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts stand as the rule has them, and hold no state
          <li key={index} className="min-w-0">
            <RuleReportView report={part} />
          </li>
        ))}
      </ul>
    </div>
  )
}
