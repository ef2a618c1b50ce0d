import { notFound } from 'next/navigation'
import { requireSeller } from '@/lib/auth'
import { hasConnection } from '@/lib/connections'

/** Says that there is none before anything is streamed: a page that has begun can't answer 404 any more. */
export default async function ConnectionLayout({
  params,
  children,
}: LayoutProps<'/seller/connections/[connectionId]'>) {
  const [actor, { connectionId }] = await Promise.all([requireSeller(), params])
  if (!(await hasConnection(actor, 'seller', connectionId))) notFound()
  return children
}
