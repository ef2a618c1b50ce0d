'use client'

import { useVerb } from '@/components/form/use-verb'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { declineAction } from '../actions'

/** Says no, once. The page then says what became of it. */
export function Decline({ token, seller }: { token: string; seller: string }) {
  const { run } = useVerb()
  return (
    <ConfirmDialog
      trigger={
        <Button variant="ghost" size="lg">
          Decline
        </Button>
      }
      title="Decline this invitation?"
      description={`${seller} is told that you declined. If you change your mind, they have to invite you again.`}
      confirm="Decline invitation"
      danger
      onConfirm={() => run(() => declineAction({ token }))}
    />
  )
}
