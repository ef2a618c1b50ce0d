'use client'

import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { TextField } from '@/components/form/fields'
import { Form, SubmitButton } from '@/components/form/form'
import { useActionForm } from '@/components/form/use-action-form'
import { Button } from '@/components/ui/button'
import { Dialog, DialogButtons, DialogContent, DialogTrigger } from '@/components/ui/dialog'
import { CreateFlowInput } from '@/lib/flows/schema'
import { createFlowAction } from '../actions'

/** *Create flow*. It `startsOpen` when the command palette sent the person here. */
export function CreateFlowDialog({ startsOpen }: { startsOpen: boolean }) {
  const router = useRouter()
  const [isOpen, setOpen] = useState(startsOpen)
  function open(wanted: boolean) {
    setOpen(wanted)
    if (!wanted && startsOpen) router.replace('/seller/flows')
  }
  return (
    <Dialog open={isOpen} onOpenChange={open}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <Plus />
          Create flow
        </Button>
      </DialogTrigger>
      <DialogContent title="Create flow" description="It starts as a draft: nothing is live until you publish it.">
        <CreateFlowForm />
      </DialogContent>
    </Dialog>
  )
}

function CreateFlowForm() {
  const router = useRouter()
  const form = useActionForm(
    CreateFlowInput,
    createFlowAction,
    { name: '' },
    { onSuccess: ({ id }) => router.push(`/seller/flows/${id}`) },
  )
  return (
    <Form form={form}>
      <TextField
        name="name"
        label="Name"
        placeholder="Insurance Leads – California"
        hint="Your sources and buyers see this name."
        autoFocus
        autoComplete="off"
      />
      <DialogButtons>
        <SubmitButton>Create flow</SubmitButton>
      </DialogButtons>
    </Form>
  )
}
