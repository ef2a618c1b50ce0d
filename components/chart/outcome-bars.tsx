import { cn } from '../ui/cn'
import { outcomeLook, toneFill } from '../ui/outcome'

type Bar = { label: string; counts: Readonly<Record<string, number>> }
type OutcomeBarsProps = { bars: readonly Bar[]; label: string; className?: string }

const order = ['accepted', 'success', 'queued', 'pending', 'unknown', 'skipped', 'rejected', 'failure', 'error']
const totalOf = (bar: Bar) => Object.values(bar.counts).reduce((sum, count) => sum + count, 0)

/** Counts by outcome over time, stacked, in the outcomes' colours. The same numbers stand in a table for screen readers. */
export function OutcomeBars({ bars, label, className }: OutcomeBarsProps) {
  const top = Math.max(1, ...bars.map(totalOf))
  const present = order.filter((outcome) => bars.some(({ counts }) => counts[outcome]))
  return (
    <figure className={cn('flex min-w-0 flex-col gap-2', className)}>
      <figcaption className="sr-only">{label}</figcaption>
      <div aria-hidden className="flex h-40 items-end gap-[3px] border-b">
        {bars.map((bar) => (
          <div key={bar.label} title={wordsOf(bar, present)} className="group flex h-full min-w-0 flex-1 items-end">
            <div
              className="flex w-full flex-col-reverse overflow-hidden rounded-t-sm opacity-85 group-hover:opacity-100"
              style={{ height: `${(totalOf(bar) / top) * 100}%` }}
            >
              {present.map((outcome) => (
                <span
                  key={outcome}
                  className={toneFill[outcomeLook(outcome).tone]}
                  style={{ flexGrow: bar.counts[outcome] ?? 0 }}
                />
              ))}
            </div>
          </div>
        ))}
      </div>
      <div aria-hidden className="flex justify-between text-tertiary text-xs">
        <span>{bars[0]?.label}</span>
        <span>{bars.at(-1)?.label}</span>
      </div>
      <Legend outcomes={present} />
      <NumbersTable bars={bars} outcomes={present} label={label} />
    </figure>
  )
}

const wordsOf = (bar: Bar, outcomes: string[]) =>
  [bar.label, ...outcomes.map((outcome) => `${bar.counts[outcome] ?? 0} ${outcomeLook(outcome).word}`)].join(' · ')

function Legend({ outcomes }: { outcomes: readonly string[] }) {
  return (
    <ul aria-hidden className="flex flex-wrap gap-x-4 gap-y-1 text-secondary text-xs">
      {outcomes.map((outcome) => {
        const { tone, icon: Icon, word } = outcomeLook(outcome)
        return (
          <li key={outcome} className="inline-flex items-center gap-1.5">
            <span className={cn('size-2.5 rounded-sm', toneFill[tone])} />
            <Icon className="size-3 text-tertiary" />
            {word}
          </li>
        )
      })}
    </ul>
  )
}

function NumbersTable({ bars, outcomes, label }: { bars: readonly Bar[]; outcomes: readonly string[]; label: string }) {
  return (
    <table className="sr-only">
      <caption>{label}</caption>
      <thead>
        <tr>
          <th scope="col">When</th>
          {outcomes.map((outcome) => (
            <th key={outcome} scope="col">
              {outcomeLook(outcome).word}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {bars.map((bar) => (
          <tr key={bar.label}>
            <th scope="row">{bar.label}</th>
            {outcomes.map((outcome) => (
              <td key={outcome}>{bar.counts[outcome] ?? 0}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
