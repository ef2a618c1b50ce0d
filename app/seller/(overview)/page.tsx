import type { Metadata } from 'next'
import { sellerSetup } from '@/components/overview/seller-setup'
import { StartView } from '@/components/overview/start-view'
import { SubmitCard } from '@/components/overview/submit-card'
import type { Actor } from '@/lib/actor'
import { requireSeller } from '@/lib/auth'
import { listFlows, listSources } from '@/lib/flows'
import { listLeads } from '@/lib/leads'
import { OverviewFrame } from '../../_portal/overview-frame'

export const metadata: Metadata = { title: 'Overview' }

export default async function OverviewPage() {
  const actor = await requireSeller()
  return <OverviewFrame actor={actor} side="seller" start={<Start actor={actor} />} />
}

async function Start({ actor }: { actor: Actor }) {
  const [{ data: flows }, tests] = await Promise.all([
    listFlows(actor),
    listLeads(actor, 'seller', { limit: 1, is_test: 'true' }),
  ])
  const flow = flows.find(({ liveVersion, sources }) => liveVersion !== null && sources > 0)
  const [source] = flow ? await listSources(actor, flow.id) : []
  return (
    <StartView
      title="Sell your first lead"
      description="Five steps, about ten minutes."
      steps={sellerSetup(flows, tests.data.length > 0)}
    >
      {source && <SubmitCard source={source} />}
    </StartView>
  )
}
