import { formatMoney } from '@/lib/money'
import type { Overview } from '@/lib/reports/schema'
import { Sparkline } from '../chart/sparkline'
import type { Side } from '../event/event-words'
import { Money } from '../ui/money'
import { Stat } from '../ui/stat'
import { changeWords, shareWords } from './change-words'

type OverviewStatsProps = { report: Overview; side: Side }

const day = 'period=24h&is_test=false'
const number = (value: number) => value.toLocaleString('en-US')
const plural = (value: number, word: string) => `${number(value)} ${word}${value === 1 ? '' : 's'}`

/** The day's numbers; each opens the list behind it. */
export function OverviewStats({ report, side }: OverviewStatsProps) {
  const { totals, before, hours, subjects } = report
  const errors = subjects.reduce((sum, subject) => sum + subject.error, 0)
  const unknown = subjects.reduce((sum, subject) => sum + subject.unknown, 0)
  const perHour = hours.map(({ success, failure, error, pending }) => success + failure + error + pending)
  return (
    <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Stat
        label={side === 'seller' ? 'Leads' : 'Delivered to you'}
        value={number(totals.leads)}
        hint={changeWords(totals.leads, before.leads)}
        href={`/${side}/leads?${day}`}
      >
        <Sparkline values={perHour} label={`${totals.leads} leads in 24 hours, by hour`} className="mt-1.5" />
      </Stat>
      <Stat
        label={side === 'seller' ? 'Sold' : 'Accepted'}
        value={number(totals.sold)}
        hint={shareWords(totals.sold, totals.leads, 'leads')}
        href={`/${side}/leads?outcome=success&${day}`}
      >
        <Sparkline values={hours.map(({ success }) => success)} label="By hour" tone="green" className="mt-1.5" />
      </Stat>
      <MoneyStat report={report} side={side} />
      <Stat
        label="Needs a look"
        value={number(errors + unknown)}
        hint={`${plural(errors, 'error')} · ${number(unknown)} without an answer`}
        href={`/${side}/events?outcome=${unknown > 0 ? 'unknown' : 'error'}&${day}`}
      />
    </div>
  )
}

function MoneyStat({ report: { totals, before }, side }: OverviewStatsProps) {
  const { revenueCents, costCents } = totals
  if (side === 'buyer')
    return (
      <Stat
        label="Spent"
        value={<Money cents={costCents} />}
        hint={`${formatMoney(before.costCents)} the day before`}
        href={`/buyer/events?outcome=accepted&${day}`}
      />
    )
  return (
    <Stat
      label="Earned"
      value={<Money cents={revenueCents} />}
      hint={`${formatMoney(revenueCents - costCents)} after ${formatMoney(costCents)} to sources`}
      href={`/seller/events?outcome=accepted&${day}`}
    />
  )
}
