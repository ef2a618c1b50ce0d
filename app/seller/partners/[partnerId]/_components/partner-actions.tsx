'use client'

import { Pause, Play, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useVerb } from '@/components/form/use-verb'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import type { PartnerName } from '@/lib/partners/schema'
import { deletePartnerAction, updatePartnerAction } from '../../actions'

/** Pause, resume and delete. */
export function PartnerActions({ partner: { id, name, status } }: { partner: PartnerName }) {
  const router = useRouter()
  const { act, run, isPending } = useVerb()
  const resume = () =>
    act(() => updatePartnerAction({ id, status: 'active' }), { done: 'Resumed. Leads are delivered again.' })
  const pause = () =>
    act(() => updatePartnerAction({ id, status: 'paused' }), { done: 'Paused from the next lead on.', undo: resume })
  return (
    <>
      {status === 'active' ? (
        <Button onClick={pause} pending={isPending}>
          <Pause />
          Pause
        </Button>
      ) : (
        <Button onClick={resume} pending={isPending}>
          <Play />
          Resume
        </Button>
      )}
      <ConfirmDialog
        trigger={
          <Button variant="danger">
            <Trash2 />
            Delete
          </Button>
        }
        title={`Delete “${name}”?`}
        description="Its contact details, limits and schedule go with it. What was delivered stays in the log. This can’t be undone."
        confirm="Delete partner"
        danger
        onConfirm={() =>
          run(() => deletePartnerAction({ id }), {
            done: 'Partner deleted.',
            onDone: () => router.push('/seller/partners'),
          })
        }
      />
    </>
  )
}
