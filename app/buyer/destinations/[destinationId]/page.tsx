import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { AccountCapsCard } from '@/components/selling/account-caps-card'
import { LiveRefresh } from '@/components/table/live-refresh'
import { ownAccount } from '@/lib/accounts'
import { hasRole } from '@/lib/actor'
import { requireBuyer } from '@/lib/auth'
import { now } from '@/lib/clock'
import { destinationCapUse, getDestination } from '@/lib/destinations'
import { setCapsAction } from '../actions'
import { DestinationFrame } from './_components/destination-frame'
import { DestinationOverview } from './_components/destination-overview'

export const metadata: Metadata = { title: 'Destination' }

type DestinationPageProps = { params: Promise<{ destinationId: string }> }

export default async function DestinationPage({ params }: DestinationPageProps) {
  const actor = await requireBuyer()
  const { destinationId } = await params
  const nowMs = now()
  const [found, use, account] = await Promise.all([
    getDestination(actor, destinationId),
    destinationCapUse(actor, destinationId, nowMs),
    ownAccount(actor),
  ])
  if (!found.ok || !use.ok) notFound()
  const { id, caps } = found.value
  return (
    <DestinationFrame destination={found.value}>
      <DestinationOverview destination={found.value} />
      <AccountCapsCard
        key={id}
        {...{ id, caps }}
        description="The most that you take here, whoever sends it. Sellers only learn that your limit is reached."
        uses={use.value}
        now={nowMs}
        zone={account.timeZone}
        mayChange={hasRole(actor, 'member')}
        live={caps && <LiveRefresh url="/api/live" />}
        save={setCapsAction}
      />
    </DestinationFrame>
  )
}
