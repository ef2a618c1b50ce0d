'use client'

import type { Refusal } from '@/lib/errors'
import type { Result } from '@/lib/result'
import { useVerb } from '../form/use-verb'
import { Button } from '../ui/button'
import { ConfirmDialog } from '../ui/confirm-dialog'

export type DeleteVerb = (input: { name: string }) => Promise<Result<unknown, Refusal>>

/** Takes a secret away, after asking. */
export function DeleteSecret({ name, remove }: { name: string; remove: DeleteVerb }) {
  const { run } = useVerb()
  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" variant="danger" aria-label={`Delete ${name}`}>
          Delete
        </Button>
      }
      title={`Delete ${name}?`}
      description="Its value is gone for good. It stays while something uses it."
      confirm="Delete secret"
      danger
      onConfirm={() => run(() => remove({ name }), { done: 'Secret deleted.' })}
    />
  )
}
