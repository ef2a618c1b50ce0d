'use client'

import { Plus } from 'lucide-react'
import { TextField } from '@/components/form/fields'
import { Form, SubmitButton } from '@/components/form/form'
import { useActionForm } from '@/components/form/use-action-form'
import { Button } from '@/components/ui/button'
import { Dialog, DialogButtons, DialogContent, DialogTrigger } from '@/components/ui/dialog'
import { NewAccountInput } from '@/lib/accounts/schema'
import { createAccountAction } from './actions'

/** A further account for another company of the same person. */
export function CreateAccountDialog() {
  return (
    <Dialog>
      <DialogTrigger asChild>
        <Button variant="primary">
          <Plus />
          Create account
        </Button>
      </DialogTrigger>
      <DialogContent
        title="Create another account"
        description="For another company. It has its own flows, connections and leads; you switch between them at the top left."
      >
        <AccountFields />
      </DialogContent>
    </Dialog>
  )
}

function AccountFields() {
  const form = useActionForm(NewAccountInput, createAccountAction, { company: '' })
  return (
    <Form form={form}>
      <TextField name="company" label="Company" autoFocus autoComplete="organization" />
      <DialogButtons>
        <SubmitButton>Create and open</SubmitButton>
      </DialogButtons>
    </Form>
  )
}
