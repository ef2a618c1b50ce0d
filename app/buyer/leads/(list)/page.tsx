import type { Metadata } from 'next'
import { requireBuyer } from '@/lib/auth'
import { LeadsView } from '../../../_portal/leads-view'

export const metadata: Metadata = { title: 'Leads' }

export default async function LeadsPage({ searchParams }: PageProps<'/buyer/leads'>) {
  const [actor, params] = await Promise.all([requireBuyer(), searchParams])
  return <LeadsView actor={actor} side="buyer" params={params} />
}
