'use client'

import { useController } from 'react-hook-form'
import { HeaderRows } from '@/components/flow/header-rows'
import { Form } from '@/components/form/form'
import { useActionForm } from '@/components/form/use-action-form'
import { Alert } from '@/components/ui/alert'
import { Card } from '@/components/ui/card'
import { type DestinationView, UpdateDestinationInput } from '@/lib/destinations/schema'
import { AuthFields } from './auth-fields'
import { SaveBar, type Way } from './save-bar'
import { saveDestination } from './save-destination'
import { useSaved } from './use-saved'

function ExtraHeaders() {
  const { field } = useController({ name: 'config.endpoint.headers' })
  return (
    <div className="flex flex-col gap-2">
      <HeaderRows headers={field.value} onChange={field.onChange} />
      <p className="text-pretty text-tertiary text-xs">
        Sent with every lead, and shown in its log: keep passwords and keys above. Test leads also carry X-Test-Mode:
        true.
      </p>
    </div>
  )
}

/** How the destination is signed in to. The sandbox is our own and needs nothing. */
export function SignInForm({ destination, way }: { destination: DestinationView; way: Way }) {
  const { id, config, credential, integration, status } = destination
  const isLive = status === 'live'
  const isOwn = integration === 'sandbox'
  const form = useActionForm(
    UpdateDestinationInput,
    saveDestination,
    isOwn ? { id } : { id, config: { endpoint: config.endpoint } },
    { onSuccess: useSaved(way, isLive) },
  )
  return (
    <Form form={form} className="max-w-2xl gap-5">
      {isOwn ? (
        <Alert>The sandbox is part of Baton: there is nothing to sign in to.</Alert>
      ) : (
        <>
          <AuthFields destinationId={id} saved={config.endpoint.auth} credential={credential} />
          <Card>
            <ExtraHeaders />
          </Card>
        </>
      )}
      {(!isOwn || way.mode === 'setup') && <SaveBar isPending={form.isPending} way={way} isLive={isLive && !isOwn} />}
    </Form>
  )
}
