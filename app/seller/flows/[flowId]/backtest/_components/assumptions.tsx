'use client'

import { Input } from '@/components/ui/input'
import { NativeSelect } from '@/components/ui/native-select'
import type { CreateBacktestInput } from '@/lib/backtests/schema'

export type Assumption = NonNullable<CreateBacktestInput['assume']>

type AssumptionFieldProps = {
  label: string
  value: Assumption | undefined
  /** The words for leaving it to the choice for all. */
  none?: string
  onChange: (value: Assumption | undefined) => void
}

function assumptionOf(answers: string): Assumption | undefined {
  if (answers === 'accepts' || answers === 'rejects') return { answers }
  return answers === 'accepts_percent' ? { answers, percent: 70 } : undefined
}

/** What a buyer is taken to say. */
export function AssumptionField({ label, value, none, onChange }: AssumptionFieldProps) {
  return (
    <div className="flex items-center gap-2">
      <NativeSelect
        aria-label={`${label}: what is assumed`}
        value={value?.answers ?? ''}
        onChange={(event) => onChange(assumptionOf(event.target.value))}
        className="min-w-0 flex-1"
      >
        {none !== undefined && <option value="">{none}</option>}
        <option value="accepts">accepts every lead</option>
        <option value="rejects">rejects every lead</option>
        <option value="accepts_percent">accepts a share</option>
      </NativeSelect>
      {value?.answers === 'accepts_percent' && (
        <span className="w-24 shrink-0">
          <Input
            aria-label={`${label}: percent accepted`}
            inputMode="numeric"
            suffix="%"
            value={String(value.percent)}
            onChange={(event) => {
              const percent = Number(event.target.value)
              if (percent >= 0 && percent <= 100) onChange({ answers: 'accepts_percent', percent })
            }}
          />
        </span>
      )}
    </div>
  )
}
