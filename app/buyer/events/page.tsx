import type { Metadata } from 'next'
import { requireBuyer } from '@/lib/auth'
import { EventsView } from '../../_portal/events-view'

export const metadata: Metadata = { title: 'Events' }

export default async function EventsPage({ searchParams }: PageProps<'/buyer/events'>) {
  const [actor, params] = await Promise.all([requireBuyer(), searchParams])
  return <EventsView actor={actor} side="buyer" params={params} />
}
