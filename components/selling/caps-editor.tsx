'use client'

import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { type CapPeriod, type Caps, capPeriods } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import type { CapUse } from '@/lib/flows/schema'
import { DraftNumber } from '../flow/draft-field'
import { problemsAt } from '../flow/problem-notes'
import { cn } from '../ui/cn'
import { Progress } from '../ui/progress'
import { type CapConflict, type CapMeter, type CapUnit, capConflicts, capMeters, capNameOf } from './cap-words'
import { ZoneField } from './zone-field'

/** What is taken from the caps of one owner, as of a moment. */
export type UseNow = { uses: readonly CapUse[]; now: number }

const periodWords: Record<CapPeriod, string> = {
  minute: 'A minute',
  hour: 'An hour',
  day: 'A day',
  week: 'A week',
  month: 'A month',
}

type CapsEditorProps = {
  caps: Caps | undefined
  /** Takes a limit or the zone of the caps away by `undefined`. */
  onChange: (part: Partial<Record<keyof Caps, number | string | undefined>>) => void
  /** Limits in money beside those in leads. */
  hasMoney?: boolean
  /** The zone of caps that name none, and whose it is. */
  zone: string
  zoneOf?: 'flow' | 'account'
  /** Nothing until it was asked for. */
  use: UseNow | undefined
  /** When an edit begins to count: "once you publish". */
  from: string
  path: string
  problems: readonly Problem[]
}

/** Limits by period, each with the meter of what is used and what an edit does to it. */
export function CapsEditor({ caps, onChange, hasMoney, zone, zoneOf, use, from, path, problems }: CapsEditorProps) {
  const meters = use ? capMeters({ caps, uses: use.uses, now: use.now, zone, from }) : []
  const conflicts = capConflicts(caps)
  const limit = (unit: CapUnit, period: CapPeriod) => {
    const name = capNameOf(unit, period)
    if (!name) return <span className="max-sm:hidden" />
    const words = periodWords[period].toLowerCase()
    return (
      <DraftNumber
        label={unit === 'leads' ? `Leads ${words}` : `Money ${words}`}
        className="[&>label]:sr-only"
        value={caps?.[name]}
        isWhole={unit === 'leads'}
        mayBeEmpty
        max={1_000_000_000}
        placeholder="No limit"
        {...(unit === 'leads' ? { suffix: 'leads' } : { prefix: '$' })}
        problems={problemsAt(problems, `${path}.${name}`)}
        onChange={(value) => onChange({ [name]: value })}
      />
    )
  }
  return (
    <div className="flex min-w-0 flex-col gap-5">
      <ul className="flex flex-col divide-y">
        {capPeriods.map((period) => (
          <li
            key={period}
            className={cn(
              'grid items-start gap-x-4 gap-y-1.5 py-2.5 first:pt-0 sm:grid-cols-[5.5rem_minmax(0,12rem)]',
              hasMoney && 'grid-cols-2 sm:grid-cols-[5.5rem_minmax(0,12rem)_minmax(0,12rem)]',
            )}
          >
            <span className={cn('self-center font-medium text-sm', hasMoney && 'max-sm:col-span-2')}>
              {periodWords[period]}
            </span>
            {limit('leads', period)}
            {hasMoney && limit('cents', period)}
            <Meters meters={meters.filter((meter) => meter.period === period)} />
            <Conflicts conflicts={conflicts.filter((conflict) => conflict.period === period)} />
          </li>
        ))}
      </ul>
      <ZoneField
        value={caps?.timezone}
        onChange={(timezone) => onChange({ timezone })}
        zone={zone}
        {...(zoneOf && { zoneOf })}
        hint="Where days, weeks (from Monday) and months begin. Another zone starts other counters."
        problems={problemsAt(problems, `${path}.timezone`)}
      />
    </div>
  )
}

function Meters({ meters }: { meters: readonly CapMeter[] }): ReactNode {
  if (meters.length === 0) return null
  return (
    <span className="col-span-full flex flex-col gap-1.5 sm:col-start-2">
      {meters.map((meter) => (
        <Meter key={meter.unit} meter={meter} />
      ))}
    </span>
  )
}

function Conflicts({ conflicts }: { conflicts: readonly CapConflict[] }): ReactNode {
  return conflicts.map(({ unit, words }) => (
    <span
      key={unit}
      className="col-span-full flex items-start gap-1.5 text-pretty text-amber text-xs tabular-nums sm:col-start-2"
    >
      <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      {words}
    </span>
  ))
}

function Meter({ meter: { used, limit, words, isFull, isEdited } }: { meter: CapMeter }) {
  return (
    <span className="flex flex-col gap-1">
      {limit !== undefined && <Progress label={words} value={used} max={limit} tone={isFull ? 'amber' : 'accent'} />}
      <span
        className={cn(
          'text-pretty text-tertiary text-xs tabular-nums',
          isEdited && 'text-secondary',
          isFull && 'text-amber',
        )}
      >
        {words}
      </span>
    </span>
  )
}

/** Caps with a part changed; nothing is left when no limit, zone or reason is. */
export function withCapPart<Kind extends Caps>(
  caps: Kind | undefined,
  part: Partial<Record<keyof Caps, number | string | undefined>>,
): Partial<Kind> {
  const entries = Object.entries({ ...caps, ...part }).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as Partial<Kind>
}
