import type { Metadata } from 'next'
import { Page } from '@/components/shell/page'
import { Filters } from '@/components/table/filters'
import { LoadMore } from '@/components/table/load-more'
import { requireSeller } from '@/lib/auth'
import { listFlows } from '@/lib/flows'
import { FlowFilters } from '@/lib/flows/schema'
import { CreateFlowDialog } from '../_components/create-flow-dialog'
import { FlowTable } from '../_components/flow-table'
import { ImportFlow } from '../_components/import-flow'

export const metadata: Metadata = { title: 'Flows' }

export default async function FlowsPage({ searchParams }: PageProps<'/seller/flows'>) {
  const [actor, { create, ...params }] = await Promise.all([requireSeller(), searchParams])
  const { data, nextCursor } = await listFlows(actor, FlowFilters.parse(params))
  return (
    <Page
      crumbs={[{ label: 'Flows' }]}
      title="Flows"
      description="What happens to a lead that comes in: what it must hold, who may get it, and how it is handed over."
      actions={
        <>
          <ImportFlow />
          <CreateFlowDialog key={String(create)} startsOpen={create !== undefined} />
        </>
      }
      wide
    >
      {(nextCursor || Object.keys(params).length > 0) && (
        <Filters filters={[{ kind: 'search', name: 'q', label: 'Search flows', placeholder: 'Name of a flow' }]} />
      )}
      <FlowTable flows={data} isFiltered={params['q'] !== undefined} />
      <LoadMore nextCursor={nextCursor} label="Older flows" />
    </Page>
  )
}
