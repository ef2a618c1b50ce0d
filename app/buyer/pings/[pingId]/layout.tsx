import { notFound } from 'next/navigation'
import { requireBuyer } from '@/lib/auth'
import { wasPinged } from '@/lib/events'

/** Says that there is none before anything is streamed: a page that has begun can't answer 404 any more. */
export default async function PingLayout({ params, children }: LayoutProps<'/buyer/pings/[pingId]'>) {
  const [actor, { pingId }] = await Promise.all([requireBuyer(), params])
  if (!(await wasPinged(actor, pingId))) notFound()
  return children
}
