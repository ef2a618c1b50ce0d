'use client'

import { ArrowRight, Power, Trash2 } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useVerb } from '@/components/form/use-verb'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import type { DestinationStatus, Integration } from '@/lib/destinations/schema'
import { partsOf } from '../../_frame/parts'
import { deleteDestinationAction, disableDestinationAction, enableDestinationAction } from '../../actions'

type DestinationActionsProps = {
  id: string
  name: string
  integration: Integration
  status: DestinationStatus
  sellers: readonly string[]
}

/** What can be done to the whole destination. */
export function DestinationActions({ id, name, integration, status, sellers }: DestinationActionsProps) {
  const { act, run, isPending } = useVerb()
  const router = useRouter()
  const enable = () => act(() => enableDestinationAction({ id }), { done: `${name} is live again.` })
  const stops =
    sellers.length > 0
      ? `Leads of ${sellers.join(', ')} are not delivered until you enable it again.`
      : 'Nothing is delivered here until you enable it again.'
  const remove = () =>
    run(() => deleteDestinationAction({ id }), {
      done: `${name} was deleted.`,
      onDone: () => router.push('/buyer/destinations'),
    })
  return (
    <>
      {status === 'live' && (
        <ConfirmDialog
          trigger={
            <Button>
              <Power />
              Disable
            </Button>
          }
          title={`Disable ${name}?`}
          description={stops}
          confirm="Disable"
          onConfirm={() => run(() => disableDestinationAction({ id }), { done: `${name} is disabled.`, undo: enable })}
        />
      )}
      {status === 'disabled' && (
        <Button variant="primary" pending={isPending} onClick={enable}>
          <Power />
          Enable
        </Button>
      )}
      <ConfirmDialog
        trigger={
          <Button variant="danger">
            <Trash2 />
            Delete
          </Button>
        }
        title={`Delete ${name}?`}
        description="Its address, credential and field names are gone for good. What was delivered stays in the log."
        confirm="Delete"
        danger
        onConfirm={remove}
      />
      {(status === 'draft' || status === 'tested') && (
        <Button variant="primary" asChild>
          <Link href={`/buyer/destinations/${id}/setup/${status === 'tested' ? 'test' : partsOf(integration)[1]}`}>
            Continue the setup
            <ArrowRight />
          </Link>
        </Button>
      )}
    </>
  )
}
