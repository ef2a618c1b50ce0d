import type { Metadata } from 'next'
import { requireSeller } from '@/lib/auth'
import { EventsView } from '../../_portal/events-view'

export const metadata: Metadata = { title: 'Events' }

export default async function EventsPage({ searchParams }: PageProps<'/seller/events'>) {
  const [actor, params] = await Promise.all([requireSeller(), searchParams])
  return <EventsView actor={actor} side="seller" params={params} />
}
