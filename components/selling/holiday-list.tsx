'use client'

import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import type { Problem } from '@/lib/engine/types'
import { DraftFrame } from '../flow/draft-field'
import { Button } from '../ui/button'
import { Input } from '../ui/input'

const format = new Intl.DateTimeFormat('en-US', {
  timeZone: 'UTC',
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
})

type HolidayListProps = {
  holidays: readonly string[]
  onChange: (holidays: string[]) => void
  problems: readonly Problem[]
}

const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text)

/** Days on which nothing is taken, in the order of the calendar. */
export function HolidayList({ holidays, onChange, problems }: HolidayListProps) {
  const [day, setDay] = useState('')
  const add = () => {
    if (!isDay(day)) return
    onChange([...new Set([...holidays, day])].sort())
    setDay('')
  }
  return (
    <div className="flex flex-col gap-2">
      <DraftFrame
        label="Holidays"
        optional
        hint="Closed from midnight to midnight in the time zone above."
        problems={problems}
      >
        {(control) => (
          <span className="flex gap-2">
            <Input
              {...control}
              type="date"
              value={day}
              className="max-w-44"
              onChange={(event) => setDay(event.target.value)}
              onKeyDown={(event) => event.key === 'Enter' && add()}
            />
            <Button disabled={!isDay(day)} onClick={add}>
              <Plus />
              Add holiday
            </Button>
          </span>
        )}
      </DraftFrame>
      {holidays.length > 0 && (
        <ul aria-label="Holidays" className="flex flex-wrap gap-1.5">
          {holidays.map((holiday) => {
            const words = format.format(Date.parse(`${holiday}T00:00:00Z`))
            return (
              <li
                key={holiday}
                className="inline-flex h-7 items-center gap-1 rounded-md bg-muted pr-0.5 pl-2 text-sm tabular-nums"
              >
                {words}
                <Button
                  variant="ghost"
                  size="icon-sm"
                  className="size-6"
                  aria-label={`Remove ${words}`}
                  onClick={() => onChange(holidays.filter((one) => one !== holiday))}
                >
                  <X className="size-3" />
                </Button>
              </li>
            )
          })}
        </ul>
      )}
    </div>
  )
}
