import { dayMs, hourMs } from '@/lib/time'

/** How far back a list reaches, as it stands in the address. */
export const periods = [
  { value: '1h', label: 'Last hour', lengthMs: hourMs },
  { value: '24h', label: 'Last 24 hours', lengthMs: dayMs },
  { value: '7d', label: 'Last 7 days', lengthMs: 7 * dayMs },
  { value: '30d', label: 'Last 30 days', lengthMs: 30 * dayMs },
] as const

/** Where a period begins, ISO 8601; nothing for a period that is not one. */
export function sinceOf(period: unknown, nowMs: number): { from?: string } {
  const found = periods.find(({ value }) => value === period)
  return found ? { from: new Date(nowMs - found.lengthMs).toISOString() } : {}
}
