'use client'

import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import { clockOf, painted, type Stretch, shownOn, type Week, type Weekday, weekdays } from '@/lib/engine/schema'
import { cn } from '../ui/cn'

const minutesOfDay = 1440
const hours = Array.from({ length: 24 }, (_, hour) => hour)

type At = { day: number; minute: number }
type Stroke = { from: At; to: At; step: number; isOpen: boolean }

/** What is painted between two places of the week. */
function areaOf({ from, to, step }: Stroke) {
  const [first, last] = [Math.min(from.day, to.day), Math.max(from.day, to.day)]
  return {
    days: weekdays.slice(first, last + 1),
    from: Math.min(from.minute, to.minute),
    to: Math.max(from.minute, to.minute) + step,
  }
}

const isOpenAt = (week: Week, { day, minute }: At) =>
  shownOn(week, weekdays[day] as Weekday).some(({ from, to }) => from <= minute && minute < to)

const within = (value: number, most: number) => Math.max(0, Math.min(most, value))

type WeekGridProps = {
  week: Week
  onChange: (week: Week) => void
  /** It can be looked at only. */
  isFixed: boolean
}

/** Half hours under a mouse, whole ones under a finger. */
const stepOf = (event: PointerEvent) => (event.pointerType === 'touch' ? 60 : 30)

/** Painting by dragging: closed hours open, open ones close, as the first one that is touched says. */
function usePainting({ week, onChange, isFixed }: WeekGridProps) {
  const tracks = useRef<HTMLDivElement>(null)
  const [stroke, setStroke] = useState<Stroke>()
  function placeOf(event: PointerEvent, step: number): At | undefined {
    const box = tracks.current?.querySelectorAll<HTMLElement>('[data-track]')
    const [first, last] = [box?.[0]?.getBoundingClientRect(), box?.[box.length - 1]?.getBoundingClientRect()]
    if (!first || !last) return undefined
    const day = within(Math.floor(((event.clientY - first.top) / (last.bottom - first.top)) * 7), 6)
    const slots = minutesOfDay / step
    const minute = within(Math.floor(((event.clientX - first.left) / first.width) * slots), slots - 1) * step
    return { day, minute }
  }
  const start = (event: PointerEvent<HTMLDivElement>) => {
    if (isFixed || event.button !== 0) return
    const step = stepOf(event)
    const at = placeOf(event, step)
    if (!at || !(event.target as HTMLElement).closest('[data-track]')) return
    event.currentTarget.setPointerCapture(event.pointerId)
    setStroke({ from: at, to: at, step, isOpen: !isOpenAt(week, at) })
  }
  const move = (event: PointerEvent) => {
    const to = stroke && placeOf(event, stroke.step)
    if (to) setStroke({ ...stroke, to })
  }
  const end = () => {
    if (stroke) onChange(painted(week, areaOf(stroke), stroke.isOpen))
    setStroke(undefined)
  }
  const shown = stroke ? painted(week, areaOf(stroke), stroke.isOpen) : week
  const said = stroke && `${wordsOf(areaOf(stroke))}, ${stroke.isOpen ? 'open' : 'closed'}`
  return { tracks, shown, said, start, move, end, drop: () => setStroke(undefined) }
}

const wordsOf = ({ days, from, to }: ReturnType<typeof areaOf>) =>
  `${days.length > 1 ? `${days[0]}–${days.at(-1)}` : days[0]} ${clockOf(from)}–${clockOf(to)}`

const steps: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Home: [0, -23],
  End: [0, 23],
}

/** Where a key goes from a cell; the edges stay where they are. */
function placeAfter(key: string, day: number, hour: number): { day: number; hour: number } | undefined {
  const step = steps[key]
  return step && { day: within(day + step[0], 6), hour: within(hour + step[1], 23) }
}

/** The cursor of the keyboard: arrows move it, space turns an hour over, shift and an arrow carry its state on. */
function useCursor({ week, onChange, isFixed }: WeekGridProps) {
  const [cursor, setCursor] = useState({ day: 0, hour: 9 })
  const grid = useRef<HTMLDivElement>(null)
  const goTo = (day: number, hour: number) => {
    setCursor({ day, hour })
    grid.current?.querySelector<HTMLElement>(`[data-cell="${day} ${hour}"]`)?.focus()
  }
  const paint = (day: number, hour: number, isOpen: boolean) => {
    if (!isFixed)
      onChange(painted(week, { days: [weekdays[day] as Weekday], from: hour * 60, to: hour * 60 + 60 }, isOpen))
  }
  function onKeyDown(event: KeyboardEvent) {
    const { day, hour } = cursor
    const isOpen = isOpenAt(week, { day, minute: hour * 60 })
    const next = placeAfter(event.key, day, hour)
    if (next) {
      if (event.shiftKey) paint(next.day, next.hour, isOpen)
      goTo(next.day, next.hour)
    } else if (event.key === ' ' || event.key === 'Enter') paint(day, hour, !isOpen)
    else return
    event.preventDefault()
  }
  return { grid, cursor, setCursor, onKeyDown }
}

/** A week of seven days and 24 hours that is painted: by dragging, or by the keyboard hour by hour. */
export function WeekGrid(props: WeekGridProps) {
  const { isFixed } = props
  const { tracks, shown, said, start, move, end, drop } = usePainting(props)
  const { grid, cursor, setCursor, onKeyDown } = useCursor(props)
  return (
    <div ref={grid} className="flex min-w-0 select-none flex-col gap-1">
      <div aria-hidden className="relative ml-10 h-4 text-2xs text-tertiary tabular-nums">
        {[0, 6, 12, 18, 24].map((hour) => (
          <span
            key={hour}
            className={cn(
              'absolute -translate-x-1/2',
              hour === 0 && 'translate-x-0',
              hour === 24 && '-translate-x-full',
            )}
            style={{ left: `${(hour / 24) * 100}%` }}
          >
            {clockOf(hour * 60)}
          </span>
        ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a table has no cells that are painted */}
      <div
        ref={tracks}
        role="grid"
        tabIndex={-1}
        aria-label="Opening hours"
        aria-multiselectable="true"
        aria-readonly={isFixed}
        className={cn('flex touch-pan-y flex-col gap-1', !isFixed && 'cursor-crosshair')}
        onPointerDown={start}
        onPointerMove={move}
        onPointerUp={end}
        onPointerCancel={drop}
        onKeyDown={onKeyDown}
      >
        {weekdays.map((day, index) => (
          <DayRow
            key={day}
            day={day}
            shown={shownOn(shown, day)}
            cursor={cursor.day === index ? cursor.hour : undefined}
            onCursor={(hour) => setCursor({ day: index, hour })}
            index={index}
          />
        ))}
      </div>
      <p aria-live="polite" className="ml-10 min-h-4 text-pretty text-tertiary text-xs tabular-nums">
        {said}
        {!said && !isFixed && (
          <>
            Drag to open or close hours.
            <span className="pointer-coarse:hidden"> By keyboard: arrows, space, shift and an arrow.</span>
          </>
        )}
      </p>
    </div>
  )
}

type DayRowProps = {
  day: Weekday
  index: number
  shown: readonly Stretch[]
  /** The hour that the keyboard is at, on this day. */
  cursor: number | undefined
  onCursor: (hour: number) => void
}

function stateOf(shown: readonly Stretch[], hour: number): 'open' | 'closed' | 'partly open' {
  const [start, end] = [hour * 60, hour * 60 + 60]
  if (shown.some(({ from, to }) => from <= start && to >= end)) return 'open'
  return shown.some(({ from, to }) => from < end && to > start) ? 'partly open' : 'closed'
}

const share = (minute: number) => `${(minute / minutesOfDay) * 100}%`

function DayRow({ day, index, shown, cursor, onCursor }: DayRowProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: as the grid
    // biome-ignore lint/a11y/useFocusableInteractive: its cells take the focus
    <div role="row" className="flex items-center">
      {/* biome-ignore lint/a11y/useSemanticElements: as the grid */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: as the row */}
      <span role="rowheader" className="w-10 shrink-0 text-secondary text-sm">
        {day}
      </span>
      <div
        data-track
        role="presentation"
        className="relative flex h-7 min-w-0 flex-1 overflow-hidden rounded-md bg-muted"
      >
        {shown.map(({ from, to }) => (
          <span
            key={from}
            aria-hidden
            className="absolute inset-y-0 rounded-sm bg-accent/75"
            style={{ left: share(from), width: share(to - from) }}
          />
        ))}
        {hours.map((hour) => (
          // biome-ignore lint/a11y/useSemanticElements: as the grid
          <div
            key={hour}
            role="gridcell"
            data-cell={`${index} ${hour}`}
            tabIndex={hour === (cursor ?? -1) ? 0 : -1}
            aria-selected={stateOf(shown, hour) === 'open'}
            aria-label={`${day} ${clockOf(hour * 60)}, ${stateOf(shown, hour)}`}
            onFocus={() => onCursor(hour)}
            className={cn(
              'relative min-w-0 flex-1 focus-visible:z-10 focus-visible:-outline-offset-2 focus-visible:outline-foreground',
              hour > 0 && 'border-background/50 border-l',
              hour > 0 && hour % 6 === 0 && 'border-background',
            )}
          />
        ))}
      </div>
    </div>
  )
}
