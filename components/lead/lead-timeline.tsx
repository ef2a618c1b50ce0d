import Link from 'next/link'
import type { EventDetail } from '@/lib/events/schema'
import type { LeadDetail } from '@/lib/leads/schema'
import { durationWords } from '../event/duration-words'
import { TraceList } from '../flow/trace-list'
import { Card } from '../ui/card'
import { cn } from '../ui/cn'
import { Money } from '../ui/money'
import { outcomeLook, toneText } from '../ui/outcome'
import { OutcomeBadge, OutcomeIcon } from '../ui/outcome-badge'
import { Timeline } from '../ui/timeline'
import { clockTime, dayOf } from './clock-time'
import { DeliveryDetails } from './delivery-details'
import { EventAnchor } from './event-anchor'
import { FeedbackDetails } from './feedback-details'
import { type Happening, happeningsOf } from './happenings'

type LeadTimelineProps = { lead: LeadDetail; timeZone: string }

/** Everything that happened to a lead, to the millisecond, and why. */
export function LeadTimeline({ lead, timeZone }: LeadTimelineProps) {
  const happenings = happeningsOf(lead)
  const first = happenings[0]?.atMs ?? Date.parse(lead.receivedAt)
  const firstDay = dayOf(first, timeZone)
  return (
    <Card title="Timeline" description={`${firstDay}, times of ${timeZone.replaceAll('_', ' ')}`}>
      <Timeline
        entries={happenings.map((happening) => ({
          id: happening.id,
          time: <Clock atMs={happening.atMs} firstDay={firstDay} timeZone={timeZone} />,
          ...(happening.outcome && { icon: <OutcomeIcon outcome={happening.outcome} /> }),
          title: <Story happening={happening} isBuyer={lead.side === 'buyer'} />,
        }))}
      />
      {lead.status === 'processing' && (
        <p className="flex items-center gap-2 text-sm text-tertiary">
          <OutcomeBadge outcome="processing" plain />
          What comes next appears here by itself.
        </p>
      )}
    </Card>
  )
}

/** What left the house: it has an exchange, a status and a time. */
const isSent = ({ type }: EventDetail) => type === 'delivery' || type === 'lookup' || type === 'ping'

function Clock({ atMs, firstDay, timeZone }: { atMs: number; firstDay: string; timeZone: string }) {
  const day = dayOf(atMs, timeZone)
  return (
    <time dateTime={new Date(atMs).toISOString()}>
      {day !== firstDay && <span className="block font-sans">{day}</span>}
      {clockTime(atMs, timeZone)}
    </time>
  )
}

function Story({ happening, isBuyer }: { happening: Happening; isBuyer: boolean }) {
  const { event, isEnd, reason, trace } = happening
  const told = (
    <>
      <Words happening={happening} />
      {reason && <p className="text-pretty text-secondary">{reason}</p>}
      <TraceList trace={trace} className="mt-1 text-tertiary" />
      {event && isEnd && isSent(event) && <DeliveryDetails event={event} />}
      {event?.type === 'source' && isEnd && event.pingId && (
        <Link href={`/seller/pings/${event.pingId}`} className="text-accent-text hover:underline">
          The ping and its bids
        </Link>
      )}
      {event?.feedback && <FeedbackDetails feedback={event.feedback} isOwn={isBuyer} />}
    </>
  )
  return event && isEnd ? <EventAnchor eventId={event.id}>{told}</EventAnchor> : told
}

/** Words in the colour of their outcome, where there is one; then how long it took and what it was worth. */
function Words({ happening }: { happening: Happening }) {
  const { words, who, outcome, event } = happening
  const look = outcome ? outcomeLook(outcome) : undefined
  const status = event && isSent(event) && event.statusCode ? ` ${event.statusCode}` : ''
  return (
    <p>
      {who && <span className="font-medium">{who} </span>}
      <span className={cn('font-medium', look && look.tone !== 'neutral' && toneText[look.tone])}>
        {words || `${look?.word}${status}`}
      </span>
      <Figures happening={happening} />
    </p>
  )
}

function Figures({ happening: { event, isEnd } }: { happening: Happening }) {
  const isTimed = event && isEnd && (event.type === 'source' || (isSent(event) && event.outcome !== 'skipped'))
  if (!isTimed) return null
  return (
    <span className="text-tertiary tabular-nums">
      {' · '}
      {durationWords(event.durationMs)}
      {(event.type === 'delivery' || event.type === 'ping') && event.priceCents ? (
        <>
          {' · '}
          <Money cents={event.priceCents} className="font-medium text-foreground" />
        </>
      ) : null}
    </span>
  )
}
