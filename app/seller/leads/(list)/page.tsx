import type { Metadata } from 'next'
import { requireSeller } from '@/lib/auth'
import { LeadsView } from '../../../_portal/leads-view'

export const metadata: Metadata = { title: 'Leads' }

export default async function LeadsPage({ searchParams }: PageProps<'/seller/leads'>) {
  const [actor, params] = await Promise.all([requireSeller(), searchParams])
  return <LeadsView actor={actor} side="seller" params={params} />
}
