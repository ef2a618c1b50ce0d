'use client'

import { UserPlus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { toast } from 'sonner'
import { TextAreaField, TextField } from '@/components/form/fields'
import { Form, SubmitButton } from '@/components/form/form'
import { NativeSelectField } from '@/components/form/native-select-field'
import { useActionForm } from '@/components/form/use-action-form'
import { Button } from '@/components/ui/button'
import { Dialog, DialogButtons, DialogContent, DialogTrigger } from '@/components/ui/dialog'
import { InvitationInput } from '@/lib/connections/schema'
import { inviteAction } from '../actions'

type InviteProps = { flows: readonly { id: string; name: string }[] }

export function InviteDialog({ flows }: InviteProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <UserPlus />
          Invite buyer
        </Button>
      </DialogTrigger>
      <DialogContent
        title="Invite a buyer"
        description="They get a mail with a link that works once, for 7 days. Which fields they see you choose in the flow’s buyer step."
      >
        <InviteForm flows={flows} onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  )
}

function InviteForm({ flows, onDone }: InviteProps & { onDone: () => void }) {
  const router = useRouter()
  const form = useActionForm(
    InvitationInput,
    inviteAction,
    { email: '', message: '', purpose: 'send_leads' },
    {
      onSuccess: ({ email }) => {
        toast.success(`Invitation sent to ${email}.`)
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
        autoFocus
        placeholder="name@buyer.com"
      />
      {flows.length > 0 && (
        <NativeSelectField
          name="flow_id"
          label="Flow"
          hint="The mail names it. To fill a buyer step, invite from that step."
          optional
          none="No flow in particular"
          options={flows.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      <TextAreaField
        name="message"
        label="Message"
        optional
        rows={4}
        placeholder="What leads, how many a day, whom to ask."
        hint="It stands in the mail, and on the page that its link opens."
      />
      <DialogButtons>
        <SubmitButton>Send invitation</SubmitButton>
      </DialogButtons>
    </Form>
  )
}
