import { notFound } from 'next/navigation'
import { requireBuyer } from '@/lib/auth'
import { hasConnection } from '@/lib/connections'

/** Says that there is none before anything is streamed: a page that has begun can't answer 404 any more. */
export default async function ConnectionLayout({ params, children }: LayoutProps<'/buyer/connections/[connectionId]'>) {
  const [actor, { connectionId }] = await Promise.all([requireBuyer(), params])
  if (!(await hasConnection(actor, 'buyer', connectionId))) notFound()
  return children
}
