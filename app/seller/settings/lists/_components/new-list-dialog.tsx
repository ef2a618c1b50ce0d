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
import { CreateListInput, listHashes, listTypes } from '@/lib/lists/schema'
import { createListAction } from '../actions'
import { hashWords, typeWords } from './list-words'

/** Makes a list and opens it, to be filled. */
export function NewListDialog() {
  const [isOpen, setOpen] = useState(false)
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <Plus />
          Create list
        </Button>
      </DialogTrigger>
      <DialogContent title="Create list" description="Empty at first; its values are uploaded next.">
        <NewListForm />
      </DialogContent>
    </Dialog>
  )
}

function NewListForm() {
  const router = useRouter()
  const form = useActionForm(
    CreateListInput,
    createListAction,
    { name: '', type: 'string', hash: 'none' },
    { onSuccess: ({ id }) => router.push(`/seller/settings/lists/${id}`) },
  )
  return (
    <Form form={form}>
      <TextField name="name" label="Name" placeholder="Service area" autoFocus autoComplete="off" />
      <NativeSelectField
        name="type"
        label="What it holds"
        hint="Values are read as such, so that (512) 789-1111 and 5127891111 are one phone number."
        options={listTypes.map((type) => ({ value: type, label: typeWords[type] }))}
      />
      <NativeSelectField
        name="hash"
        label="How they are kept"
        hint="With a hash only digests are kept. Upload digests, or values to be hashed as they come in."
        options={listHashes.map((hash) => ({ value: hash, label: hashWords[hash] }))}
      />
      <DialogButtons>
        <SubmitButton>Create list</SubmitButton>
      </DialogButtons>
    </Form>
  )
}
