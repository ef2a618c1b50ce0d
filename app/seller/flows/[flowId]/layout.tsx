import { notFound } from 'next/navigation'
import { requireSeller } from '@/lib/auth'
import { hasFlow } from '@/lib/flows'

/** Says that there is none before anything is streamed: a page that has begun can't answer 404 any more. */
export default async function FlowLayout({ params, children }: LayoutProps<'/seller/flows/[flowId]'>) {
  const [actor, { flowId }] = await Promise.all([requireSeller(), params])
  if (!(await hasFlow(actor, flowId))) notFound()
  return children
}
