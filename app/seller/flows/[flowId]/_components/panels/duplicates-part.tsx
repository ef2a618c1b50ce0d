'use client'

import { DraftNumber } from '@/components/flow/draft-field'
import { problemsAt } from '@/components/flow/problem-notes'
import { Toggle } from '@/components/form/toggle'
import type { BuyerStep } from '@/lib/engine/schema'
import { PanelPart } from '../panel-frame'
import type { StepChangeProps } from './step-tab'

function withDuplicates(step: BuyerStep, accepts: boolean, days: number | undefined): BuyerStep {
  const { accept_duplicates: _, duplicate_window_days: __, ...rules } = step.rules
  if (accepts) return { ...step, rules }
  return {
    ...step,
    rules: { ...rules, accept_duplicates: false, ...(days !== undefined && { duplicate_window_days: days }) },
  }
}

/** Whether a buyer gets the same person twice. */
export function DuplicatesPart({ step, path, problems, change }: StepChangeProps) {
  const { accept_duplicates: accepts, duplicate_window_days: days } = step.rules
  return (
    <PanelPart title="Duplicates">
      <Toggle
        label="Takes the same person again"
        checked={accepts !== false}
        onChange={(isOn) => change((now) => withDuplicates(now, isOn, isOn ? undefined : days))}
        hint="Off: an email or phone that the buyer has had, from any flow that delivers to the same connection, does not reach it again."
      />
      {accepts === false && (
        <DraftNumber
          label="Not again within"
          suffix="days"
          className="max-w-60"
          value={days ?? 30}
          min={1}
          max={400}
          isWhole
          problems={problemsAt(problems, `${path}.rules.duplicate_window_days`)}
          onChange={(next) => change((now) => withDuplicates(now, false, next))}
        />
      )}
    </PanelPart>
  )
}
