'use client'

import type { Refusal } from '@/lib/errors'
import type { Result } from '@/lib/result'
import { useVerb } from '../form/use-verb'
import { Button } from '../ui/button'
import { ConfirmDialog } from '../ui/confirm-dialog'

export type RevokeVerb = (input: { id: string }) => Promise<Result<unknown, Refusal>>

/** Ends a key, after asking. */
export function RevokeKey({ id, name, revoke }: { id: string; name: string; revoke: RevokeVerb }) {
  const { run } = useVerb()
  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" variant="danger" aria-label={`Revoke ${name}`}>
          Revoke
        </Button>
      }
      title={`Revoke “${name}”?`}
      description="Whatever uses this key is refused from now on. This can’t be undone; create a new key instead."
      confirm="Revoke key"
      danger
      onConfirm={() => run(() => revoke({ id }), { done: 'Key revoked.' })}
    />
  )
}
