import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { fieldLabels } from '@/app/field-labels'
import { ConnectionActions } from '@/components/connection/connection-actions'
import { ConnectionFigures } from '@/components/connection/connection-figures'
import { ConnectionState } from '@/components/connection/connection-state'
import { Page } from '@/components/shell/page'
import { LiveRefresh } from '@/components/table/live-refresh'
import { requireSeller } from '@/lib/auth'
import { getConnection } from '@/lib/connections'
import { disconnectAction, pauseAction, resumeAction } from '../actions'
import { ConnectionDetails } from './_components/connection-details'
import { NextThing } from './_components/next-thing'

export const metadata: Metadata = { title: 'Connection' }

export default async function ConnectionPage({ params }: PageProps<'/seller/connections/[connectionId]'>) {
  const [actor, { connectionId }] = await Promise.all([requireSeller(), params])
  const found = await getConnection(actor, connectionId)
  if (!found.ok || found.value.side !== 'seller') notFound()
  const connection = found.value
  const { id, partner, status, pausedBy, setup, stats, invitedEmail } = connection
  return (
    <Page
      crumbs={[{ label: 'Connections', href: '/seller/connections' }, { label: partner.name }]}
      title={partner.name}
      badges={<ConnectionState setup={setup} side="seller" />}
      description={invitedEmail ? `Buys your leads. Invited as ${invitedEmail}.` : 'Buys your leads.'}
      actions={
        <>
          <LiveRefresh url="/api/live" />
          <ConnectionActions
            {...{ id, status, pausedBy }}
            side="seller"
            partner={partner.name}
            pause={pauseAction}
            resume={resumeAction}
            disconnect={disconnectAction}
          />
        </>
      }
    >
      <NextThing connection={connection} />
      <ConnectionFigures stats={stats} side="seller" eventsHref={`/seller/events?connection_id=${id}`} />
      <ConnectionDetails connection={connection} fields={fieldLabels(connection.sharedFields)} />
    </Page>
  )
}
