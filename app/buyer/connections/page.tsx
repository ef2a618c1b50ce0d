import { Link2 } from 'lucide-react'
import type { Metadata } from 'next'
import { Page } from '@/components/shell/page'
import { EmptyState } from '@/components/ui/empty-state'
import { requireBuyer } from '@/lib/auth'
import { listConnections } from '@/lib/connections'
import { ConnectionTable } from './_components/connection-table'

export const metadata: Metadata = { title: 'Connections' }

export default async function ConnectionsPage() {
  const actor = await requireBuyer()
  const connections = (await listConnections(actor)).filter((connection) => connection.side === 'buyer')
  return (
    <Page
      crumbs={[{ label: 'Connections' }]}
      title="Connections"
      description="Sellers who send you leads, and where you receive them."
    >
      {connections.length > 0 ? (
        <ConnectionTable connections={connections} />
      ) : (
        <EmptyState
          icon={<Link2 />}
          title="No connections yet"
          link={{ href: '/buyer/destinations', label: 'Prepare a destination' }}
        >
          A connection begins with an invitation: a seller mails it to you, you accept it, and choose where its leads
          are delivered. Open the link in that mail to start.
        </EmptyState>
      )}
    </Page>
  )
}
