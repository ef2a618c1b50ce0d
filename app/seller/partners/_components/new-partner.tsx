'use client'

import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { TextField } from '@/components/form/fields'
import { Form, SubmitButton } from '@/components/form/form'
import { NativeSelectField } from '@/components/form/native-select-field'
import { useActionForm } from '@/components/form/use-action-form'
import { Button } from '@/components/ui/button'
import { Dialog, DialogButtons, DialogContent, DialogTrigger } from '@/components/ui/dialog'
import { CreatePartnerInput, type PartnerSummary, type PartnerType } from '@/lib/partners/schema'
import { createPartnerAction } from '../actions'
import { typeOptions } from './partner-words'

/** *Create partner*, which opens the new one. It `startsOpen` when the command palette sent the person here. */
export function NewPartnerButton({ startsOpen }: { startsOpen: boolean }) {
  const router = useRouter()
  const [isOpen, setOpen] = useState(startsOpen)
  function open(wanted: boolean) {
    setOpen(wanted)
    if (!wanted && startsOpen) router.replace('/seller/partners')
  }
  return (
    <Dialog open={isOpen} onOpenChange={open}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <Plus />
          Create partner
        </Button>
      </DialogTrigger>
      <NewPartnerContent type="partner" onMade={({ id }) => router.push(`/seller/partners/${id}`)} />
    </Dialog>
  )
}

type NewPartnerProps = { type: PartnerType; onMade: (partner: PartnerSummary) => unknown }

/** The inside of a dialog that makes a partner. */
export function NewPartnerContent(props: NewPartnerProps) {
  return (
    <DialogContent
      title="Create partner"
      description="Limits, schedule and more contact details come next, on its page."
    >
      <NewPartnerForm {...props} />
    </DialogContent>
  )
}

function NewPartnerForm({ type, onMade }: NewPartnerProps) {
  const form = useActionForm(
    CreatePartnerInput,
    createPartnerAction,
    { name: '', type, email: '' },
    { onSuccess: onMade },
  )
  return (
    <Form form={form}>
      <TextField name="name" label="Name" placeholder="Coastal Mutual" autoFocus autoComplete="off" />
      <NativeSelectField name="type" label="Type" options={typeOptions} />
      <TextField
        name="email"
        label="Email"
        type="email"
        inputMode="email"
        optional
        autoComplete="off"
        placeholder="name@partner.com"
        hint="When you invite this address, the connection becomes this partner’s."
      />
      <DialogButtons>
        <SubmitButton>Create partner</SubmitButton>
      </DialogButtons>
    </Form>
  )
}
