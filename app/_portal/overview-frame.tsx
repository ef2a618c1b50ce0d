import type { ReactNode } from 'react'
import { OpenCircuits } from '@/components/circuit/open-circuits'
import { OverviewView } from '@/components/overview/overview-view'
import { Page } from '@/components/shell/page'
import { LiveRefresh } from '@/components/table/live-refresh'
import { ownAccount } from '@/lib/accounts'
import type { Actor } from '@/lib/actor'
import { listOpenCircuits } from '@/lib/breakers'
import { now } from '@/lib/clock'
import { listLeads } from '@/lib/leads'
import { overview } from '@/lib/reports'

type Viewer = { actor: Actor; side: 'seller' | 'buyer' }

/** The first page of a portal: how the day goes, and before the first lead how to come to it. */
export async function OverviewFrame({ actor, side, start }: Viewer & { start: ReactNode }) {
  const { data: leads } = await listLeads(actor, side, { limit: 1, is_test: 'false' })
  return (
    <Page
      crumbs={[{ label: 'Overview' }]}
      title="Overview"
      description={actor.accountName}
      actions={<LiveRefresh url="/api/live" everyMs={5000} />}
    >
      {leads.length > 0 ? <Day actor={actor} side={side} /> : start}
    </Page>
  )
}

async function Day({ actor, side }: Viewer) {
  const [report, { timeZone }, circuits] = await Promise.all([
    overview(actor, side, now()),
    ownAccount(actor),
    listOpenCircuits(actor, side),
  ])
  return (
    <>
      <OpenCircuits circuits={circuits} />
      <OverviewView report={report} side={side} timeZone={timeZone} />
    </>
  )
}
