import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { leadFields } from '@/app/lead-fields'
import { LeadPageView } from '@/components/lead/lead-page-view'
import { ownAccount } from '@/lib/accounts'
import { requireSeller } from '@/lib/auth'
import { getLead } from '@/lib/leads'

export const metadata: Metadata = { title: 'Lead' }

export default async function LeadPage({ params }: PageProps<'/seller/leads/[leadId]'>) {
  const [actor, { leadId }] = await Promise.all([requireSeller(), params])
  const [found, { timeZone }] = await Promise.all([getLead(actor, leadId), ownAccount(actor)])
  if (!found.ok || found.value.side !== 'seller') notFound()
  const lead = found.value
  return <LeadPageView lead={lead} fields={leadFields(lead.data)} timeZone={timeZone} />
}
