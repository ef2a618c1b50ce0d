'use client'

import { useId } from 'react'
import { CircuitBreaker, type Failover } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { DraftNumber } from '../flow/draft-field'
import { problemsAt } from '../flow/problem-notes'
import { RadioGroup } from '../ui/radio-group'
import { DurationField } from './duration-field'

type Breaker = NonNullable<Failover['failure_detection']>['circuit_breaker']

const choices = [
  { value: 'usual', label: 'As usual', hint: 'After 10 failures in a row within a minute, for a minute.' },
  { value: 'own', label: 'As set here', hint: 'After so many failures, for so long.' },
  { value: 'off', label: 'Never', hint: 'It goes on being asked, whatever happens.' },
]

const choiceOf = (breaker: Breaker) => (breaker === undefined ? 'usual' : breaker === false ? 'off' : 'own')

type BreakerFieldsProps = {
  breaker: Breaker
  onChange: (breaker: Breaker) => void
  path: string
  problems: readonly Problem[]
}

/** When a buyer that fails is left alone for a while. */
export function BreakerFields({ breaker, onChange, path, problems }: BreakerFieldsProps) {
  const id = useId()
  const choose = (choice: string) =>
    onChange(choice === 'usual' ? undefined : choice === 'off' ? false : CircuitBreaker.parse({}))
  return (
    <div className="flex flex-col gap-2">
      <p id={id} className="font-medium text-sm">
        Leave it alone when it keeps failing
      </p>
      <RadioGroup aria-labelledby={id} columns={3} options={choices} value={choiceOf(breaker)} onValueChange={choose} />
      {breaker && (
        <div className="grid gap-4 pt-1 sm:grid-cols-3">
          <DraftNumber
            label="Failures"
            value={breaker.failure_threshold}
            min={1}
            max={1_000}
            isWhole
            problems={problemsAt(problems, `${path}.failure_threshold`)}
            onChange={(count) => onChange({ ...breaker, failure_threshold: count ?? 5 })}
          />
          <DurationField
            label="Within"
            value={breaker.time_window}
            problems={problemsAt(problems, `${path}.time_window`)}
            onChange={(time_window) => onChange({ ...breaker, time_window })}
          />
          <DurationField
            label="Left alone for"
            hint="Then one lead tries it."
            value={breaker.recovery_timeout}
            problems={problemsAt(problems, `${path}.recovery_timeout`)}
            onChange={(recovery_timeout) => onChange({ ...breaker, recovery_timeout })}
          />
        </div>
      )}
    </div>
  )
}
