'use client'

import { useState } from 'react'
import { signInTools } from '@/app/_endpoint/tools'
import { DraftSignIn } from '@/components/endpoint/draft-sign-in'
import { problemsWithin } from '@/components/endpoint/sign-in-editor'
import {
  type ManualConnection,
  newInviteConnection,
  newMailConnection,
  newManualConnection,
} from '@/components/flow/draft-document'
import { DraftText } from '@/components/flow/draft-field'
import { problemsAt } from '@/components/flow/problem-notes'
import { AddressField } from '@/components/mail/address-field'
import { RadioGroup } from '@/components/ui/radio-group'
import type { BuyerStep } from '@/lib/engine/schema'
import { checkUrl, methods } from '../connection-methods'
import { useEditor } from '../editor-context'
import { InviteTab } from './invite-tab'
import { PartnerField } from './partner-field'
import type { StepChangeProps } from './step-tab'

type Kept = Partial<Record<BuyerStep['connection']['method'], BuyerStep['connection']>>

/** How the buyer is reached: by an invitation, or by what the seller knows. */
export function ConnectionTab({ step, path, problems, set, change }: StepChangeProps) {
  const { document } = useEditor()
  /** What the other method held, so that a wrong click loses nothing. */
  const [kept, setKept] = useState<Kept>({})
  const [isAskingUrl, setAskingUrl] = useState(false)
  const { connection } = step
  const method = isAskingUrl ? 'manual' : connection.method

  function choose(next: string) {
    if (next === method) return
    if (isAskingUrl) return setAskingUrl(false)
    setKept({ ...kept, [connection.method]: connection })
    if (next === 'manual') {
      if (kept.manual) set({ connection: kept.manual })
      else setAskingUrl(true)
      return
    }
    const fresh = next === 'email' ? newMailConnection : newInviteConnection(document.fields)
    set({ connection: kept[next as 'email' | 'invite'] ?? fresh })
  }

  return (
    <>
      <DraftText
        label="Name of the step"
        value={step.name}
        maxLength={120}
        className="max-w-md"
        check={(text) => (text.trim() === '' ? 'Give the step a name.' : undefined)}
        onChange={(name) => set({ name: name.trim() })}
      />
      {(method !== 'invite' || step.partner_id !== undefined) && (
        <PartnerField step={step} path={path} problems={problems} change={change} />
      )}
      <RadioGroup
        aria-label="How the buyer is connected"
        columns={3}
        options={methods}
        value={method}
        onValueChange={choose}
      />
      {isAskingUrl && (
        <DraftText
          label="URL"
          mono
          type="url"
          value=""
          placeholder="https://api.buyer.com/leads"
          hint="Where leads are posted as JSON. The step changes over when the address is whole."
          check={checkUrl}
          onChange={() => undefined}
          onBlurCapture={(event) => {
            const url = event.currentTarget.value.trim()
            if (checkUrl(url)) return
            setAskingUrl(false)
            set({ connection: newManualConnection(url, document.fields) })
          }}
        />
      )}
      {!isAskingUrl && connection.method === 'manual' && (
        <ManualFields
          connection={connection}
          onChange={(next) => set({ connection: next })}
          path={`${path}.connection`}
          problems={problems}
        />
      )}
      {!isAskingUrl && connection.method === 'email' && (
        <AddressField
          label="To"
          hint="What the mail says, and who else gets it, stands under Email."
          addresses={connection.email.to}
          problems={problemsAt(problems, `${path}.connection.email.to`)}
          onChange={(to) => set({ connection: { ...connection, email: { ...connection.email, to } } })}
        />
      )}
      {!isAskingUrl && connection.method === 'invite' && (
        <InviteTab step={step} connection={connection} problems={problems} path={path} set={set} />
      )}
    </>
  )
}

type ManualFieldsProps = {
  connection: ManualConnection
  onChange: (connection: ManualConnection) => void
  path: string
  problems: StepChangeProps['problems']
}

function ManualFields({ connection, onChange, path, problems }: ManualFieldsProps) {
  const { view, revision } = useEditor()
  const { endpoint } = connection
  const set = (part: Partial<ManualConnection['endpoint']>) =>
    onChange({ ...connection, endpoint: { ...endpoint, ...part } })
  return (
    <>
      <DraftText
        label="URL"
        mono
        type="url"
        inputMode="url"
        value={endpoint.url}
        maxLength={2000}
        check={checkUrl}
        hint="Where each lead is sent, in the format that is set under Delivery."
        problems={problemsAt(problems, `${path}.endpoint.url`)}
        onChange={(url) => set({ url: url.trim() })}
      />
      <DraftSignIn
        endpoint={endpoint}
        tools={{ ...signInTools, secrets: view.flow.secrets }}
        problems={problemsWithin(problems, `${path}.endpoint`)}
        revision={revision}
        onChange={(next) => onChange({ ...connection, endpoint: next })}
      />
    </>
  )
}
