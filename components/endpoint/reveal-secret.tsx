'use client'

import { Eye } from 'lucide-react'
import { useState } from 'react'
import { RevealSecretInput } from '@/lib/secrets/schema'
import { TextField } from '../form/fields'
import { Form, SubmitButton } from '../form/form'
import { useActionForm } from '../form/use-action-form'
import { Button } from '../ui/button'
import { CodeBlock } from '../ui/code-block'
import { Dialog, DialogContent, DialogTrigger } from '../ui/dialog'
import type { SignInTools } from './sign-in-tools'

type RevealSecretProps = { secret: string; label: string; reveal: SignInTools['reveal']; isSmall?: boolean }

/** Shows a saved secret to an admin who gives the password again. */
export function RevealSecret({ secret, label, reveal, isSmall }: RevealSecretProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="ghost" size={isSmall ? 'sm' : 'md'} aria-label={`Reveal ${label}`}>
          <Eye />
          Reveal
        </Button>
      </DialogTrigger>
      <DialogContent
        size="sm"
        title={`Reveal ${label}`}
        description="Give your password again. That you looked is kept in the audit."
      >
        {/* The dialog stands in another form's tree, which must not take this submit for its own. */}
        <div onSubmit={(event) => event.stopPropagation()}>
          <RevealForm secret={secret} label={label} reveal={reveal} />
        </div>
      </DialogContent>
    </Dialog>
  )
}

function RevealForm({ secret, label, reveal }: RevealSecretProps) {
  const [value, setValue] = useState<string>()
  const form = useActionForm(RevealSecretInput, reveal, { secret, password: '' }, { onSuccess: setValue })
  if (value !== undefined) return <CodeBlock code={value} label={label} wrap />
  return (
    <Form form={form}>
      <TextField name="password" label="Your password" type="password" autoComplete="current-password" autoFocus />
      <SubmitButton className="self-end">Reveal</SubmitButton>
    </Form>
  )
}
