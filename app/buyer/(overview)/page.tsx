import type { Metadata } from 'next'
import { OpenCircuits } from '@/components/circuit/open-circuits'
import { buyerSetup } from '@/components/overview/buyer-setup'
import { OverviewView } from '@/components/overview/overview-view'
import { StartView } from '@/components/overview/start-view'
import { Page } from '@/components/shell/page'
import { LiveRefresh } from '@/components/table/live-refresh'
import { ownAccount } from '@/lib/accounts'
import type { Actor } from '@/lib/actor'
import { requireBuyer } from '@/lib/auth'
import { listOpenCircuits } from '@/lib/breakers'
import { now } from '@/lib/clock'
import { listConnections } from '@/lib/connections'
import { listDestinations } from '@/lib/destinations'
import { listLeads } from '@/lib/leads'
import { overview } from '@/lib/reports'

export const metadata: Metadata = { title: 'Overview' }

export default async function OverviewPage() {
  const actor = await requireBuyer()
  const { data: leads } = await listLeads(actor, 'buyer', { limit: 1, is_test: 'false' })
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
    overview(actor, 'buyer', now()),
    ownAccount(actor),
    listOpenCircuits(actor, 'buyer'),
  ])
  return (
    <>
      <OpenCircuits circuits={circuits} />
      <OverviewView report={report} side="buyer" timeZone={timeZone} />
    </>
  )
}

async function Start({ actor }: { actor: Actor }) {
  const [all, destinations] = await Promise.all([listConnections(actor), listDestinations(actor)])
  const connections = all.filter((connection) => connection.side === 'buyer')
  return (
    <StartView
      title="Get your first lead"
      description="Five steps, about ten minutes."
      steps={buyerSetup({ connections, destinations })}
    />
  )
}
