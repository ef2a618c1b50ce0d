import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { fieldLabels } from '@/app/field-labels'
import { ConnectionActions } from '@/components/connection/connection-actions'
import { ConnectionFigures } from '@/components/connection/connection-figures'
import { ConnectionState } from '@/components/connection/connection-state'
import { Page } from '@/components/shell/page'
import { requireBuyer } from '@/lib/auth'
import { getConnection } from '@/lib/connections'
import { listDestinations } from '@/lib/destinations'
import { disconnectAction, pauseAction, resumeAction } from '../actions'
import { ConnectionDetails } from './_components/connection-details'

export const metadata: Metadata = { title: 'Connection' }

type ConnectionPageProps = { params: Promise<{ connectionId: string }> }

export default async function ConnectionPage({ params }: ConnectionPageProps) {
  const actor = await requireBuyer()
  const { connectionId } = await params
  const [found, destinations] = await Promise.all([getConnection(actor, connectionId), listDestinations(actor)])
  if (!found.ok || found.value.side !== 'buyer') notFound()
  const connection = found.value
  const { id, partner, status, pausedBy, setup, stats, flowName } = connection
  return (
    <Page
      crumbs={[{ label: 'Connections', href: '/buyer/connections' }, { label: partner.name }]}
      title={partner.name}
      badges={<ConnectionState setup={setup} side="buyer" />}
      description={flowName ? `Sends you leads of ${flowName}.` : 'Sends you leads.'}
      actions={
        <ConnectionActions
          {...{ id, status, pausedBy }}
          side="buyer"
          partner={partner.name}
          pause={pauseAction}
          resume={resumeAction}
          disconnect={disconnectAction}
        />
      }
    >
      {stats.delivered > 0 && (
        <ConnectionFigures stats={stats} side="buyer" eventsHref={`/buyer/events?connection_id=${id}`} />
      )}
      <ConnectionDetails
        connection={connection}
        destinations={destinations}
        fields={fieldLabels(connection.sharedFields)}
        told={fieldLabels(connection.pingFields)}
      />
    </Page>
  )
}
