'use client'

import { WeekCard } from '@/components/selling/week-card'
import type { BusinessHours } from '@/lib/engine/schema'
import { updatePartnerAction } from '../../actions'

type ScheduleCardProps = { id: string; schedule: BusinessHours | null; timeZone: string; mayChange: boolean }

/** When leads are delivered to a partner. */
export function ScheduleCard({ id, schedule, timeZone, mayChange }: ScheduleCardProps) {
  return (
    <WeekCard
      title="Delivery schedule"
      description="Beside the hours of a step: both have to be open. What happens outside, each step says."
      hours={schedule}
      none="Leads go to this partner at any time."
      what="schedule"
      path="schedule"
      {...{ timeZone, mayChange }}
      save={(hours) => updatePartnerAction({ id, schedule: hours })}
    />
  )
}
