import type { Metadata } from 'next'
import { Page } from '@/components/shell/page'
import { LoadMore } from '@/components/table/load-more'
import { requireSeller } from '@/lib/auth'
import { pageConnections, pageInvitations } from '@/lib/connections'
import { ConnectionFilters, InvitationFilters } from '@/lib/connections/schema'
import { listFlowNames } from '@/lib/flows'
import { ConnectionTable } from '../_components/connection-table'
import { InvitationTable } from '../_components/invitation-table'
import { InviteDialog } from '../_components/invite-dialog'
import { NoConnections } from '../_components/no-connections'

export const metadata: Metadata = { title: 'Connections' }

export default async function ConnectionsPage({ searchParams }: PageProps<'/seller/connections'>) {
  const [actor, { invited, ...params }] = await Promise.all([requireSeller(), searchParams])
  const [connected, sent, flows] = await Promise.all([
    pageConnections(actor, { ...ConnectionFilters.parse(params), side: 'seller' }),
    pageInvitations(actor, { ...InvitationFilters.parse({ cursor: invited }), open: 'true' }),
    listFlowNames(actor),
  ])
  const connections = connected.data.filter((connection) => connection.side === 'seller')
  const invitations = sent.data
  return (
    <Page
      crumbs={[{ label: 'Connections' }]}
      title="Connections"
      description="Buyers who set up for themselves where they get your leads, and those you have invited."
      actions={<InviteDialog flows={flows} />}
      wide
    >
      {connections.length + invitations.length === 0 && <NoConnections />}
      {connections.length > 0 && <ConnectionTable connections={connections} />}
      <LoadMore nextCursor={connected.nextCursor} label="Older connections" />
      {invitations.length > 0 && <InvitationTable invitations={invitations} />}
      <LoadMore nextCursor={sent.nextCursor} param="invited" label="Older invitations" />
    </Page>
  )
}
