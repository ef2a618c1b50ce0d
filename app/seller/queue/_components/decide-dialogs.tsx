'use client'

import { useRouter } from 'next/navigation'
import { toast } from 'sonner'
import { TextField } from '@/components/form/fields'
import { Form, SubmitButton } from '@/components/form/form'
import { useActionForm } from '@/components/form/use-action-form'
import { nameOf } from '@/components/lead/lead-state'
import { Dialog, DialogButtons, DialogContent } from '@/components/ui/dialog'
import { amountOf } from '@/lib/money'
import { DecideInput, type UndecidedAttempt } from '@/lib/queue/schema'
import { decideAction } from '../actions'

type DecideDialogProps = { attempt: UndecidedAttempt; onClose: () => void }

function useDecision({ attempt, onClose }: DecideDialogProps, accepted: boolean) {
  const router = useRouter()
  const { eventId, recipient, priceCents } = attempt
  const defaults = { eventId, accepted, ...(accepted && { price: amountOf(priceCents) }) }
  return useActionForm(DecideInput, decideAction, defaults, {
    onSuccess: () => {
      toast.success(`${nameOf(attempt)} ${accepted ? 'is sold to' : 'was not taken by'} ${recipient}.`)
      onClose()
      router.refresh()
    },
  })
}

function Buttons({ verb }: { verb: string }) {
  return (
    <DialogButtons>
      <SubmitButton>{verb}</SubmitButton>
    </DialogButtons>
  )
}

/** The buyer has the lead: at which price. */
export function AcceptedDialog(props: DecideDialogProps) {
  const { attempt, onClose } = props
  const form = useDecision(props, true)
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent
        title={`${attempt.recipient} accepted ${nameOf(attempt)}?`}
        description="The lead counts as sold to it at this price, and its source is told. This can’t be undone."
      >
        <Form form={form}>
          <TextField name="price" label="Price" type="number" min={0} step="0.01" inputMode="decimal" autoFocus />
          <Buttons verb="It was accepted" />
        </Form>
      </DialogContent>
    </Dialog>
  )
}

/** The buyer has not got the lead. */
export function NotAcceptedDialog(props: DecideDialogProps) {
  const { attempt, onClose } = props
  const form = useDecision(props, false)
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent
        title={`${attempt.recipient} did not take ${nameOf(attempt)}?`}
        description="What the attempt held is given back: its place in caps, and the contact. The lead ends without this buyer. This can’t be undone."
      >
        <Form form={form}>
          <Buttons verb="It was not accepted" />
        </Form>
      </DialogContent>
    </Dialog>
  )
}
