'use client'

import { type ReactNode, useState } from 'react'
import { SwitchField, TextField } from '@/components/form/fields'
import { Form, SubmitButton } from '@/components/form/form'
import { useActionForm } from '@/components/form/use-action-form'
import { Button } from '@/components/ui/button'
import { Dialog, DialogButtons, DialogClose, DialogContent, DialogTrigger } from '@/components/ui/dialog'
import { type CreatedSource, CreateSourceInput } from '@/lib/flows/schema'
import { createSourceAction } from '../actions'
import { useEditor } from './editor-context'
import { SubmitHelp } from './submit-help'

/** *Add source*: its name, and whether it needs a key; then its address, its key this once, and a command to try. */
export function AddSourceDialog({ children }: { children: ReactNode }) {
  const { view, go } = useEditor()
  const [isOpen, setOpen] = useState(false)
  const [made, setMade] = useState<CreatedSource>()
  function open(wanted: boolean) {
    setOpen(wanted)
    if (!wanted && made) go({ kind: 'source', id: made.id })
    if (wanted) setMade(undefined)
  }
  return (
    <Dialog open={isOpen} onOpenChange={open}>
      <DialogTrigger asChild disabled={!view.canEdit}>
        {children}
      </DialogTrigger>
      {made ? (
        <DialogContent
          size="lg"
          title={`${made.name} can submit`}
          description={
            made.key
              ? 'Copy the key now: it is not shown again.'
              : 'No key is needed. Anybody who knows the address can submit.'
          }
          footer={
            <DialogClose asChild>
              <Button variant="primary">Done</Button>
            </DialogClose>
          }
        >
          <SubmitHelp source={made} secret={made.key} startsOpen />
        </DialogContent>
      ) : (
        <DialogContent
          title="Add source"
          description="Whoever submits leads to this flow. Each source has an address of its own."
        >
          <AddSourceForm onMade={setMade} />
        </DialogContent>
      )}
    </Dialog>
  )
}

function AddSourceForm({ onMade }: { onMade: (source: CreatedSource) => void }) {
  const { view, reload, flush } = useEditor()
  const form = useActionForm(
    CreateSourceInput,
    createSourceAction,
    { flowId: view.flow.id, name: '', authenticationRequired: false },
    {
      onSuccess: async (source) => {
        await flush()
        await reload()
        onMade(source)
      },
    },
  )
  return (
    <Form form={form}>
      <TextField
        name="name"
        label="Name"
        placeholder="Web form"
        autoFocus
        autoComplete="off"
        hint="Shown in leads and reports."
      />
      <SwitchField
        name="authenticationRequired"
        label="Require a key"
        hint="Submissions without it are refused. For forms in a browser leave it off: a key there is no secret."
      />
      <DialogButtons>
        <SubmitButton>Add source</SubmitButton>
      </DialogButtons>
    </Form>
  )
}
