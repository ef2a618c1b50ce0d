import type { Metadata } from 'next'
import { mappingsFor } from '@/components/destination/mapping-rows'
import { Page } from '@/components/shell/page'
import { requireBuyer } from '@/lib/auth'
import { listIntegrations } from '@/lib/destinations'
import { NewDestination } from '../_components/new-destination'
import { SetupSteps } from '../_components/setup-steps'
import { mayAttachEarly, setupContext } from '../_frame/context'
import { partWords } from '../_frame/parts'

export const metadata: Metadata = { title: 'New destination' }

type NewDestinationPageProps = { searchParams: Promise<{ connection?: string | string[] }> }

export default async function NewDestinationPage({ searchParams }: NewDestinationPageProps) {
  const actor = await requireBuyer()
  const { connection: connectionId } = await searchParams
  const context = await setupContext(actor, undefined, typeof connectionId === 'string' ? connectionId : undefined)
  const { connection, offered, sharedFields } = context
  const { title, description } = partWords.where
  return (
    <Page
      crumbs={[{ label: 'Destinations', href: '/buyer/destinations' }, { label: 'New' }]}
      title={title}
      description={connection ? `For the leads of ${connection.partner.name}. ${description}` : description}
    >
      <SetupSteps part="where">
        <NewDestination
          integrations={listIntegrations()}
          {...(sharedFields && { mappings: mappingsFor(offered) })}
          {...(connection && { setup: { connectionId: connection.id, attach: mayAttachEarly(connection) } })}
        />
      </SetupSteps>
    </Page>
  )
}
