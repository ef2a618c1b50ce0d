import type { Metadata } from 'next'
import { sinceOf } from '@/components/event/period'
import { LeadList } from '@/components/lead/lead-list'
import { Page } from '@/components/shell/page'
import { ownAccount } from '@/lib/accounts'
import { requireSeller } from '@/lib/auth'
import { now } from '@/lib/clock'
import { listFlowNames } from '@/lib/flows'
import { listLeads } from '@/lib/leads'
import { LeadFilters } from '@/lib/leads/schema'

export const metadata: Metadata = { title: 'Leads' }

export default async function LeadsPage({ searchParams }: PageProps<'/seller/leads'>) {
  const [actor, { cursor, ...params }] = await Promise.all([requireSeller(), searchParams])
  const filters = LeadFilters.parse({ ...params, cursor, ...sinceOf(params['period'], now()) })
  const [page, account, flows] = await Promise.all([
    listLeads(actor, 'seller', filters),
    ownAccount(actor),
    listFlowNames(actor),
  ])
  return (
    <Page
      crumbs={[{ label: 'Leads' }]}
      title="Leads"
      description="Who came in, who bought them, and why the others were not sold."
      wide
    >
      <LeadList
        page={page}
        side="seller"
        timeZone={account.timeZone}
        isFiltered={Object.keys(params).length > 0}
        flows={flows.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Page>
  )
}
