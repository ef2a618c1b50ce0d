import type { Metadata } from 'next'
import { buyerSetup } from '@/components/overview/buyer-setup'
import { StartView } from '@/components/overview/start-view'
import type { Actor } from '@/lib/actor'
import { requireBuyer } from '@/lib/auth'
import { listConnections } from '@/lib/connections'
import { listDestinations } from '@/lib/destinations'
import { OverviewFrame } from '../../_portal/overview-frame'

export const metadata: Metadata = { title: 'Overview' }

export default async function OverviewPage() {
  const actor = await requireBuyer()
  return <OverviewFrame actor={actor} side="buyer" start={<Start actor={actor} />} />
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
