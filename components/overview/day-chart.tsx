import type { Overview } from '@/lib/reports/schema'
import { OutcomeBars } from '../chart/outcome-bars'
import type { Side } from '../event/event-words'
import { Card } from '../ui/card'

type DayChartProps = { hours: Overview['hours']; side: Side; timeZone: string }

const hourOf = (at: string, timeZone: string) =>
  new Date(at).toLocaleString('en-US', {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  })

/** The last 24 hours by outcome. */
export function DayChart({ hours, side, timeZone }: DayChartProps) {
  const bars = hours.map(({ at, success, failure, error, pending }) => ({
    label: hourOf(at, timeZone),
    counts:
      side === 'seller'
        ? { success, failure, error, pending }
        : { accepted: success, rejected: failure, error, unknown: pending },
  }))
  return (
    <Card title="Last 24 hours" description={`By hour, times of ${timeZone.replaceAll('_', ' ')}`}>
      <OutcomeBars bars={bars} label={`Leads by hour and outcome, ${timeZone}`} />
    </Card>
  )
}
