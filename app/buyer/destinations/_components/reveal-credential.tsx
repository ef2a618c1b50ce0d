'use client'

import { Eye } from 'lucide-react'
import { useState } from 'react'
import { TextField } from '@/components/form/fields'
import { Form, SubmitButton } from '@/components/form/form'
import { useActionForm } from '@/components/form/use-action-form'
import { Button } from '@/components/ui/button'
import { CodeBlock } from '@/components/ui/code-block'
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog'
import { RevealCredentialInput } from '@/lib/destinations/schema'
import { revealCredentialAction } from '../actions'

/** Shows the saved credential to an admin who gives the password again. */
export function RevealCredential({ destinationId, label }: { destinationId: string; label: string }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="ghost">
          <Eye />
          Reveal
        </Button>
      </DialogTrigger>
      <DialogContent
        size="sm"
        title={`Reveal the ${label.toLowerCase()}`}
        description="Give your password again. That you looked is kept in the audit."
      >
        {/* The dialog stands in another form's tree, which must not take this submit for its own. */}
        <div onSubmit={(event) => event.stopPropagation()}>
          <RevealForm destinationId={destinationId} label={label} />
        </div>
      </DialogContent>
    </Dialog>
  )
}

function RevealForm({ destinationId, label }: { destinationId: string; label: string }) {
  const [credential, setCredential] = useState<string>()
  const form = useActionForm(
    RevealCredentialInput,
    revealCredentialAction,
    { id: destinationId, password: '' },
    { onSuccess: (value) => setCredential(value.credential) },
  )
  if (credential !== undefined) return <CodeBlock code={credential} label={label} wrap />
  return (
    <Form form={form}>
      <TextField name="password" label="Your password" type="password" autoComplete="current-password" autoFocus />
      <SubmitButton className="self-end">Reveal</SubmitButton>
    </Form>
  )
}
