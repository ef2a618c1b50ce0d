'use client'

import { Pause, Play, Unlink } from 'lucide-react'
import { useVerb } from '@/components/form/use-verb'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import type { ConnectionStatus } from '@/lib/connections/schema'
import type { Refusal } from '@/lib/errors'
import type { Result } from '@/lib/result'

type Verb = (input: { id: string }) => Promise<Result<unknown, Refusal>>

type ConnectionActionsProps = {
  id: string
  side: 'buyer' | 'seller'
  partner: string
  status: ConnectionStatus
  pausedBy: 'buyer' | 'seller' | null
  pause: Verb
  resume: Verb
  disconnect: Verb
}

/** Pause, resume and disconnect, for either side. What the other side paused only that side resumes. */
export function ConnectionActions({
  id,
  side,
  partner,
  status,
  pausedBy,
  pause,
  resume,
  disconnect,
}: ConnectionActionsProps) {
  const { act, run, isPending } = useVerb()
  if (status === 'revoked') return null
  const resumed = () => act(() => resume({ id }), { done: 'Resumed. Leads are delivered again.' })
  const paused = () => act(() => pause({ id }), { done: 'Paused from the next lead on.', undo: resumed })
  return (
    <>
      {status === 'active' && (
        <Button onClick={paused} pending={isPending}>
          <Pause />
          Pause
        </Button>
      )}
      {status === 'paused' && pausedBy === side && (
        <Button onClick={resumed} pending={isPending}>
          <Play />
          Resume
        </Button>
      )}
      <ConfirmDialog
        trigger={
          <Button variant="danger">
            <Unlink />
            Disconnect
          </Button>
        }
        title={`Disconnect from ${partner}?`}
        description="No lead passes from now on. What was delivered stays in the log. To connect again, the seller has to send a new invitation."
        confirm="Disconnect"
        danger
        onConfirm={() => run(() => disconnect({ id }), { done: `Disconnected from ${partner}.` })}
      />
    </>
  )
}
