'use client'

import { MailQuestionMark } from 'lucide-react'
import { useId, useState, useTransition } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import type { StepState } from '@/lib/flows/schema'
import { resendInvitationAction, revokeInvitationAction } from '../../actions'
import { useEditor } from '../editor-context'

/** An invitation on its way: send it again, to another address if need be, or take it back. */
export function PendingInvitation({ state }: { state: StepState & { invitationId: string } }) {
  const { reload, flush } = useEditor()
  const [email, setEmail] = useState(state.invitedEmail ?? '')
  const id = useId()
  const [isPending, start] = useTransition()
  const isExpired = state.setup === 'invitation_expired'
  const isOther = email.trim() !== '' && email.trim() !== state.invitedEmail
  const resend = () =>
    start(async () => {
      await flush()
      const result = await resendInvitationAction({ id: state.invitationId, ...(isOther && { email: email.trim() }) })
      if (!result.ok) return void toast.error(result.error.issues?.[0]?.message ?? result.error.message)
      toast.success(`Sent to ${result.value.email}. The link in the earlier mail no longer works.`)
      await reload()
    })
  async function revoke() {
    await flush()
    const result = await revokeInvitationAction({ id: state.invitationId })
    if (!result.ok) return void toast.error(result.error.message)
    toast('Invitation revoked. Its link no longer works.')
    await reload()
  }
  return (
    <section aria-label="Invitation" className="flex flex-col gap-4 rounded-lg border bg-surface p-4">
      <div className="flex items-start gap-3">
        <MailQuestionMark aria-hidden className="mt-0.5 size-4 shrink-0 text-blue" />
        <div className="min-w-0 flex-1">
          <p className="break-words font-medium">
            {isExpired ? 'The invitation expired' : `Invited ${state.invitedEmail ?? 'the buyer'}`}
          </p>
          <p className="text-pretty text-tertiary">
            {isExpired
              ? 'Send it again: the new link works as long as the first did.'
              : 'You get a mail when it is accepted, and another when setup is finished. The step stays off until you enable it.'}
          </p>
        </div>
      </div>
      <div className="flex flex-wrap items-end gap-2">
        <div className="flex min-w-56 flex-1 flex-col gap-1.5">
          <Label htmlFor={id}>Send it to</Label>
          <Input
            id={id}
            type="email"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
            autoComplete="off"
          />
        </div>
        <Button pending={isPending} onClick={resend}>
          {isOther ? 'Send to this address' : 'Resend'}
        </Button>
        <ConfirmDialog
          trigger={<Button variant="danger">Revoke</Button>}
          title="Revoke this invitation?"
          description={`The link that was mailed to ${state.invitedEmail ?? 'the buyer'} stops working. You can invite again.`}
          confirm="Revoke invitation"
          danger
          onConfirm={revoke}
        />
      </div>
    </section>
  )
}
