'use client'

import { useId } from 'react'
import { ProblemNotes, problemsAt } from '@/components/flow/problem-notes'
import { FailoverEditor } from '@/components/selling/failover-editor'
import { RetryEditor } from '@/components/selling/retry-editor'
import { Alert } from '@/components/ui/alert'
import { RadioGroup } from '@/components/ui/radio-group'
import type { BuyerStep } from '@/lib/engine/schema'
import { useEditor } from '../editor-context'
import { PanelPart } from '../panel-frame'
import { StepCircuit } from './step-circuit'
import type { StepChangeProps } from './step-tab'
import { useBuyerChoices } from './use-buyer-choices'

const mayBeSoldTwice = ({ failover, on_unknown: unknown }: BuyerStep) =>
  failover?.failure_detection?.timeout_ms !== undefined || unknown === 'next_buyer'

const unknowns = [
  {
    value: 'reconcile',
    label: 'Wait for a decision',
    hint: 'Nobody else gets it. It is not charged until the end is known.',
  },
  { value: 'next_buyer', label: 'Ask the next buyer', hint: 'The lead can be sold twice.' },
]

/** What happens when a delivery fails, or nobody knows how it ended. */
export function FailoverTab({ step, path, problems, change }: StepChangeProps) {
  const { revision } = useEditor()
  const buyers = useBuyerChoices(step.id)
  const id = useId()
  return (
    <>
      {mayBeSoldTwice(step) && (
        <Alert kind="warning" title="A lead can be sold twice">
          After an attempt without an answer the lead goes on to the next buyer, though the first one may have it. That
          attempt is listed for a decision and not charged.
        </Alert>
      )}
      <PanelPart
        title="Tries"
        description="A delivery that failed for certain is the same attempt when it is tried again: same event ID, same Idempotency-Key."
      >
        <RetryEditor
          retry={step.retry}
          onChange={(retry) => change(({ retry: _, ...rest }) => (retry ? { ...rest, retry } : rest))}
          path={`${path}.retry`}
          problems={problems}
        />
      </PanelPart>
      <PanelPart title="Failover" description="Who is asked when the tries are over, from top to bottom.">
        <FailoverEditor
          failover={step.failover}
          onChange={(failover) => change(({ failover: _, ...rest }) => (failover ? { ...rest, failover } : rest))}
          buyers={buyers}
          path={`${path}.failover`}
          problems={problems}
          revision={revision}
        />
      </PanelPart>
      <StepCircuit step={step} />
      <PanelPart title={<span id={id}>When no usable answer comes</span>}>
        <RadioGroup
          aria-labelledby={id}
          columns={2}
          options={unknowns}
          value={step.on_unknown ?? 'reconcile'}
          onValueChange={(unknown) =>
            change(({ on_unknown: _, ...rest }) => (unknown === 'next_buyer' ? { ...rest, on_unknown: unknown } : rest))
          }
        />
        <ProblemNotes problems={problemsAt(problems, `${path}.on_unknown`)} />
      </PanelPart>
    </>
  )
}
