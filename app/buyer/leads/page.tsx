import type { Metadata } from 'next'
import { sinceOf } from '@/components/event/period'
import { LeadList } from '@/components/lead/lead-list'
import { Page } from '@/components/shell/page'
import { ownAccount } from '@/lib/accounts'
import { requireBuyer } from '@/lib/auth'
import { now } from '@/lib/clock'
import { listConnections } from '@/lib/connections'
import { listLeads } from '@/lib/leads'
import { LeadFilters } from '@/lib/leads/schema'

export const metadata: Metadata = { title: 'Leads' }

export default async function LeadsPage({ searchParams }: PageProps<'/buyer/leads'>) {
  const [actor, { cursor, ...params }] = await Promise.all([requireBuyer(), searchParams])
  const filters = LeadFilters.parse({ ...params, cursor, ...sinceOf(params['period'], now()) })
  const [page, account, connections] = await Promise.all([
    listLeads(actor, 'buyer', filters),
    ownAccount(actor),
    listConnections(actor),
  ])
  return (
    <Page
      crumbs={[{ label: 'Leads' }]}
      title="Leads"
      description="Each lead that was delivered to you, and what your system answered."
      wide
    >
      <LeadList
        page={page}
        side="buyer"
        timeZone={account.timeZone}
        isFiltered={Object.keys(params).length > 0}
        connections={connections.flatMap(({ id, side, partner }) =>
          side === 'buyer' ? [{ value: id, label: partner.name }] : [],
        )}
      />
    </Page>
  )
}
