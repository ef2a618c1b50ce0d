'use client'

import { type FormEvent, useMemo, useState, useTransition } from 'react'
import { previewMailAction, recentLeadsAction, sendTestMailAction } from '@/app/_mail/actions'
import { problemsAt } from '@/components/flow/problem-notes'
import type { VariableChoice } from '@/components/flow/variable-picker'
import { RefusalAlert } from '@/components/form/form'
import { type Defaults, MailFields } from '@/components/mail/mail-fields'
import { MailPreview } from '@/components/mail/mail-preview'
import { MailVerbsContext } from '@/components/mail/verbs'
import type { DestinationView } from '@/lib/destinations/schema'
import type { EmailSpec } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import type { Refusal } from '@/lib/errors'
import { SaveBar, type Way } from './save-bar'
import { saveDestination } from './save-destination'
import { useSaved } from './use-saved'

type MailFormProps = {
  destination: DestinationView
  way: Way
  defaults: Defaults
  variables: readonly VariableChoice[]
  sharedFields: string[] | undefined
}

/** Who gets the mail and what it says, beside the mail itself. */
export function MailForm({ destination, way, defaults, variables, sharedFields }: MailFormProps) {
  const isLive = destination.status === 'live'
  const [email, setEmail] = useState<EmailSpec>(destination.config.email ?? { to: [] })
  const [refusal, setRefusal] = useState<Refusal>()
  const [isPending, start] = useTransition()
  const saved = useSaved(way, isLive)
  const verbs = useMemo(
    () => ({
      preview: previewMailAction,
      sendTest: sendTestMailAction,
      recentLeads: () => recentLeadsAction({ side: 'buyer' }),
    }),
    [],
  )
  const problems = (refusal?.issues ?? []).map((issue): Problem => ({ ...issue, severity: 'error' }))
  function submit(event: FormEvent) {
    event.preventDefault()
    start(async () => {
      setRefusal(undefined)
      const result = await saveDestination({ id: destination.id, email })
      if (result.ok) saved()
      else setRefusal(result.error)
    })
  }
  return (
    <MailVerbsContext value={verbs}>
      <div className="grid min-w-0 items-start gap-6 xl:grid-cols-2">
        <form noValidate onSubmit={submit} className="flex min-w-0 flex-col gap-5">
          {refusal && <RefusalAlert refusal={{ ...refusal, issues: [] }} />}
          <MailFields
            email={email}
            defaults={defaults}
            defaultName="the default"
            variables={variables}
            problems={problemsAt(problems, 'email')}
            path="email"
            onChange={setEmail}
          />
          <SaveBar isPending={isPending} way={way} isLive={isLive} />
        </form>
        <MailPreview asked={{ email, side: 'buyer', ...(sharedFields && { sharedFields }) }} canSend />
      </div>
    </MailVerbsContext>
  )
}
