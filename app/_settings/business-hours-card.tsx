'use client'

import { useState } from 'react'
import { useVerb } from '@/components/form/use-verb'
import { office, WeekHours } from '@/components/selling/hours-editor'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { type BusinessHours, TimeRestrictions } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import type { Refusal } from '@/lib/errors'
import { setBusinessHoursAction } from './actions'

type BusinessHoursCardProps = { businessHours: BusinessHours | null; timeZone: string; mayChange: boolean }

/** What happens outside is for each buyer step to say. */
const savedOf = ({ outside_hours: _, alternate_buyer: __, ...hours }: TimeRestrictions): BusinessHours => hours
const editedOf = (hours: BusinessHours | null) => (hours ? TimeRestrictions.parse(hours) : undefined)

const problemsOf = (refusal: Refusal | undefined): Problem[] =>
  (refusal?.issues ?? []).map(({ path, message }) => ({ severity: 'error', path, message }))

/** When the people of the account are there. */
export function BusinessHoursCard({ businessHours, timeZone, mayChange }: BusinessHoursCardProps) {
  const [times, setTimes] = useState(editedOf(businessHours))
  const [refusal, setRefusal] = useState<Refusal>()
  const { act, isPending } = useVerb()
  const isChanged = JSON.stringify(times) !== JSON.stringify(editedOf(businessHours))
  const save = () =>
    act(
      async () => {
        const result = await setBusinessHoursAction({ businessHours: times ? savedOf(times) : null })
        setRefusal(result.ok ? undefined : result.error)
        return result
      },
      { done: 'Business hours saved.' },
    )
  return (
    <Card
      title="Business hours"
      description="Buyers in a failover chain that are asked in business hours only, and have no hours of their own, are asked in these."
      className="max-w-3xl"
    >
      <fieldset disabled={!mayChange} className="flex min-w-0 flex-col gap-5">
        {times ? (
          <WeekHours
            times={times}
            onChange={setTimes}
            zone={timeZone}
            zoneOf="account"
            path="businessHours"
            problems={problemsOf(refusal)}
            isFixed={!mayChange}
          />
        ) : (
          <div className="flex flex-wrap items-center justify-between gap-3 rounded-lg border border-dashed px-3 py-2.5">
            <p className="text-sm text-tertiary">Always open.</p>
            {mayChange && (
              <Button size="sm" onClick={() => setTimes(office)}>
                Set hours
              </Button>
            )}
          </div>
        )}
        {mayChange && (times || isChanged) && (
          <div className="flex items-center gap-3">
            <Button variant="primary" pending={isPending} disabled={!isChanged} onClick={save}>
              Save business hours
            </Button>
            {isChanged && !isPending && <span className="text-sm text-tertiary">Not saved yet</span>}
          </div>
        )}
      </fieldset>
    </Card>
  )
}
