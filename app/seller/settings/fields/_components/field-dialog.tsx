'use client'

import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { typeChoices } from '@/components/flow/field-type-words'
import { TextField } from '@/components/form/fields'
import { Form, SubmitButton } from '@/components/form/form'
import { NativeSelectField } from '@/components/form/native-select-field'
import { useActionForm } from '@/components/form/use-action-form'
import { Button } from '@/components/ui/button'
import { Dialog, DialogButtons, DialogContent, DialogTrigger } from '@/components/ui/dialog'
import { CreateFieldInput, type CustomFieldView, UpdateFieldInput } from '@/lib/fields/schema'
import { createFieldAction, updateFieldAction } from '../actions'

/** Adds a field of the account, or changes the one that is given. */
export function FieldDialog({ field }: { field?: CustomFieldView }) {
  const router = useRouter()
  const [isOpen, setOpen] = useState(false)
  const done = () => {
    setOpen(false)
    router.refresh()
  }
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        {field ? (
          <Button size="sm" aria-label={`Edit ${field.label}`}>
            Edit
          </Button>
        ) : (
          <Button variant="primary">
            <Plus />
            Add field
          </Button>
        )}
      </DialogTrigger>
      <DialogContent
        title={field ? `Edit ${field.label}` : 'Add a field'}
        description={
          field ? 'Flows that use it keep the type they have.' : 'It is offered in every flow of this account.'
        }
      >
        {field ? <ChangeForm field={field} onDone={done} /> : <NewForm onDone={done} />}
      </DialogContent>
    </Dialog>
  )
}

function NewForm({ onDone }: { onDone: () => void }) {
  const form = useActionForm(
    CreateFieldInput,
    createFieldAction,
    { name: '', type: 'string', label: '', description: '' },
    { onSuccess: onDone },
  )
  return (
    <Form form={form}>
      <TextField name="label" label="Label" placeholder="Loyalty tier" autoFocus autoComplete="off" maxLength={100} />
      <TextField
        name="name"
        label="Name"
        mono
        placeholder="loyalty_tier"
        hint="What sources send, and what rules and mappings call it."
        autoComplete="off"
        maxLength={100}
      />
      <Rest confirm="Add field" />
    </Form>
  )
}

function ChangeForm({ field, onDone }: { field: CustomFieldView; onDone: () => void }) {
  const { name, type, label, description } = field
  const form = useActionForm(
    UpdateFieldInput,
    updateFieldAction,
    { name, type, label, description },
    { onSuccess: onDone },
  )
  return (
    <Form form={form}>
      <TextField name="label" label="Label" autoFocus autoComplete="off" maxLength={100} />
      <Rest confirm="Save field" />
    </Form>
  )
}

function Rest({ confirm }: { confirm: string }) {
  return (
    <>
      <NativeSelectField
        name="type"
        label="Type"
        options={typeChoices}
        hint="How its values are read. A value that does not fit stays as sent, marked as not valid."
      />
      <TextField name="description" label="Description" optional maxLength={500} placeholder="Gold, silver or none" />
      <DialogButtons>
        <SubmitButton>{confirm}</SubmitButton>
      </DialogButtons>
    </>
  )
}
