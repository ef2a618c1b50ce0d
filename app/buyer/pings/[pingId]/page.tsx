import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { OwnPingView } from '@/components/ping/own-ping-view'
import { ownAccount } from '@/lib/accounts'
import { requireBuyer } from '@/lib/auth'
import { getEvent } from '@/lib/events'

export const metadata: Metadata = { title: 'Ping' }

export default async function PingPage({ params }: PageProps<'/buyer/pings/[pingId]'>) {
  const [actor, { pingId }] = await Promise.all([requireBuyer(), params])
  const [found, { timeZone }] = await Promise.all([getEvent(actor, pingId), ownAccount(actor)])
  if (!found.ok) notFound()
  return <OwnPingView ping={found.value} timeZone={timeZone} />
}
