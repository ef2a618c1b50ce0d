'use client'

import { type ReactNode, useId } from 'react'
import { DraftArea, DraftNumber } from '@/components/flow/draft-field'
import { problemsAt } from '@/components/flow/problem-notes'
import { Label } from '@/components/ui/label'
import { Switch } from '@/components/ui/switch'
import type { FlowDocument } from '@/lib/engine/schema'
import { useEditor } from '../editor-context'
import { PanelFrame, PanelPart } from '../panel-frame'

type Feedback = FlowDocument['feedback']

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
const checkReasons = (text: string) => {
  const lines = linesOf(text)
  if (lines.length > 100) return 'Use at most 100 reasons.'
  return lines.some((line) => line.length > 200) ? 'Keep each reason to 200 characters.' : undefined
}

export function FeedbackPanel() {
  const { document, problems, change } = useEditor()
  const { return: returned, conversion } = document.feedback
  const set = (feedback: Partial<Feedback>) => change((now) => ({ ...now, feedback: { ...now.feedback, ...feedback } }))
  const setReturn = (part: Partial<Feedback['return']>) => set({ return: { ...returned, ...part } })
  return (
    <PanelFrame
      title="Feedback"
      description="What buyers may tell you about a lead after they got it. They post it with the event ID of the delivery."
    >
      <PanelPart title="Returns">
        <Toggle
          isOn={returned.allowed}
          onChange={(allowed) => setReturn({ allowed })}
          hint="A buyer gives a lead back."
        >
          Take returns
        </Toggle>
        {returned.allowed && (
          <>
            <DraftNumber
              label="Within days of delivery"
              className="max-w-60"
              value={returned.within_days}
              isWhole
              max={400}
              hint="0: at any time."
              problems={problemsAt(problems, 'feedback.return.within_days')}
              onChange={(days) => setReturn({ within_days: days ?? 0 })}
            />
            <DraftArea
              label="Reasons"
              optional
              rows={3}
              value={returned.reasons.join('\n')}
              check={checkReasons}
              placeholder={'Wrong number\nDuplicate'}
              hint="One a line. Empty: any reason."
              problems={problemsAt(problems, 'feedback.return.reasons')}
              onChange={(text) => setReturn({ reasons: linesOf(text) })}
            />
            <Toggle
              isOn={returned.reason_required}
              onChange={(reason_required) => setReturn({ reason_required })}
              hint="A return without one is refused."
            >
              A reason is required
            </Toggle>
          </>
        )}
      </PanelPart>
      <PanelPart title="Conversions">
        <Toggle
          isOn={conversion.allowed}
          onChange={(allowed) => set({ conversion: { allowed } })}
          hint="A buyer tells that a lead became a customer."
        >
          Take conversions
        </Toggle>
      </PanelPart>
    </PanelFrame>
  )
}

type ToggleProps = { isOn: boolean; onChange: (isOn: boolean) => void; hint?: string; children: ReactNode }

/** A switch of the draft with its name at the left. */
export function Toggle({ isOn, onChange, hint, children }: ToggleProps) {
  const id = useId()
  return (
    <div className="flex max-w-xl items-start justify-between gap-4">
      <div className="flex min-w-0 flex-col">
        <Label htmlFor={id}>{children}</Label>
        {hint && (
          <p id={`${id}-hint`} className="text-pretty text-tertiary text-xs">
            {hint}
          </p>
        )}
      </div>
      <Switch id={id} checked={isOn} onCheckedChange={onChange} {...(hint && { 'aria-describedby': `${id}-hint` })} />
    </div>
  )
}
