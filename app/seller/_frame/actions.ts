'use server'

import { redirect } from 'next/navigation'
import type { SearchHit } from '@/components/shell/types'
import { requireSeller, switchAccount } from '@/lib/auth'
import { listFlows } from '@/lib/flows'
import { listLeads } from '@/lib/leads'
import type { LeadItem } from '@/lib/leads/schema'
import { listPartners } from '@/lib/partners'

/** Goes on in another account of the person; one without flows has its own portal. */
export async function switchAccountAction(accountId: string): Promise<void> {
  await switchAccount({ accountId })
  redirect('/seller')
}

const most = 6
const nameOf = (lead: LeadItem) => lead.label || lead.email || lead.phone || lead.id

/** What the command palette finds: flows and partners by name, leads by email, phone or id. */
export async function searchAction(query: string): Promise<SearchHit[]> {
  const actor = await requireSeller()
  const wanted = query.trim().toLowerCase()
  if (wanted === '') return []
  const [flows, partners, leads] = await Promise.all([
    listFlows(actor, { q: wanted.slice(0, 120), limit: most }),
    listPartners(actor, { q: wanted.slice(0, 120), limit: most }),
    listLeads(actor, 'seller', { q: query.trim().slice(0, 200), limit: most }),
  ])
  return [
    ...flows.data.map(({ id, name }): SearchHit => ({ id, label: name, href: `/seller/flows/${id}`, group: 'Flows' })),
    ...partners.data.map(
      ({ id, name }): SearchHit => ({ id, label: name, href: `/seller/partners/${id}`, group: 'Partners' }),
    ),
    ...leads.data.map(
      (lead): SearchHit => ({ id: lead.id, label: nameOf(lead), href: `/seller/leads/${lead.id}`, group: 'Leads' }),
    ),
  ]
}
