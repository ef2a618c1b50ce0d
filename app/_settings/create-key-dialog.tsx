'use client'

import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { TextField } from '@/components/form/fields'
import { Form, SubmitButton } from '@/components/form/form'
import { useActionForm } from '@/components/form/use-action-form'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { CodeBlock } from '@/components/ui/code-block'
import { Dialog, DialogButtons, DialogClose, DialogContent, DialogTrigger } from '@/components/ui/dialog'
import { ApiKeyInput } from '@/lib/accounts/schema'
import { createApiKeyAction } from './actions'

/** Makes a key and shows it this once. */
export function CreateKeyDialog() {
  const router = useRouter()
  const [isOpen, setOpen] = useState(false)
  const [key, setKey] = useState<string>()
  function change(next: boolean) {
    setOpen(next)
    if (!next && key) router.refresh()
    if (!next) setKey(undefined)
  }
  return (
    <Dialog open={isOpen} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <Plus />
          Create API key
        </Button>
      </DialogTrigger>
      <DialogContent
        title={key ? 'Your new API key' : 'Create API key'}
        description={
          key
            ? 'Copy it now: it is stored in a form that can’t be read back.'
            : 'It may do what you may do in this account.'
        }
      >
        {key ? <MadeKey apiKey={key} /> : <KeyForm onMade={setKey} />}
      </DialogContent>
    </Dialog>
  )
}

function KeyForm({ onMade }: { onMade: (key: string) => void }) {
  const form = useActionForm(ApiKeyInput, createApiKeyAction, { name: '' }, { onSuccess: ({ key }) => onMade(key) })
  return (
    <Form form={form}>
      <TextField
        name="name"
        label="Name"
        placeholder="Reporting script"
        hint="What uses it, so that you know what you revoke."
        autoFocus
        autoComplete="off"
      />
      <DialogButtons>
        <SubmitButton>Create key</SubmitButton>
      </DialogButtons>
    </Form>
  )
}

function MadeKey({ apiKey }: { apiKey: string }) {
  return (
    <div className="flex flex-col gap-4">
      <CodeBlock code={apiKey} label="API key" wrap />
      <Alert kind="warning">Keep it like a password. Whoever has it acts as you.</Alert>
      <div className="flex justify-end">
        <DialogClose asChild>
          <Button variant="primary">Done</Button>
        </DialogClose>
      </div>
    </div>
  )
}
