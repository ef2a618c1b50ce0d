import { Link2 } from 'lucide-react'
import type { Metadata } from 'next'
import { Page } from '@/components/shell/page'
import { LoadMore } from '@/components/table/load-more'
import { EmptyState } from '@/components/ui/empty-state'
import { requireBuyer } from '@/lib/auth'
import { pageConnections } from '@/lib/connections'
import { ConnectionFilters } from '@/lib/connections/schema'
import { ConnectionTable } from '../_components/connection-table'

export const metadata: Metadata = { title: 'Connections' }

export default async function ConnectionsPage({ searchParams }: PageProps<'/buyer/connections'>) {
  const [actor, params] = await Promise.all([requireBuyer(), searchParams])
  const filters = { ...ConnectionFilters.parse(params), side: 'buyer' } as const
  const { data, nextCursor } = await pageConnections(actor, filters)
  const connections = data.filter((connection) => connection.side === 'buyer')
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
      <LoadMore nextCursor={nextCursor} label="Older connections" />
    </Page>
  )
}
