import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { fieldLabels } from '@/app/field-labels'
import { OpenCircuits } from '@/components/circuit/open-circuits'
import { ConnectionActions } from '@/components/connection/connection-actions'
import { ConnectionFigures } from '@/components/connection/connection-figures'
import { ConnectionState } from '@/components/connection/connection-state'
import { AccountCapsCard } from '@/components/selling/account-caps-card'
import { Page } from '@/components/shell/page'
import { LiveRefresh } from '@/components/table/live-refresh'
import { Alert } from '@/components/ui/alert'
import { ownAccount } from '@/lib/accounts'
import { hasRole } from '@/lib/actor'
import { requireSeller } from '@/lib/auth'
import { listOpenCircuits } from '@/lib/breakers'
import { now } from '@/lib/clock'
import { connectionCapUse, getConnection } from '@/lib/connections'
import { listPartnerNames } from '@/lib/partners'
import { isSoldTo } from '@/lib/partners/schema'
import { disconnectAction, pauseAction, resumeAction, setCapsAction } from '../actions'
import { ConnectionDetails } from './_components/connection-details'
import { NextThing } from './_components/next-thing'

export const metadata: Metadata = { title: 'Connection' }

export default async function ConnectionPage({ params }: PageProps<'/seller/connections/[connectionId]'>) {
  const [actor, { connectionId }] = await Promise.all([requireSeller(), params])
  const found = await getConnection(actor, connectionId)
  if (!found.ok || found.value.side !== 'seller') notFound()
  const connection = found.value
  const nowMs = now()
  const [use, account, open, partners] = await Promise.all([
    connectionCapUse(actor, connectionId, nowMs),
    ownAccount(actor),
    listOpenCircuits(actor, 'seller'),
    listPartnerNames(actor),
  ])
  const circuits = open.filter(({ href }) => href.endsWith(`/${connection.id}`))
  const { id, partner, partnerRecord, caps, status, pausedBy, setup, stats, invitedEmail } = connection
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
      <OpenCircuits circuits={circuits} />
      <NextThing connection={connection} />
      {partnerRecord?.status === 'paused' && (
        <Alert kind="warning">
          {partnerRecord.name} is paused as a partner: nothing is delivered here until you resume it.
        </Alert>
      )}
      <ConnectionFigures stats={stats} side="seller" eventsHref={`/seller/events?connection_id=${id}`} />
      <AccountCapsCard
        key={id}
        {...{ id, caps }}
        description="The most that this buyer gets from you, over all flows and steps that use this connection."
        uses={use.ok ? use.value : []}
        now={nowMs}
        zone={account.timeZone}
        mayChange={hasRole(actor, 'member') && status !== 'revoked'}
        save={setCapsAction}
      />
      <ConnectionDetails
        connection={connection}
        fields={fieldLabels(connection.sharedFields)}
        partners={partners.filter(({ type }) => isSoldTo(type))}
        mayChange={hasRole(actor, 'member')}
        told={fieldLabels(connection.pingFields)}
      />
    </Page>
  )
}
