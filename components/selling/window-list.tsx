'use client'

import { Plus, Trash2 } from 'lucide-react'
import { useId, useState } from 'react'
import { clockOf, type Week, type Weekday, weekdays } from '@/lib/engine/schema'
import { Button } from '../ui/button'
import { cn } from '../ui/cn'
import { Input } from '../ui/input'
import { addedRow, changedRow, stretchBetween, type WindowRow, windowRows } from './window-rows'

type WindowListProps = { week: Week; onChange: (week: Week) => void }

/** The same week as a list, to the minute. */
export function WindowList({ week, onChange }: WindowListProps) {
  const [fresh, setFresh] = useState<WindowRow>()
  const rows = windowRows(week)
  return (
    <div className="flex flex-col gap-2">
      <ul aria-label="Hours to the minute" className="flex flex-col gap-2">
        {rows.map((row, index) => (
          <li key={`${row.stretch.from} ${row.stretch.to}`}>
            <Row
              row={row}
              name={`Hours ${index + 1}`}
              onChange={(next) => onChange(changedRow(week, row, next))}
              onRemove={() => onChange(changedRow(week, row, { ...row, days: [] }))}
            />
          </li>
        ))}
        {fresh && (
          <li>
            <Row
              row={fresh}
              name="New hours"
              onChange={(next) => {
                const isReady = next.days.length > 0
                setFresh(isReady ? undefined : next)
                if (isReady) onChange(addedRow(week, next))
              }}
              onRemove={() => setFresh(undefined)}
            />
          </li>
        )}
      </ul>
      {!fresh && (
        <Button
          variant="ghost"
          size="sm"
          className="-ml-1 self-start"
          onClick={() => setFresh({ days: [], stretch: { from: 540, to: 1020 } })}
        >
          <Plus className="size-3.5" />
          Add hours
        </Button>
      )}
    </div>
  )
}

type RowProps = { row: WindowRow; name: string; onChange: (row: WindowRow) => void; onRemove: () => void }

const endOf = (minute: number) => (minute > 1440 ? minute - 1440 : minute)

function Row({ row, name, onChange, onRemove }: RowProps) {
  const { days, stretch } = row
  const isOverMidnight = stretch.to > 1440
  return (
    <fieldset aria-label={name} className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <DayToggles days={days} onChange={(next) => onChange({ ...row, days: next })} />
      <span className="flex items-center gap-1.5">
        <Clock
          label={`${name} from`}
          value={clockOf(stretch.from % 1440)}
          onChange={(start) => onChange({ ...row, stretch: stretchBetween(start, clockOf(endOf(stretch.to))) })}
        />
        <span aria-hidden className="text-tertiary">
          –
        </span>
        <Clock
          label={`${name} until`}
          value={clockOf(endOf(stretch.to) % 1440)}
          onChange={(end) => onChange({ ...row, stretch: stretchBetween(clockOf(stretch.from), end) })}
        />
        {isOverMidnight && <span className="text-tertiary text-xs">next day</span>}
        <Button variant="ghost" size="icon" aria-label={`Remove ${name.toLowerCase()}`} onClick={onRemove}>
          <Trash2 className="size-3.5" />
        </Button>
      </span>
    </fieldset>
  )
}

function DayToggles({ days, onChange }: { days: readonly Weekday[]; onChange: (days: Weekday[]) => void }) {
  return (
    <span className="inline-flex overflow-hidden rounded-lg border border-control-line bg-surface shadow-sm">
      {weekdays.map((day) => {
        const isOn = days.includes(day)
        return (
          <button
            key={day}
            type="button"
            aria-pressed={isOn}
            aria-label={day}
            onClick={() => onChange(weekdays.filter((one) => (one === day ? !isOn : days.includes(one))))}
            className={cn(
              'h-control w-9 border-l text-sm text-tertiary transition-colors duration-120 first:border-l-0 hover:bg-hover focus-visible:-outline-offset-2 pointer-coarse:w-10',
              isOn && 'bg-accent-soft font-medium text-accent-text hover:bg-accent-soft',
            )}
          >
            {day.slice(0, 2)}
          </button>
        )
      })}
    </span>
  )
}

/** A time is taken when it is left: on the way there it may be another one. */
function Clock({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const id = useId()
  const [typed, setTyped] = useState<string>()
  const take = () => {
    if (typed && typed !== value) onChange(typed)
    setTyped(undefined)
  }
  return (
    <Input
      id={id}
      type="time"
      aria-label={label}
      value={typed ?? value}
      className="w-30 tabular-nums"
      onChange={(event) => setTyped(event.target.value)}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && take()}
    />
  )
}
