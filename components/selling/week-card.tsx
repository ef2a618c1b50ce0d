'use client'

import { useState } from 'react'
import { type BusinessHours, TimeRestrictions } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import type { Refusal } from '@/lib/errors'
import type { Result } from '@/lib/result'
import { useVerb } from '../form/use-verb'
import { Button } from '../ui/button'
import { Card } from '../ui/card'
import { office, WeekHours } from './hours-editor'

type WeekCardProps = {
  title: string
  description: string
  /** `null` is always. */
  hours: BusinessHours | null
  /** What it is without hours: "Always open." */
  none: string
  /** What is saved: "business hours". */
  what: string
  /** Where the hours stand in the verb's input. */
  path: string
  timeZone: string
  mayChange: boolean
  save: (hours: BusinessHours | null) => Promise<Result<unknown>>
}

/** What happens outside is for each buyer step to say. */
const savedOf = ({ outside_hours: _, alternate_buyer: __, ...hours }: TimeRestrictions): BusinessHours => hours
const editedOf = (hours: BusinessHours | null) => (hours ? TimeRestrictions.parse(hours) : undefined)

const problemsOf = (refusal: Refusal | undefined): Problem[] =>
  (refusal?.issues ?? []).map(({ path, message }) => ({ severity: 'error', path, message }))

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

/** A week of hours that an account keeps: its own, or a partner's. */
export function WeekCard({ title, description, hours, none, what, path, timeZone, mayChange, save }: WeekCardProps) {
  const [times, setTimes] = useState(editedOf(hours))
  const [refusal, setRefusal] = useState<Refusal>()
  const { act, isPending } = useVerb()
  const isChanged = JSON.stringify(times) !== JSON.stringify(editedOf(hours))
  const keep = () =>
    act(
      async () => {
        const result = await save(times ? savedOf(times) : null)
        setRefusal(result.ok ? undefined : result.error)
        return result
      },
      { done: `${capital(what)} saved.` },
    )
  return (
    <Card title={title} description={description} className="max-w-3xl">
      <fieldset disabled={!mayChange} className="flex min-w-0 flex-col gap-5">
        {times ? (
          <WeekHours
            times={times}
            onChange={setTimes}
            zone={timeZone}
            zoneOf="account"
            path={path}
            problems={problemsOf(refusal)}
            isFixed={!mayChange}
          />
        ) : (
          <div className="flex flex-wrap items-center justify-between gap-3 rounded-lg border border-dashed px-3 py-2.5">
            <p className="text-sm text-tertiary">{none}</p>
            {mayChange && (
              <Button size="sm" onClick={() => setTimes(office)}>
                Set hours
              </Button>
            )}
          </div>
        )}
        {mayChange && (times || isChanged) && (
          <div className="flex items-center gap-3">
            <Button variant="primary" pending={isPending} disabled={!isChanged} onClick={keep}>
              {`Save ${what}`}
            </Button>
            {isChanged && !isPending && <span className="text-sm text-tertiary">Not saved yet</span>}
          </div>
        )}
      </fieldset>
    </Card>
  )
}
