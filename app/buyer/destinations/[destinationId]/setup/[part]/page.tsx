import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Page } from '@/components/shell/page'
import { requireBuyer } from '@/lib/auth'
import { PartContent } from '../../../_components/part-content'
import { SetupSteps } from '../../../_components/setup-steps'
import { partProps } from '../../../_frame/part-props'
import { isSetupPart, wordsOf } from '../../../_frame/parts'

export const metadata: Metadata = { title: 'Set up a destination' }

type SetupPageProps = {
  params: Promise<{ destinationId: string; part: string }>
  searchParams: Promise<{ connection?: string | string[] }>
}

export default async function SetupPage({ params, searchParams }: SetupPageProps) {
  const actor = await requireBuyer()
  const [{ destinationId, part }, { connection }] = await Promise.all([params, searchParams])
  if (!isSetupPart(part)) notFound()
  const connectionId = typeof connection === 'string' ? connection : undefined
  const { seller, ...props } = await partProps({ actor, destinationId, part, connectionId, mode: 'setup' })
  const { integration } = props.destination
  const { title, description } = wordsOf(part, integration)
  return (
    <Page
      crumbs={[
        { label: 'Destinations', href: '/buyer/destinations' },
        { label: props.destination.name, href: `/buyer/destinations/${destinationId}` },
        { label: 'Setup' },
      ]}
      title={title}
      description={seller ? `For the leads of ${seller}. ${description}` : description}
    >
      <SetupSteps
        part={part}
        integration={integration}
        hrefs={props.hrefs}
        isLive={props.destination.status === 'live'}
      >
        <PartContent {...props} />
      </SetupSteps>
    </Page>
  )
}
