import { notFound } from 'next/navigation'
import { requireBuyer } from '@/lib/auth'
import { hasLead } from '@/lib/leads'

/** Says that there is none before anything is streamed: a page that has begun can't answer 404 any more. */
export default async function LeadLayout({ params, children }: LayoutProps<'/buyer/leads/[leadId]'>) {
  const [actor, { leadId }] = await Promise.all([requireBuyer(), params])
  if (!(await hasLead(actor, 'buyer', leadId))) notFound()
  return children
}
