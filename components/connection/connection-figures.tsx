import { Money } from '@/components/ui/money'
import { Stat } from '@/components/ui/stat'
import type { ConnectionStats } from '@/lib/connections/schema'

const percent = (part: number) => `${(part * 100).toLocaleString('en-US', { maximumFractionDigits: 1 })}%`

const count = (number: number) => number.toLocaleString('en-US')

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
  const share = acceptanceRate === null ? 'no deliveries yet' : `${percent(acceptanceRate)} of delivered`
  return (
    <div className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-5">
      <Stat label="Delivered" value={count(delivered)} hint={`last ${days} days`} href={eventsHref} />
      <Stat label="Accepted" value={count(accepted)} hint={share} href={withOutcome(eventsHref, 'accepted')} />
      <Stat label="Rejected" value={count(rejected)} hint="not wanted" href={withOutcome(eventsHref, 'rejected')} />
      <Stat
        label="Errors"
        value={count(errors)}
        hint={unknown > 0 ? `and ${count(unknown)} unknown` : 'did not get through'}
        href={withOutcome(eventsHref, 'error')}
      />
      <Stat
        className="max-sm:col-span-2"
        label={side === 'buyer' ? 'Spent' : 'Earned'}
        value={<Money cents={cents} />}
        hint={`last ${days} days`}
      />
    </div>
  )
}
