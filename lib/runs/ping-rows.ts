import type { SourceBid } from '../engine/index'
import { formatMoney } from '../money'
import { eventIdFor } from './event-id'
import type { Job } from './job'
import { addSides, type EventRow, iso, ofLead, type Settled, stepEvent } from './rows'

/** The end of a source's ping: what it was bid, or why nothing. It stands in the log in the place of its lead. */
function sourcePing(job: Job, id: string, { bid, expiresAt, fields }: Offered): EventRow {
  const { run, source } = job
  const isBid = 'priceCents' in bid
  const text = isBid ? `Bid ${formatMoney(bid.priceCents)}: ${bid.why}` : bid.why
  return {
    ...ofLead(job),
    id,
    type: 'ping',
    outcome: isBid ? 'bid' : 'no_bid',
    reason: isBid ? undefined : bid.why,
    name: source.name,
    started_at: iso(run.receivedAt),
    duration_ms: Math.max(0, Date.now() - run.receivedAt),
    price_cents: isBid ? bid.priceCents : undefined,
    detail: {
      trace: [...run.trace, { kind: 'ping', passed: isBid, text }],
      sent_fields: fields,
      ...(isBid && { expires_at: iso(expiresAt) }),
    },
  }
}

type Offered = { bid: SourceBid; expiresAt: number; fields: string[] }

/** What the log keeps of a source's ping, and of the pings of buyers that it led to. No value of the lead but theirs. */
export function pingRows(job: Job, offered: Offered): Pick<Settled, 'events' | 'payloads'> {
  const rows: Settled = { events: [], payloads: [], buyerLeads: [], keys: [], mails: [] }
  for (const result of job.run.results) {
    if (result.type !== 'ping') continue
    addSides(rows, job, result, stepEvent(job, result, result.eventId))
  }
  rows.events.push(sourcePing(job, eventIdFor(job.run), offered))
  return rows
}
