'use client'

import { useState } from 'react'
import { painted, TimeRestrictions, type Week, weekdays, weekOf, withWeek } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { problemsAt } from '../flow/problem-notes'
import { Button } from '../ui/button'
import { HolidayList } from './holiday-list'
import { type BuyerChoice, StandIn } from './stand-in'
import { WeekGrid } from './week-grid'
import { WindowList } from './window-list'
import { ZoneField } from './zone-field'

type HoursEditorProps = {
  times: TimeRestrictions | undefined
  onChange: (times: TimeRestrictions | undefined) => void
  flowZone: string
  buyers: readonly BuyerChoice[]
  /** Where the hours stand in the document. */
  path: string
  problems: readonly Problem[]
  isFixed: boolean
}

/** What hours begin with. */
export const office = TimeRestrictions.parse({
  days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'],
  hours: { start: '08:00', end: '18:00' },
})

const noHour =
  'At least one hour has to be open, in at most 50 stretches. To stop the buyer altogether, disable its step.'

const closed = Object.fromEntries(weekdays.map((day) => [day, []])) as unknown as Week
const presets: { label: string; area: Parameters<typeof painted>[1] }[] = [
  { label: 'Weekdays 8–18', area: { days: weekdays.slice(0, 5), from: 480, to: 1080 } },
  { label: 'Every day 8–20', area: { days: weekdays, from: 480, to: 1200 } },
  { label: 'Around the clock', area: { days: weekdays, from: 0, to: 1440 } },
]

const actions = [
  { value: 'reject', label: 'Pass it over', hint: 'The next buyer is asked.' },
  { value: 'queue', label: 'Queue the lead', hint: 'Where nobody else takes it, it waits until the buyer opens.' },
  { value: 'alternate_buyer', label: 'Ask another buyer', hint: 'That one is asked in its place.' },
]

/** When a buyer takes leads: a week that is painted, its zone, holidays, and what happens outside. */
export function HoursEditor(props: HoursEditorProps) {
  const { times, onChange } = props
  if (!times)
    return (
      <div className="flex flex-wrap items-center justify-between gap-3 rounded-lg border border-dashed px-3 py-2.5">
        <p className="text-sm text-tertiary">Leads go to this buyer at any time.</p>
        <Button size="sm" onClick={() => onChange(office)}>
          Set hours
        </Button>
      </div>
    )
  return <Hours {...props} times={times} />
}

function Hours(props: HoursEditorProps & { times: TimeRestrictions }) {
  const { times, onChange, flowZone, path, problems, isFixed } = props
  return (
    <div className="flex min-w-0 flex-col gap-5">
      <WeekHours {...{ times, onChange, path, problems, isFixed }} zone={flowZone} />
      <Outside {...props} set={(part) => onChange({ ...times, ...part })} />
    </div>
  )
}

type WeekHoursProps = Pick<HoursEditorProps, 'onChange' | 'path' | 'problems' | 'isFixed'> & {
  times: TimeRestrictions
  /** The zone where none is said, and whose it is. */
  zone: string
  zoneOf?: 'flow' | 'account'
}

/** A week of opening hours: painted or to the minute, in its zone, with holidays. */
export function WeekHours({ times, onChange, zone, zoneOf, path, problems, isFixed }: WeekHoursProps) {
  const [wrong, setWrong] = useState<string>()
  const week = weekOf(times)
  const setWeek = (next: Week) => {
    const written = withWeek(times, next)
    setWrong(written ? undefined : noHour)
    if (written && written !== times) onChange(written)
  }
  const setZone = (next: string | undefined) => {
    const { timezone: _, ...rest } = times
    onChange(next === undefined ? rest : { ...rest, timezone: next })
  }
  const setHolidays = (holidays: string[]) => {
    const { holidays: _, ...rest } = times
    onChange(holidays.length === 0 ? rest : { ...rest, holidays })
  }
  return (
    <>
      <ZoneField
        value={times.timezone}
        onChange={setZone}
        zone={zone}
        {...(zoneOf && { zoneOf })}
        problems={problemsAt(problems, `${path}.timezone`)}
      />
      <div className="flex min-w-0 flex-col gap-2">
        <div className="flex flex-wrap gap-1.5">
          {presets.map(({ label, area }) => (
            <Button key={label} size="sm" onClick={() => setWeek(painted(closed, area, true))}>
              {label}
            </Button>
          ))}
          <Button size="sm" variant="ghost" onClick={() => onChange(undefined)}>
            Remove hours
          </Button>
        </div>
        <WeekGrid week={week} onChange={setWeek} isFixed={isFixed} />
        {wrong && (
          <p role="alert" className="text-red text-xs">
            {wrong}
          </p>
        )}
        <WindowList week={week} onChange={setWeek} />
      </div>
      <HolidayList
        holidays={times.holidays ?? []}
        onChange={setHolidays}
        problems={problemsAt(problems, `${path}.holidays`)}
      />
    </>
  )
}

type OutsideProps = HoursEditorProps & { times: TimeRestrictions; set: (part: Partial<TimeRestrictions>) => void }

function Outside({ times, onChange, set, buyers, path, problems }: OutsideProps) {
  const setAction = (action: string) => {
    const { alternate_buyer: _, ...rest } = times
    onChange({ ...rest, outside_hours: action as TimeRestrictions['outside_hours'] })
  }
  return (
    <StandIn
      label="Outside these hours"
      actions={actions}
      action={times.outside_hours}
      onAction={setAction}
      named="alternate_buyer"
      buyerLabel="Alternate buyer"
      buyer={times.alternate_buyer}
      onBuyer={(alternate_buyer) => set({ alternate_buyer })}
      buyers={buyers}
      problems={problemsAt(problems, `${path}.alternate_buyer`)}
    />
  )
}
