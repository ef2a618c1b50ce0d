import Link from 'next/link'
import type { EventDetail, PingDetail } from '@/lib/events/schema'
import { durationWords } from '../event/duration-words'
import { TraceList } from '../flow/trace-list'
import { DeliveryDetails } from '../lead/delivery-details'
import { EventAnchor } from '../lead/event-anchor'
import { Page } from '../shell/page'
import { Card } from '../ui/card'
import { CopyId } from '../ui/copy-id'
import { type Fact, Facts } from '../ui/facts'
import { Money } from '../ui/money'
import { OutcomeBadge, OutcomeIcon } from '../ui/outcome-badge'
import { RelativeTime } from '../ui/relative-time'

type PingViewProps = { ping: PingDetail; timeZone: string }

/** What a source was bid for a lead that it told a part of, and what buyers said. */
export function PingView({ ping, timeZone }: PingViewProps) {
  const title = `Ping from ${ping.sourceName}`
  return (
    <Page
      crumbs={[{ label: 'Events', href: '/seller/events' }, { label: title }]}
      title={title}
      badges={
        <>
          <OutcomeBadge outcome={ping.outcome} />
          {ping.isTest && <OutcomeBadge outcome="test" />}
          <RelativeTime at={ping.receivedAt} timeZone={timeZone} className="text-sm text-tertiary" />
        </>
      }
      description={<CopyId id={ping.id} prefix="bid" />}
    >
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1.45fr)_minmax(0,1fr)]">
        <BuyersSaid pings={ping.pings} />
        <div className="flex min-w-0 flex-col gap-5">
          <Card title="The bid">
            <Facts facts={factsOf(ping, timeZone)} />
          </Card>
          <Card title="Why">
            <TraceList trace={ping.trace} />
          </Card>
        </div>
      </div>
    </Page>
  )
}

function factsOf(ping: PingDetail, timeZone: string): Fact[] {
  const { flowId, flowName, priceCents, expiresAt, leadId, fields, durationMs } = ping
  const isBid = ping.outcome === 'bid'
  return [
    { label: 'Price for the source', value: <Money cents={priceCents} className="font-medium" /> },
    ...(isBid ? [{ label: 'Its lead', value: <ItsLead leadId={leadId} /> }] : []),
    ...(expiresAt ? [{ label: 'Honoured until', value: <RelativeTime at={expiresAt} timeZone={timeZone} /> }] : []),
    ...(flowId
      ? [
          {
            label: 'Flow',
            value: (
              <Link href={`/seller/flows/${flowId}`} className="text-accent-text hover:underline">
                {flowName ?? 'The flow'}
              </Link>
            ),
          },
        ]
      : []),
    { label: 'Answered in', value: durationWords(durationMs) },
    { label: 'Fields told', value: fields.length > 0 ? fields.join(', ') : 'none' },
  ]
}

function ItsLead({ leadId }: { leadId: string | undefined }) {
  if (!leadId) return <span className="text-tertiary">none has used it</span>
  return (
    <Link href={`/seller/leads/${leadId}`} className="text-accent-text hover:underline">
      Open lead
    </Link>
  )
}

function BuyersSaid({ pings }: { pings: readonly EventDetail[] }) {
  return (
    <Card title="What buyers said" flush={pings.length > 0}>
      {pings.length > 0 ? (
        <ul className="divide-y">
          {pings.map((event) => (
            <li key={event.id} className="flex gap-3 px-4 py-3">
              <OutcomeIcon outcome={event.outcome} className="pt-0.5" />
              <div className="min-w-0 flex-1 text-sm">
                <EventAnchor eventId={event.id}>
                  <p className="flex items-baseline justify-between gap-3">
                    <span className="font-medium">{event.recipient ?? event.name}</span>
                    <Money cents={event.priceCents} className="font-medium" />
                  </p>
                  <p className="text-pretty text-tertiary">
                    {event.reason ?? 'bid'} · {durationWords(event.durationMs)}
                  </p>
                  <DeliveryDetails event={event} />
                </EventAnchor>
              </div>
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-pretty text-sm text-tertiary">
          No buyer was pinged. Buyers with a ping, in a distribution that asks the highest price first, are.
        </p>
      )}
    </Card>
  )
}
