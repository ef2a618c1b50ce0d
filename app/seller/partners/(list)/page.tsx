import type { Metadata } from 'next'
import { Page } from '@/components/shell/page'
import { Filters } from '@/components/table/filters'
import { LiveRefresh } from '@/components/table/live-refresh'
import { LoadMore } from '@/components/table/load-more'
import { hasRole } from '@/lib/actor'
import { requireSeller } from '@/lib/auth'
import { now } from '@/lib/clock'
import { listPartners, partnerCapUses } from '@/lib/partners'
import { PartnerFilters } from '@/lib/partners/schema'
import { NewPartnerButton } from '../_components/new-partner'
import { PartnerTable } from '../_components/partner-table'

export const metadata: Metadata = { title: 'Partners' }

export default async function PartnersPage({ searchParams }: PageProps<'/seller/partners'>) {
  const [actor, { create, ...params }] = await Promise.all([requireSeller(), searchParams])
  const nowMs = now()
  const { data, nextCursor } = await listPartners(actor, PartnerFilters.parse(params))
  const uses = await partnerCapUses(actor, data, nowMs)
  const isFiltered = params['q'] !== undefined
  const mayChange = hasRole(actor, 'member')
  return (
    <Page
      crumbs={[{ label: 'Partners' }]}
      title="Partners"
      description="Who you sell leads to and buy them from: whom to call, how many they take, and when."
      actions={
        <>
          {uses.length > 0 && <LiveRefresh url="/api/live" />}
          {mayChange && <NewPartnerButton key={String(create)} startsOpen={create !== undefined} />}
        </>
      }
      wide
    >
      {(data.length > 0 || Object.keys(params).length > 0) && (
        <Filters
          filters={[{ kind: 'search', name: 'q', label: 'Search partners', placeholder: 'Name, contact or email' }]}
        />
      )}
      <PartnerTable partners={data} uses={uses} now={nowMs} isFiltered={isFiltered} />
      <LoadMore nextCursor={nextCursor} label="Next partners" />
    </Page>
  )
}
