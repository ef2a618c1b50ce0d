import { Money } from '@/components/ui/money'
import { Stat } from '@/components/ui/stat'
import type { ConnectionStats } from '@/lib/connections/schema'

const percent = (part: number) => `${(part * 100).toLocaleString('en-US', { maximumFractionDigits: 1 })}%`

type ConnectionFiguresProps = {
  stats: ConnectionStats
  side: 'buyer' | 'seller'
  /** The event list of this connection; `outcome` may be added to it. */
  eventsHref: string
}

const withOutcome = (href: string, outcome: string) => `${href}${href.includes('?') ? '&' : '?'}outcome=${outcome}`

/** The last 30 days of a connection; every number opens its events. */
export function ConnectionFigures({ stats, side, eventsHref }: ConnectionFiguresProps) {
  const { delivered, accepted, rejected, errors, unknown, acceptanceRate, cents, days } = stats
  const accuracy = acceptanceRate === null ? 'no deliveries yet' : `${percent(acceptanceRate)} of delivered`
  return (
    <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Stat label="Delivered" value={delivered.toLocaleString('en-US')} hint={`last ${days} days`} href={eventsHref} />
      <Stat
        label="Accepted"
        value={accepted.toLocaleString('en-US')}
        hint={accuracy}
        href={withOutcome(eventsHref, 'accepted')}
      />
      <Stat
        label="Not accepted"
        value={(rejected + errors + unknown).toLocaleString('en-US')}
        hint={`${rejected} rejected · ${errors} error · ${unknown} unknown`}
        href={withOutcome(eventsHref, 'rejected')}
      />
      <Stat label={side === 'buyer' ? 'Spent' : 'Earned'} value={<Money cents={cents} />} hint={`last ${days} days`} />
    </div>
  )
}
