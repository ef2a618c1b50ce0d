import { z } from 'zod'

const unitMs: Record<string, number> = {
  ms: 1,
  s: 1_000,
  sec: 1_000,
  second: 1_000,
  m: 60_000,
  min: 60_000,
  minute: 60_000,
  h: 3_600_000,
  hour: 3_600_000,
  d: 86_400_000,
  day: 86_400_000,
}

/** Milliseconds of words such as "5 minutes", "1 hour", "30 seconds" or "90s"; `undefined` when they say no time. */
export function msOfWords(words: string): number | undefined {
  const found = /^\s*(\d+(?:\.\d+)?)\s*([a-z]+?)s?\s*$/i.exec(words)
  const unit = found?.[2]?.toLowerCase() ?? ''
  const each = unitMs[unit] ?? (unit === '' ? 1_000 : undefined)
  return found && each !== undefined ? Math.round(Number(found[1]) * each) : undefined
}

/** A stretch of time in words, up to 400 days. */
export const Duration = z
  .string()
  .max(40)
  .refine((words) => {
    const ms = msOfWords(words)
    return ms !== undefined && ms >= 0 && ms <= 400 * 86_400_000
  }, 'Write a time like “5 minutes”, “1 hour” or “30 seconds”.')
