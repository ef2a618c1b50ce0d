export const secondMs = 1_000
export const minuteMs = 60_000
export const hourMs = 3_600_000
export const dayMs = 86_400_000

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
