import { notFound } from 'next/navigation'
import { requireBuyer } from '@/lib/auth'
import { hasDestination } from '@/lib/destinations'

/** Says that there is none before anything is streamed: a page that has begun can't answer 404 any more. */
export default async function DestinationLayout({
  params,
  children,
}: LayoutProps<'/buyer/destinations/[destinationId]'>) {
  const [actor, { destinationId }] = await Promise.all([requireBuyer(), params])
  if (!(await hasDestination(actor, destinationId))) notFound()
  return children
}
