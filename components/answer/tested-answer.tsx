import { ArrowRight } from 'lucide-react'
import type { TestedAnswer } from '@/lib/answers/schema'
import { Badge } from '../ui/badge'
import { cn } from '../ui/cn'
import { Money } from '../ui/money'
import { OutcomeBadge } from '../ui/outcome-badge'
import type { Side } from './path-fields'

const labels: Record<string, string> = {
  'parser.success_path': 'Says yes or no',
  'parser.duplicate_path': 'Says duplicate',
  'parser.reason_path': 'Reason',
  'parser.price_path': 'Price',
  'parser.id_path': 'Buyer’s lead ID',
}
const labelOf = (at: string) => labels[at] ?? at.replace(/^capture\./, '')

const ofLookup: Record<string, string> = { accepted: 'success', rejected: 'failure' }

function Result({ verdict, side }: Pick<TestedAnswer, 'verdict'> & { side: Side }) {
  const { outcome, reason, priceCents, buyerLeadId, duplicate, alert } = verdict
  const facts = [
    { name: 'Reason', value: reason },
    { name: 'Price', value: priceCents === undefined ? undefined : <Money cents={priceCents} /> },
    { name: 'Buyer’s lead ID', value: buyerLeadId },
    { name: 'Alert', value: alert },
  ].filter(({ value }) => value !== undefined)
  return (
    <>
      <p className="flex flex-wrap items-center gap-2">
        <OutcomeBadge outcome={side === 'lookup' ? (ofLookup[outcome] ?? outcome) : outcome} />
        {duplicate && <Badge tone="amber">duplicate</Badge>}
      </p>
      {facts.length > 0 && (
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-0.5 text-sm">
          {facts.map(({ name, value }) => (
            <div key={name} className="contents">
              <dt className="text-tertiary">{name}</dt>
              <dd className="min-w-0 break-words">{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  )
}

/** What stands at each path: nothing found is as much to be seen as a value. */
function Found({ found, deciding }: { found: TestedAnswer['found']; deciding: string | undefined }) {
  if (found.length === 0) return null
  return (
    <ul aria-label="Found in the answer" className="flex flex-col divide-y rounded-lg border text-sm">
      {found.map(({ at, path, values }) => (
        <li
          key={at}
          className={cn(
            'flex min-w-0 flex-wrap items-baseline gap-x-2 px-2.5 py-1.5',
            deciding === at && 'bg-accent-soft/40',
          )}
        >
          <span className="text-tertiary">{labelOf(at)}</span>
          <code className="min-w-0 break-all font-mono text-xs">{path}</code>
          <ArrowRight aria-hidden className="size-3 shrink-0 self-center text-tertiary" />
          <span className={cn('min-w-0 break-words', values.length === 0 && 'text-tertiary')}>
            {values.length > 0 ? values.join(', ') : 'nothing there'}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** What an answer means by the settings, what decided it, and what was found on the way. */
export function TestedAnswerView({ tested, side }: { tested: TestedAnswer; side: Side }) {
  const { verdict, decided, conditions, found, problem, kind } = tested
  const looked = conditions.filter(({ result }) => result !== 'not looked at')
  return (
    <div className="flex min-w-0 flex-col gap-2.5">
      <Result verdict={verdict} side={side} />
      <p className="text-pretty text-secondary text-sm">{decided.words}</p>
      {looked.length > 0 && decided.by !== 'condition' && (
        <p className="text-tertiary text-xs">None of the conditions fits.</p>
      )}
      {looked.some(({ result }) => result === 'does not fit') && (
        <ol className="flex flex-col gap-0.5 text-tertiary text-xs">
          {looked.map(({ words, result }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: conditions stand in their order and hold no state
            <li key={index} className={cn('break-words', result === 'fits' && 'text-accent-text')}>
              {index + 1}. {words}
            </li>
          ))}
        </ol>
      )}
      <Found found={found} deciding={decided.at} />
      {problem && found.length > 0 && <p className="text-amber text-xs">{problem}</p>}
      {kind && !problem && <p className="text-tertiary text-xs">Read as {kind === 'regex' ? 'text' : kind}.</p>}
    </div>
  )
}
