import { PackageCheck, Plus } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { Page } from '@/components/shell/page'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { requireBuyer } from '@/lib/auth'
import { listDestinations } from '@/lib/destinations'
import { DestinationTable } from '../_components/destination-table'

export const metadata: Metadata = { title: 'Destinations' }

export default async function DestinationsPage() {
  const actor = await requireBuyer()
  const destinations = await listDestinations(actor)
  const create = (
    <Button variant="primary" asChild>
      <Link href="/buyer/destinations/new">
        <Plus />
        Create destination
      </Link>
    </Button>
  )
  return (
    <Page
      crumbs={[{ label: 'Destinations' }]}
      title="Destinations"
      description="The systems of yours that take leads."
      {...(destinations.length > 0 && { actions: create })}
    >
      {destinations.length > 0 ? (
        <DestinationTable destinations={destinations} />
      ) : (
        <EmptyState
          icon={<PackageCheck />}
          title="No destinations yet"
          action={create}
          link={{ href: '/buyer/connections', label: 'See who wants to send you leads' }}
        >
          A destination is a place where your leads are delivered: your CRM, your call centre, any system with an
          address. Set it up once, and use it for as many sellers as you like.
        </EmptyState>
      )}
    </Page>
  )
}
