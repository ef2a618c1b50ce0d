'use client'

import { Form } from '@/components/form/form'
import { type ActionResult, useActionForm } from '@/components/form/use-action-form'
import { type DestinationView, UpdateDestinationInput } from '@/lib/destinations/schema'
import { SaveBar, type Way } from './save-bar'
import { saveDestination } from './save-destination'
import { useSaved } from './use-saved'
import { AddressFields, confirmedAddress, isPlainHttp, MailboxFields, NameFields, SandboxFields } from './where-fields'

/** A ping that is not encrypted was confirmed by itself, and stays so. */
async function update(
  { config: { ping } }: DestinationView,
  values: UpdateDestinationInput,
): Promise<ActionResult<DestinationView>> {
  const { insecureConfirmed, ...rest } = values
  if (!values.config) return saveDestination(rest)
  const confirmed = confirmedAddress(values.config.endpoint?.url, insecureConfirmed)
  if (!confirmed.ok) return confirmed
  return saveDestination({ ...rest, insecureConfirmed: confirmed.value || isPlainHttp(ping?.endpoint.url) })
}

function valuesOf({
  id,
  name,
  description,
  integration,
  config,
  settings,
  insecureConfirmed,
}: DestinationView): UpdateDestinationInput {
  if (integration === 'sandbox') return { id, name, description, settings: settings ?? { mode: 'accept' } }
  if (integration === 'email') return { id, name, description, email: config.email ?? { to: [] } }
  return { id, name, description, config: { endpoint: config.endpoint }, insecureConfirmed }
}

const fieldsOf = { webhook: AddressFields, email: MailboxFields, sandbox: SandboxFields }

/** Name and address of a destination that exists. */
export function WhereForm({ destination, way }: { destination: DestinationView; way: Way }) {
  const isLive = destination.status === 'live'
  const Fields = fieldsOf[destination.integration]
  const form = useActionForm(
    UpdateDestinationInput,
    (values: UpdateDestinationInput) => update(destination, values),
    valuesOf(destination),
    { onSuccess: useSaved(way, isLive) },
  )
  return (
    <Form form={form} className="max-w-2xl gap-5">
      <NameFields />
      <Fields />
      <SaveBar isPending={form.isPending} way={way} isLive={isLive} />
    </Form>
  )
}
