'use client'

import { DraftArea, DraftNumber } from '@/components/flow/draft-field'
import { problemsAt } from '@/components/flow/problem-notes'
import { Toggle } from '@/components/form/toggle'
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
          label="Take returns"
          hint="A buyer gives a lead back."
          checked={returned.allowed}
          onChange={(allowed) => setReturn({ allowed })}
        />
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
              label="A reason is required"
              hint="A return without one is refused."
              checked={returned.reason_required}
              onChange={(reason_required) => setReturn({ reason_required })}
            />
          </>
        )}
      </PanelPart>
      <PanelPart title="Conversions">
        <Toggle
          label="Take conversions"
          hint="A buyer tells that a lead became a customer."
          checked={conversion.allowed}
          onChange={(allowed) => set({ conversion: { allowed } })}
        />
      </PanelPart>
    </PanelFrame>
  )
}
