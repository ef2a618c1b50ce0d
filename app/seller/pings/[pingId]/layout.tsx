import { notFound } from 'next/navigation'
import { requireSeller } from '@/lib/auth'
import { hasPing } from '@/lib/events'

/** Says that there is none before anything is streamed: a page that has begun can't answer 404 any more. */
export default async function PingLayout({ params, children }: LayoutProps<'/seller/pings/[pingId]'>) {
  const [actor, { pingId }] = await Promise.all([requireSeller(), params])
  if (!(await hasPing(actor, pingId))) notFound()
  return children
}
