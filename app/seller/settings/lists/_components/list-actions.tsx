'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { TextField } from '@/components/form/fields'
import { Form, SubmitButton } from '@/components/form/form'
import { useActionForm } from '@/components/form/use-action-form'
import { useVerb } from '@/components/form/use-verb'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Dialog, DialogButtons, DialogContent, DialogTrigger } from '@/components/ui/dialog'
import { type ListView, RenameListInput } from '@/lib/lists/schema'
import { deleteListAction, renameListAction } from '../actions'

function RenameForm({ list, onDone }: { list: ListView; onDone: () => void }) {
  const router = useRouter()
  const form = useActionForm(
    RenameListInput,
    renameListAction,
    { id: list.id, name: list.name },
    {
      onSuccess: () => {
        router.refresh()
        onDone()
      },
    },
  )
  return (
    <Form form={form}>
      <TextField name="name" label="Name" autoFocus autoComplete="off" />
      <DialogButtons>
        <SubmitButton>Rename</SubmitButton>
      </DialogButtons>
    </Form>
  )
}

/** Another name for a list, or its end. */
export function ListActions({ list }: { list: ListView }) {
  const router = useRouter()
  const { run } = useVerb()
  const [isRenaming, setRenaming] = useState(false)
  return (
    <>
      <Dialog open={isRenaming} onOpenChange={setRenaming}>
        <DialogTrigger asChild>
          <Button>Rename</Button>
        </DialogTrigger>
        <DialogContent title="Rename list" description="Rows of rules follow; expressions name lists by their name.">
          <RenameForm list={list} onDone={() => setRenaming(false)} />
        </DialogContent>
      </Dialog>
      <ConfirmDialog
        trigger={<Button variant="danger">Delete</Button>}
        title={`Delete “${list.name}”?`}
        description="Its values go with it. This can’t be undone."
        confirm="Delete list"
        danger
        onConfirm={() =>
          run(() => deleteListAction({ id: list.id }), {
            done: 'List deleted.',
            onDone: () => router.push('/seller/settings/lists'),
          })
        }
      />
    </>
  )
}
