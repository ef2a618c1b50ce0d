import type { Metadata } from 'next'
import { Page } from '@/components/shell/page'
import { requireSeller } from '@/lib/auth'
import { listConnections, listInvitations } from '@/lib/connections'
import { listFlowNames } from '@/lib/flows'
import { ConnectionTable } from './_components/connection-table'
import { InvitationTable } from './_components/invitation-table'
import { InviteDialog } from './_components/invite-dialog'
import { NoConnections } from './_components/no-connections'

export const metadata: Metadata = { title: 'Connections' }

export default async function ConnectionsPage() {
  const actor = await requireSeller()
  const [all, sent, flows] = await Promise.all([listConnections(actor), listInvitations(actor), listFlowNames(actor)])
  const connections = all.filter((connection) => connection.side === 'seller')
  const invitations = sent.filter(({ status }) => status !== 'accepted')
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
      {invitations.length > 0 && <InvitationTable invitations={invitations} />}
    </Page>
  )
}
