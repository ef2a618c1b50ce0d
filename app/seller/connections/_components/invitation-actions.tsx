'use client'

import { Send } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { toast } from 'sonner'
import { TextField } from '@/components/form/fields'
import { Form, SubmitButton } from '@/components/form/form'
import { useActionForm } from '@/components/form/use-action-form'
import { useVerb } from '@/components/form/use-verb'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Dialog, DialogButtons, DialogContent, DialogTrigger } from '@/components/ui/dialog'
import { type InvitationView, ResendInvitationInput } from '@/lib/connections/schema'
import { resendAction, revokeInvitationAction } from '../actions'

/** Send again, to another address if it was the wrong one, and take back. */
export function InvitationActions({ invitation: { id, email, status } }: { invitation: InvitationView }) {
  const { run } = useVerb()
  const [isOpen, setOpen] = useState(false)
  if (status !== 'pending' && status !== 'expired') return null
  return (
    <span className="relative z-10 inline-flex gap-2">
      <Dialog open={isOpen} onOpenChange={setOpen}>
        <DialogTrigger asChild>
          <Button size="sm">
            <Send />
            Resend
          </Button>
        </DialogTrigger>
        <DialogContent
          title="Resend invitation"
          description="The new mail has a new link. Links sent before no longer work."
          size="sm"
        >
          <ResendForm id={id} email={email} onDone={() => setOpen(false)} />
        </DialogContent>
      </Dialog>
      {status === 'pending' && (
        <ConfirmDialog
          trigger={
            <Button size="sm" variant="danger">
              Revoke
            </Button>
          }
          title={`Revoke the invitation to ${email}?`}
          description="Its link stops working at once. You can send a new invitation at any time."
          confirm="Revoke invitation"
          danger
          onConfirm={() => run(() => revokeInvitationAction({ id }), { done: 'Invitation revoked.' })}
        />
      )}
    </span>
  )
}

function ResendForm({ id, email, onDone }: { id: string; email: string; onDone: () => void }) {
  const router = useRouter()
  const form = useActionForm(
    ResendInvitationInput,
    resendAction,
    { id, email },
    {
      onSuccess: (sent) => {
        toast.success(`Sent to ${sent.email}.`)
        onDone()
        router.refresh()
      },
    },
  )
  return (
    <Form form={form}>
      <TextField
        name="email"
        label="Email"
        type="email"
        inputMode="email"
        autoComplete="off"
        hint="Change it to send to someone else."
      />
      <DialogButtons>
        <SubmitButton>Resend invitation</SubmitButton>
      </DialogButtons>
    </Form>
  )
}
