'use client'

import { useEffect, useState } from 'react'
import { dayMs, hourMs, minuteMs, secondMs } from '@/lib/time'

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

/** One clock for all times on the page. */
function onTick(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    for (const tell of listeners) tell()
  }, 10 * secondMs)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

const inWords = (count: number, unit: string, isPast: boolean) =>
  isPast ? `${count} ${unit} ago` : `in ${count} ${unit}`

/** "2 min ago", "in 3 days"; past a month, the date. */
export function relativeTime(atMs: number, nowMs: number): string {
  const away = Math.abs(nowMs - atMs)
  const isPast = atMs <= nowMs
  if (away < 10 * secondMs) return 'just now'
  if (away < minuteMs) return inWords(Math.floor(away / secondMs), 's', isPast)
  if (away < hourMs) return inWords(Math.floor(away / minuteMs), 'min', isPast)
  if (away < dayMs) return inWords(Math.floor(away / hourMs), 'h', isPast)
  const days = Math.floor(away / dayMs)
  if (days < 31) return inWords(days, days === 1 ? 'day' : 'days', isPast)
  return new Date(atMs).toLocaleDateString('en-US', {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    timeZone: 'UTC',
  })
}

/** Date and time to the second, with its zone named. */
export const exactTime = (atMs: number, timeZone?: string): string =>
  new Date(atMs).toLocaleString('en-US', {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
    ...(timeZone && { timeZone }),
  })

type RelativeTimeProps = {
  at: Date | string | number
  /** IANA zone for the exact time; the reader's own when left out. */
  timeZone?: string | undefined
  className?: string
}

/** How long ago, with the exact time on hover. */
export function RelativeTime({ at, timeZone, className }: RelativeTimeProps) {
  const atMs = new Date(at).getTime()
  const [now, setNow] = useState(() => Date.now())
  const [isHere, setHere] = useState(false)
  useEffect(() => {
    setHere(true)
    setNow(Date.now())
    return onTick(() => setNow(Date.now()))
  }, [])
  return (
    // A second may pass between server and browser, and their zones differ.
    <time
      dateTime={new Date(atMs).toISOString()}
      title={exactTime(atMs, timeZone ?? (isHere ? undefined : 'UTC'))}
      suppressHydrationWarning
      className={className ?? 'whitespace-nowrap'}
    >
      {relativeTime(atMs, now)}
    </time>
  )
}
