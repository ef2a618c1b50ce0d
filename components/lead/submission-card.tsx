import Link from 'next/link'
import type { LeadDetail } from '@/lib/leads/schema'
import { Card } from '../ui/card'
import { type Fact, Facts } from '../ui/facts'
import { Money } from '../ui/money'
import { RelativeTime } from '../ui/relative-time'

const linkLook = 'rounded-sm text-accent-text underline-offset-4 hover:underline'

function Flow({ lead: { flowId, flowName, flowVersion } }: { lead: LeadDetail }) {
  const version = flowVersion === undefined ? '' : flowVersion === 0 ? ', draft' : `, version ${flowVersion}`
  if (!flowId) return <>–</>
  return (
    <>
      <Link href={`/seller/flows/${flowId}`} className={linkLook}>
        {flowName ?? 'Flow'}
      </Link>
      {version}
    </>
  )
}

function factsOf(lead: LeadDetail, timeZone: string): Fact[] {
  const done = lead.status === 'final' ? lead.completedAt : undefined
  const times: Fact[] = [
    { label: 'Received', value: <RelativeTime at={lead.receivedAt} timeZone={timeZone} /> },
    { label: 'Done', value: done ? <RelativeTime at={done} timeZone={timeZone} /> : 'not yet' },
  ]
  if (lead.side === 'buyer')
    return [
      { label: 'Seller', value: lead.partnerName ?? '–' },
      { label: 'Price', value: <Money cents={lead.priceCents} /> },
      ...times,
    ]
  return [
    { label: 'Source', value: lead.sourceName ?? 'Test console' },
    { label: 'Flow', value: <Flow lead={lead} /> },
    { label: 'Paid to the source', value: <Money cents={lead.priceCents} /> },
    { label: 'Earned', value: <Money cents={lead.revenueCents} /> },
    ...times,
    { label: 'IP address', value: lead.submission?.ip || '–' },
    { label: 'User agent', value: lead.submission?.userAgent || '–' },
  ]
}

/** How a lead came in, and what it is worth. */
export function SubmissionCard({ lead, timeZone }: { lead: LeadDetail; timeZone: string }) {
  return (
    <Card title={lead.side === 'seller' ? 'Submission' : 'Delivery'}>
      <Facts facts={factsOf(lead, timeZone)} />
    </Card>
  )
}
