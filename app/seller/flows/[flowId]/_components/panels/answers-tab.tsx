'use client'

import { AnswerFields } from '@/components/flow/answer-fields'
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
    <AnswerFields
      answers={connection.response}
      path={`${path}.connection.response`}
      problems={problems}
      onChange={(response) => set({ connection: { ...connection, response } })}
    />
  )
}
