'use client'

import { useMemo, useState } from 'react'
import { previewMailAction, recentLeadsAction, sendTestMailAction } from '@/app/_mail/actions'
import { problemsAt } from '@/components/flow/problem-notes'
import { Toggle } from '@/components/form/toggle'
import { MailFields } from '@/components/mail/mail-fields'
import { MailPreview } from '@/components/mail/mail-preview'
import { MailVerbsContext } from '@/components/mail/verbs'
import type { EmailSpec } from '@/lib/engine/schema'
import { useEditor } from '../editor-context'
import type { StepTabProps } from './step-tab'

/** The mail of a step: the delivery itself, or one that follows a lead which was accepted. */
export function EmailTab({ step, path, problems, set }: StepTabProps) {
  const { connection } = step
  if (connection.method === 'email')
    return (
      <MailEditor
        email={connection.email}
        path={`${path}.connection.email`}
        problems={problems}
        onChange={(email) => set({ connection: { ...connection, email } })}
      />
    )
  return <MailBeside step={step} path={path} problems={problems} set={set} />
}

function MailBeside({ step, path, problems, set }: StepTabProps) {
  /** What was written before it was switched off. */
  const [kept, setKept] = useState<EmailSpec>({ to: [] })
  const { email } = step
  function toggle(isOn: boolean) {
    if (email) setKept(email)
    set({ email: isOn ? kept : undefined } as Parameters<typeof set>[0])
  }
  return (
    <>
      <Toggle
        label="Send a mail too"
        hint="The answer of the delivery decides; a mail follows each lead that was accepted, to addresses that you choose."
        checked={email !== undefined}
        onChange={toggle}
      />
      {email && (
        <MailEditor
          email={email}
          path={`${path}.email`}
          problems={problems}
          onChange={(next) => set({ email: next })}
        />
      )}
    </>
  )
}

type MailEditorProps = {
  email: EmailSpec
  path: string
  problems: StepTabProps['problems']
  onChange: (email: EmailSpec) => void
}

function MailEditor({ email, path, problems, onChange }: MailEditorProps) {
  const { view, document, revision } = useEditor()
  const { id: flowId, name: flowName } = view.flow
  const verbs = useMemo(
    () => ({
      preview: previewMailAction,
      sendTest: sendTestMailAction,
      recentLeads: () => recentLeadsAction({ side: 'seller', flowId }),
    }),
    [flowId],
  )
  return (
    <MailVerbsContext value={verbs}>
      <div className="grid min-w-0 items-start gap-6 xl:grid-cols-2">
        <div key={revision} className="flex min-w-0 flex-col gap-5">
          <MailFields
            email={email}
            defaults={view.mailTemplate}
            defaultName="the account’s default"
            variables={view.variables}
            problems={problemsAt(problems, path)}
            path={path}
            onChange={onChange}
          />
        </div>
        <div className="min-w-0 xl:sticky xl:top-32">
          <MailPreview asked={{ email, fields: document.fields, flowName }} canSend={view.canEdit} />
        </div>
      </div>
    </MailVerbsContext>
  )
}
