'use client'

import { WeekCard } from '@/components/selling/week-card'
import type { BusinessHours } from '@/lib/engine/schema'
import { setBusinessHoursAction } from './actions'

type BusinessHoursCardProps = { businessHours: BusinessHours | null; timeZone: string; mayChange: boolean }

/** When the people of the account are there. */
export function BusinessHoursCard({ businessHours, timeZone, mayChange }: BusinessHoursCardProps) {
  return (
    <WeekCard
      title="Business hours"
      description="Buyers in a failover chain that are asked in business hours only, and have no hours of their own, are asked in these."
      hours={businessHours}
      none="Always open."
      what="business hours"
      path="businessHours"
      {...{ timeZone, mayChange }}
      save={(hours) => setBusinessHoursAction({ businessHours: hours })}
    />
  )
}
