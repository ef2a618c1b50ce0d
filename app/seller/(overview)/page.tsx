import type { Metadata } from 'next'
import { OpenCircuits } from '@/components/circuit/open-circuits'
import { OverviewView } from '@/components/overview/overview-view'
import { sellerSetup } from '@/components/overview/seller-setup'
import { StartView } from '@/components/overview/start-view'
import { SubmitCard } from '@/components/overview/submit-card'
import { Page } from '@/components/shell/page'
import { LiveRefresh } from '@/components/table/live-refresh'
import { ownAccount } from '@/lib/accounts'
import type { Actor } from '@/lib/actor'
import { requireSeller } from '@/lib/auth'
import { listOpenCircuits } from '@/lib/breakers'
import { now } from '@/lib/clock'
import { listFlows, listSources } from '@/lib/flows'
import { listLeads } from '@/lib/leads'
import { overview } from '@/lib/reports'

export const metadata: Metadata = { title: 'Overview' }

export default async function OverviewPage() {
  const actor = await requireSeller()
  const { data: leads } = await listLeads(actor, 'seller', { limit: 1, is_test: 'false' })
  return (
    <Page
      crumbs={[{ label: 'Overview' }]}
      title="Overview"
      description={actor.accountName}
      actions={<LiveRefresh url="/api/live" everyMs={5000} />}
    >
      {leads.length > 0 ? <Day actor={actor} /> : <Start actor={actor} />}
    </Page>
  )
}

async function Day({ actor }: { actor: Actor }) {
  const [report, { timeZone }, circuits] = await Promise.all([
    overview(actor, 'seller', now()),
    ownAccount(actor),
    listOpenCircuits(actor, 'seller'),
  ])
  return (
    <>
      <OpenCircuits circuits={circuits} />
      <OverviewView report={report} side="seller" timeZone={timeZone} />
    </>
  )
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
