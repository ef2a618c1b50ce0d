import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PingView } from '@/components/ping/ping-view'
import { ownAccount } from '@/lib/accounts'
import { requireSeller } from '@/lib/auth'
import { getPing } from '@/lib/events'

export const metadata: Metadata = { title: 'Ping' }

export default async function PingPage({ params }: PageProps<'/seller/pings/[pingId]'>) {
  const [actor, { pingId }] = await Promise.all([requireSeller(), params])
  const [found, { timeZone }] = await Promise.all([getPing(actor, pingId), ownAccount(actor)])
  if (!found.ok) notFound()
  return <PingView ping={found.value} timeZone={timeZone} />
}
