import type { Overview } from '@/lib/reports/schema'
import type { Side } from '../event/event-words'
import { DayChart } from './day-chart'
import { DeliveryTable } from './delivery-table'
import { OverviewStats } from './overview-stats'

/** How the last 24 hours went, for one side. */
export function OverviewView({ report, side, timeZone }: { report: Overview; side: Side; timeZone: string }) {
  return (
    <>
      <OverviewStats report={report} side={side} />
      <DayChart hours={report.hours} side={side} timeZone={timeZone} />
      <DeliveryTable subjects={report.subjects} side={side} />
    </>
  )
}
