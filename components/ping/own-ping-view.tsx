import Link from 'next/link'
import type { EventDetail } from '@/lib/events/schema'
import { durationWords } from '../event/duration-words'
import { DeliveryDetails } from '../lead/delivery-details'
import { EventAnchor } from '../lead/event-anchor'
import { Page } from '../shell/page'
import { Card } from '../ui/card'
import { CopyId } from '../ui/copy-id'
import { Facts } from '../ui/facts'
import { Money } from '../ui/money'
import { OutcomeBadge } from '../ui/outcome-badge'
import { RelativeTime } from '../ui/relative-time'

/** What a buyer was asked, and what it bid. Whether the lead became its own is another event, if it did. */
export function OwnPingView({ ping, timeZone }: { ping: EventDetail; timeZone: string }) {
  const { id, name, recipient, outcome, isTest, startedAt, durationMs, priceCents, reason, connectionId } = ping
  const title = `Asked by ${name}`
  return (
    <Page
      crumbs={[{ label: 'Events', href: '/buyer/events' }, { label: title }]}
      title={title}
      badges={
        <>
          <OutcomeBadge outcome={outcome} />
          {isTest && <OutcomeBadge outcome="test" />}
          <RelativeTime at={startedAt} timeZone={timeZone} className="text-sm text-tertiary" />
        </>
      }
      description={<CopyId id={id} prefix="event" />}
    >
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1.45fr)_minmax(0,1fr)]">
        <Card title="Your answer">
          <EventAnchor eventId={id}>
            <p className="text-pretty text-secondary">{reason ?? 'You bid for this lead.'}</p>
            <DeliveryDetails event={ping} />
          </EventAnchor>
        </Card>
        <Card title="The bid">
          <Facts
            facts={[
              { label: 'You bid', value: <Money cents={priceCents} className="font-medium" /> },
              { label: 'Answered in', value: durationWords(durationMs) },
              { label: 'Destination', value: recipient ?? '–' },
              {
                label: 'Seller',
                value: connectionId ? (
                  <Link href={`/buyer/connections/${connectionId}`} className="text-accent-text hover:underline">
                    {name}
                  </Link>
                ) : (
                  name
                ),
              },
            ]}
          />
          <p className="mt-3 text-pretty text-sm text-tertiary">
            A ping tells you nothing of who somebody is. A lead that was sold to you is among your leads.
          </p>
        </Card>
      </div>
    </Page>
  )
}
