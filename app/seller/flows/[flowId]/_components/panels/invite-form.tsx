'use client'

import { Send } from 'lucide-react'
import { useState } from 'react'
import { toast } from 'sonner'
import { type InviteConnection, toConnection } from '@/components/flow/draft-document'
import { CheckboxField, TextAreaField, TextField } from '@/components/form/fields'
import { Form, SubmitButton } from '@/components/form/form'
import { useActionForm } from '@/components/form/use-action-form'
import { Alert } from '@/components/ui/alert'
import { StatusBadge } from '@/components/ui/badge'
import { RadioGroup } from '@/components/ui/radio-group'
import type { InvitationView } from '@/lib/connections/schema'
import { InvitationInput, permissionWords } from '@/lib/connections/schema'
import type { BuyerStep } from '@/lib/engine/schema'
import type { SetupState } from '@/lib/flows/schema'
import type { Result } from '@/lib/result'
import { inviteAction } from '../../actions'
import { useEditor } from '../editor-context'

type InviteFormProps = {
  step: BuyerStep
  connection: InviteConnection
  setup: SetupState
  /** A buyer that is connected already. */
  onPick: (connection: InviteConnection) => void
}

const before: Partial<Record<SetupState, string>> = {
  invitation_declined: 'The buyer declined the last invitation. Invite somebody else, or ask again with a message.',
  invitation_revoked: 'The last invitation was revoked: its link is void.',
  revoked: 'The connection to this buyer was ended. Invite again to go on.',
}

/** Whom to invite: somebody new by mail, or a buyer that is connected already. */
export function InviteForm({ step, connection, setup, onPick }: InviteFormProps) {
  const { view } = useEditor()
  const [who, setWho] = useState<'new' | 'connected'>('new')
  const words = before[setup]
  return (
    <div className="flex flex-col gap-4">
      {words && <Alert kind="warning">{words}</Alert>}
      {view.buyers.length > 0 && (
        <RadioGroup
          aria-label="Which buyer"
          columns={2}
          value={who}
          onValueChange={(value) => setWho(value as typeof who)}
          options={[
            { value: 'new', label: 'Someone new', hint: 'By mail, with a link that works once.' },
            {
              value: 'connected',
              label: 'A connected buyer',
              hint: `${view.buyers.length} so far. No new invitation is needed.`,
            },
          ]}
        />
      )}
      {who === 'new' ? (
        <MailForm step={step} connection={connection} />
      ) : (
        <BuyerList connection={connection} onPick={onPick} />
      )}
    </div>
  )
}

function BuyerList({ connection, onPick }: Pick<InviteFormProps, 'connection' | 'onPick'>) {
  const { view } = useEditor()
  return (
    <RadioGroup
      aria-label="Connected buyers"
      columns={2}
      value=""
      onValueChange={(connectionId) => onPick(toConnection(connection, connectionId))}
      options={view.buyers.map(({ connectionId, name, setup, setupWords }) => ({
        value: connectionId,
        label: name,
        hint: <StatusBadge status={setup === 'ready' ? 'ready' : 'waiting'}>{setupWords}</StatusBadge>,
      }))}
    />
  )
}

const permissions = Object.entries(permissionWords) as [keyof typeof permissionWords, string][]

function MailForm({ step, connection }: Pick<InviteFormProps, 'step' | 'connection'>) {
  const { view, flush, reload } = useEditor()
  const send = async (values: InvitationInput): Promise<Result<InvitationView>> => {
    if (!(await flush()))
      return {
        ok: false,
        error: {
          kind: 'conflict',
          message: 'The draft could not be saved. Mend what is marked, then send the invitation.',
        },
      }
    return inviteAction({ ...values, flow_id: view.flow.id, step_id: step.id, shared_fields: connection.shared_fields })
  }
  const form = useActionForm(
    InvitationInput,
    send,
    {
      email: '',
      message: '',
      permissions: { endpoint_url: true, authentication: true, field_mappings: true, test_mode: true },
    },
    {
      onSuccess: async ({ email }) => {
        toast.success(`Invitation sent to ${email}`)
        await reload()
      },
    },
  )
  return (
    <Form form={form} aria-label="Invite a buyer" className="rounded-lg border bg-surface p-4">
      <TextField
        name="email"
        label="Email of the buyer"
        type="email"
        autoComplete="off"
        placeholder="leads@buyer.com"
        hint="The link works for seven days, and once."
      />
      <TextAreaField
        name="message"
        label="Message"
        optional
        rows={3}
        maxLength={2000}
        placeholder="Please set up your endpoint for California insurance leads. We expect 500 to 1,000 leads a day."
      />
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1.5 font-medium text-sm">The buyer may</legend>
        <div className="grid gap-2 sm:grid-cols-2">
          {permissions.map(([name, words]) => (
            <CheckboxField key={name} name={`permissions.${name}`} label={words} />
          ))}
        </div>
      </fieldset>
      <div className="flex justify-end">
        <SubmitButton>
          <Send />
          Send invitation
        </SubmitButton>
      </div>
    </Form>
  )
}
