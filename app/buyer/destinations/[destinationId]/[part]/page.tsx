import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { requireBuyer } from '@/lib/auth'
import { PartContent } from '../../_components/part-content'
import { partProps } from '../../_frame/part-props'
import { isPart, wordsOf } from '../../_frame/parts'
import { DestinationFrame } from '../_components/destination-frame'

export const metadata: Metadata = { title: 'Destination' }

type PartPageProps = { params: Promise<{ destinationId: string; part: string }> }

export default async function PartPage({ params }: PartPageProps) {
  const actor = await requireBuyer()
  const { destinationId, part } = await params
  if (!isPart(part)) notFound()
  const { seller: _, ...props } = await partProps({ actor, destinationId, part, mode: 'edit' })
  const { tab, description } = wordsOf(part, props.destination.integration)
  return (
    <DestinationFrame destination={props.destination} tab={tab}>
      <p className="text-pretty text-tertiary">{description}</p>
      <PartContent {...props} />
    </DestinationFrame>
  )
}
