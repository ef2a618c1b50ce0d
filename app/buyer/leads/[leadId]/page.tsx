import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { leadFields } from '@/app/lead-fields'
import { LeadPageView } from '@/components/lead/lead-page-view'
import { ownAccount } from '@/lib/accounts'
import { requireBuyer } from '@/lib/auth'
import { getLead } from '@/lib/leads'

export const metadata: Metadata = { title: 'Lead' }

export default async function LeadPage({ params }: PageProps<'/buyer/leads/[leadId]'>) {
  const [actor, { leadId }] = await Promise.all([requireBuyer(), params])
  const [found, { timeZone }] = await Promise.all([getLead(actor, leadId), ownAccount(actor)])
  if (!found.ok || found.value.side !== 'buyer') notFound()
  const lead = found.value
  return <LeadPageView lead={lead} fields={leadFields(lead.data)} timeZone={timeZone} />
}
