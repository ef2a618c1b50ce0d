'use client'

import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { NamedSecretInput, type NamedSecretView } from '@/lib/secrets/schema'
import { TextField } from '../form/fields'
import { Form, SubmitButton } from '../form/form'
import { type ActionResult, useActionForm } from '../form/use-action-form'
import { Button } from '../ui/button'
import { Dialog, DialogButtons, DialogContent, DialogTrigger } from '../ui/dialog'

export type SaveSecret = (input: NamedSecretInput) => Promise<ActionResult<NamedSecretView>>

/** Keeps a new secret, or gives the one of `name` another value. */
export function SecretDialog({ save, name }: { save: SaveSecret; name?: string }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        {name === undefined ? (
          <Button variant="primary">
            <Plus />
            Add secret
          </Button>
        ) : (
          <Button size="sm" aria-label={`Replace ${name}`}>
            Replace
          </Button>
        )}
      </DialogTrigger>
      <DialogContent
        title={name === undefined ? 'Add a secret' : `Replace ${name}`}
        description={
          name === undefined
            ? 'Its value is encrypted at once; afterwards only its end is shown.'
            : 'Whatever uses it takes the new value from the next lead on.'
        }
      >
        <SecretForm save={save} name={name} onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  )
}

function SecretForm({ save, name, onDone }: { save: SaveSecret; name: string | undefined; onDone: () => void }) {
  const router = useRouter()
  const onSuccess = () => {
    onDone()
    router.refresh()
  }
  const form = useActionForm(NamedSecretInput, save, { name: name ?? '', value: '' }, { onSuccess })
  return (
    <Form form={form}>
      {name === undefined && (
        <TextField
          name="name"
          label="Name"
          mono
          placeholder="BUYER_API_TOKEN"
          hint="Letters, digits and underscores; requests write {{secret.NAME}}."
          autoFocus
          autoComplete="off"
        />
      )}
      <TextField
        name="value"
        label="Value"
        type="password"
        autoComplete="new-password"
        autoFocus={name !== undefined}
        spellCheck={false}
      />
      <DialogButtons>
        <SubmitButton>{name === undefined ? 'Add secret' : 'Replace value'}</SubmitButton>
      </DialogButtons>
    </Form>
  )
}
