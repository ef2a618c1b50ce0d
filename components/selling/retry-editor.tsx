'use client'

import { plannedTries, Retry } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { DraftNumber } from '../flow/draft-field'
import { problemsAt } from '../flow/problem-notes'
import { shortDuration } from './duration'
import { DurationField } from './duration-field'

type RetryEditorProps = {
  retry: Retry | undefined
  onChange: (retry: Retry | undefined) => void
  path: string
  problems: readonly Problem[]
}

const start = Retry.parse({})

/** How often a delivery that failed is tried again, and when. */
export function RetryEditor({ retry, onChange, path, problems }: RetryEditorProps) {
  const now = retry ?? start
  const set = (part: Partial<Retry>) => onChange({ ...now, ...part })
  const at = (name: keyof Retry) => problemsAt(problems, `${path}.${name}`)
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <DraftNumber
        label="Tries at the most"
        className="max-w-60"
        value={now.max_attempts}
        min={1}
        max={20}
        isWhole
        hint="The first one counts. 1: it is not tried again."
        problems={at('max_attempts')}
        onChange={(most) => set({ max_attempts: most ?? 1 })}
      />
      {now.max_attempts > 1 && (
        <>
          <div className="grid gap-4 sm:grid-cols-2">
            <DurationField
              label="First pause"
              value={now.first_delay}
              problems={at('first_delay')}
              onChange={(first_delay) => set({ first_delay })}
            />
            <DraftNumber
              label="Each pause is longer by"
              className="max-w-60"
              prefix="×"
              value={now.backoff}
              min={1}
              max={10}
              problems={at('backoff')}
              onChange={(backoff) => set({ backoff: backoff ?? 2 })}
            />
            <DurationField
              label="Longest pause"
              value={now.max_delay}
              problems={at('max_delay')}
              onChange={(max_delay) => set({ max_delay })}
            />
            <DurationField
              label="Give up after"
              value={now.max_age}
              problems={at('max_age')}
              onChange={(max_age) => set({ max_age })}
            />
          </div>
          <Schedule retry={now} />
        </>
      )}
    </div>
  )
}

/** When the tries are made, on a line. */
function Schedule({ retry }: { retry: Retry }) {
  const tries = plannedTries(retry).map((ms, index) => ({ number: index + 1, ms }))
  const missing = retry.max_attempts - tries.length
  return (
    <figure className="flex flex-col gap-2 rounded-lg border bg-surface p-3">
      <figcaption className="font-medium text-sm">When it is tried</figcaption>
      <ol aria-label="When it is tried" className="flex flex-wrap gap-x-1 gap-y-2">
        {tries.map(({ number, ms }) => (
          <li key={number} className="flex items-center gap-1">
            {number > 1 && <span aria-hidden className="h-px w-3 bg-line-strong" />}
            <span className="inline-flex items-center gap-1.5 rounded-md bg-muted px-2 py-1 text-sm tabular-nums">
              <span className="text-tertiary text-xs">{number}</span>
              {number === 1 ? 'at once' : `after ${shortDuration(ms)}`}
            </span>
          </li>
        ))}
      </ol>
      <p className="text-pretty text-tertiary text-xs">
        Each pause is up to a fifth longer by chance, so that many leads do not come back at once. A buyer’s Retry-After
        can only make it later.
        {missing > 0 && ` ${missing} more would come after ${retry.max_age}, and are not made.`}
      </p>
    </figure>
  )
}
