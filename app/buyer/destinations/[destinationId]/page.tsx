import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { requireBuyer } from '@/lib/auth'
import { getDestination } from '@/lib/destinations'
import { DestinationFrame } from './_components/destination-frame'
import { DestinationOverview } from './_components/destination-overview'

export const metadata: Metadata = { title: 'Destination' }

type DestinationPageProps = { params: Promise<{ destinationId: string }> }

export default async function DestinationPage({ params }: DestinationPageProps) {
  const actor = await requireBuyer()
  const { destinationId } = await params
  const found = await getDestination(actor, destinationId)
  if (!found.ok) notFound()
  return (
    <DestinationFrame destination={found.value}>
      <DestinationOverview destination={found.value} />
    </DestinationFrame>
  )
}
