'use client'

import { lastAnswerAction, testAnswerAction } from '@/app/answer-actions'
import { AnswerEditor } from '@/components/answer/answer-editor'
import type { ManualConnection } from '@/components/flow/draft-document'
import { useEditor } from '../editor-context'
import { ConfiguredByBuyer } from './configured-by-buyer'
import { SentByMail } from './sent-by-mail'
import type { StepTabProps } from './step-tab'

/** How the buyer's answer is read. */
export function AnswersTab({ step, path, problems, set }: StepTabProps) {
  const { connection } = step
  if (connection.method === 'invite')
    return (
      <ConfiguredByBuyer>
        The buyer tells how its answers are read. You see what came of each lead: outcome, reason, price, its lead ID,
        status code and time.
      </ConfiguredByBuyer>
    )
  if (connection.method === 'email')
    return <SentByMail>A mail has no answer to read: the lead counts as accepted when its mail is queued.</SentByMail>
  return (
    <ManualAnswers
      key={step.id}
      stepId={step.id}
      connection={connection}
      path={`${path}.connection.response`}
      problems={problems}
      onChange={(next) => set({ connection: next })}
    />
  )
}

type ManualAnswersProps = Pick<StepTabProps, 'path' | 'problems'> & {
  stepId: string
  connection: ManualConnection
  onChange: (connection: ManualConnection) => void
}

function ManualAnswers({ stepId, connection, path, problems, onChange }: ManualAnswersProps) {
  const { view, revision } = useEditor()
  return (
    <AnswerEditor
      side="seller"
      isBatch={connection.request.batch !== undefined}
      answers={connection.response}
      path={path}
      problems={problems}
      prefix={`appended.${stepId.replaceAll('-', '_')}`}
      revision={revision}
      tools={{
        test: testAnswerAction,
        last: () => lastAnswerAction({ flow_id: view.flow.id, step_id: stepId }),
      }}
      onChange={(response) => onChange({ ...connection, response })}
    />
  )
}
