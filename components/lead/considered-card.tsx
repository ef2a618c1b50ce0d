import type { Considered, LeadDetail } from '@/lib/leads/schema'
import { Card } from '../ui/card'
import { Money } from '../ui/money'
import { outcomeLook } from '../ui/outcome'
import { OutcomeIcon } from '../ui/outcome-badge'

/** Every buyer that was thought of for a lead, and how each ended. */
export function ConsideredCard({ lead }: { lead: LeadDetail }) {
  const { considered } = lead
  return (
    <Card title="Who could have got it" flush={considered.length > 0}>
      {considered.length > 0 ? (
        <table className="w-full text-sm">
          <caption className="sr-only">Every buyer that was considered, and how it ended</caption>
          <thead className="sr-only">
            <tr>
              <th scope="col">Outcome</th>
              <th scope="col">Buyer and reason</th>
              <th scope="col">Price</th>
            </tr>
          </thead>
          <tbody className="divide-y">
            {considered.map((one) => (
              <ConsideredRow key={one.eventId} considered={one} />
            ))}
          </tbody>
        </table>
      ) : (
        <p className="text-pretty text-sm text-tertiary">
          {lead.status === 'processing' ? 'No buyer was asked yet.' : 'The lead stopped before any buyer was asked.'}
        </p>
      )}
    </Card>
  )
}

function ConsideredRow({ considered: { name, outcome, reason, priceCents, eventId } }: { considered: Considered }) {
  return (
    <tr>
      <td className="w-8 py-2 pl-4 align-top">
        <OutcomeIcon outcome={outcome} className="pt-0.5" />
      </td>
      <td className="px-2 py-2">
        <a href={`#event-${eventId}`} className="rounded-sm font-medium hover:underline">
          {name}
        </a>
        <p className="text-pretty text-tertiary">{reason ?? outcomeLook(outcome).word}</p>
      </td>
      <td className="py-2 pr-4 text-right align-top tabular-nums">
        <Money cents={priceCents || undefined} />
      </td>
    </tr>
  )
}
