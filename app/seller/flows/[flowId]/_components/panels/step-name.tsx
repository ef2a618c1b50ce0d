'use client'

import { withStep } from '@/components/flow/draft-document'
import { DraftText } from '@/components/flow/draft-field'
import type { Step } from '@/lib/engine/schema'
import { useEditor } from '../editor-context'

/** The name of a step of any kind. */
export function StepName({ step }: { step: Step }) {
  const { change } = useEditor()
  return (
    <DraftText
      label="Name"
      value={step.name}
      maxLength={120}
      className="max-w-md"
      check={(text) => (text.trim() === '' ? 'Give the step a name.' : undefined)}
      onChange={(name) => change((now) => withStep(now, step.id, (is) => ({ ...is, name: name.trim() })))}
    />
  )
}
