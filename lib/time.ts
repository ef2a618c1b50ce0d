export const secondMs = 1_000
export const minuteMs = 60_000
export const hourMs = 3_600_000
export const dayMs = 86_400_000

const durationUnits: Record<string, number> = {
  second: secondMs,
  minute: minuteMs,
  hour: hourMs,
  day: dayMs,
  week: 7 * dayMs,
}

/**
 * Milliseconds of a duration in words ("5 minutes", "1 hour", "30 seconds", "7 days"), as the flow document allows.
 * `undefined` when the text is not one.
 */
export function durationMs(words: string): number | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*(second|minute|hour|day|week)s?\s*$/i.exec(words)
  const unit = durationUnits[match?.[2]?.toLowerCase() ?? '']
  return match && unit ? Number(match[1]) * unit : undefined
}

/** True for an IANA time zone name that this runtime knows. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** ISO 8601 in UTC of a moment as Postgres writes it: Drizzle keeps the pool from parsing dates, so raw rows hold text. */
export const isoOf = (moment: string): string => new Date(moment).toISOString()
