import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { requireBuyer } from '@/lib/auth'
import { PartContent } from '../../_components/part-content'
import { partProps } from '../../_frame/part-props'
import { isPart, partWords } from '../../_frame/parts'
import { DestinationFrame } from '../_components/destination-frame'

export const metadata: Metadata = { title: 'Destination' }

type PartPageProps = { params: Promise<{ destinationId: string; part: string }> }

export default async function PartPage({ params }: PartPageProps) {
  const actor = await requireBuyer()
  const { destinationId, part } = await params
  if (!isPart(part)) notFound()
  const { seller: _, ...props } = await partProps({ actor, destinationId, part, mode: 'edit' })
  return (
    <DestinationFrame destination={props.destination} tab={partWords[part].tab}>
      <p className="text-pretty text-tertiary">{partWords[part].description}</p>
      <PartContent {...props} />
    </DestinationFrame>
  )
}
