import type { Metadata } from 'next'
import { Page } from '@/components/shell/page'
import { requireSeller } from '@/lib/auth'
import { listFlows } from '@/lib/flows'
import { CreateFlowDialog } from './_components/create-flow-dialog'
import { FlowTable } from './_components/flow-table'
import { ImportFlow } from './_components/import-flow'

export const metadata: Metadata = { title: 'Flows' }

export default async function FlowsPage({ searchParams }: PageProps<'/seller/flows'>) {
  const [actor, { create }] = await Promise.all([requireSeller(), searchParams])
  const flows = await listFlows(actor)
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
      <FlowTable flows={flows} />
    </Page>
  )
}
