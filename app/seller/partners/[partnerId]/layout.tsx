import { notFound } from 'next/navigation'
import { requireSeller } from '@/lib/auth'
import { hasPartner } from '@/lib/partners'

/** Says that there is none before anything is streamed: a page that has begun can't answer 404 any more. */
export default async function PartnerLayout({ params, children }: LayoutProps<'/seller/partners/[partnerId]'>) {
  const [actor, { partnerId }] = await Promise.all([requireSeller(), params])
  if (!(await hasPartner(actor, partnerId))) notFound()
  return children
}
