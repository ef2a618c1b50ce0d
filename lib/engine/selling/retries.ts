import { msOfWords } from '../shapes/duration'
import type { Retry } from '../shapes/selling'

export type CompiledRetry = {
  maxAttempts: number
  firstDelayMs: number
  backoff: number
  maxDelayMs: number
  maxAgeMs: number
}

export const retryOf = (retry: Retry | undefined): CompiledRetry | undefined =>
  retry && retry.max_attempts > 1
    ? {
        maxAttempts: retry.max_attempts,
        firstDelayMs: msOfWords(retry.first_delay) ?? 0,
        backoff: retry.backoff,
        maxDelayMs: msOfWords(retry.max_delay) ?? 0,
        maxAgeMs: msOfWords(retry.max_age) ?? 0,
      }
    : undefined

/**
 * When the next try of an attempt is due, in Unix milliseconds; `undefined` when there is none left.
 * @param tried how many tries there were. @param luck 0 to 1, by which the delay is lengthened by up to a fifth, so that
 * many leads do not come back in the same moment. @param retryAfterMs what the buyer asked for, which can only delay.
 */
export function nextTryAt(
  retry: CompiledRetry,
  at: { tried: number; startedAt: number; now: number; luck: number; retryAfterMs?: number | undefined },
): number | undefined {
  if (at.tried >= retry.maxAttempts) return undefined
  const planned = Math.min(retry.firstDelayMs * retry.backoff ** (at.tried - 1), retry.maxDelayMs)
  const delay = Math.max(Math.round(planned * (1 + at.luck / 5)), Math.min(at.retryAfterMs ?? 0, retry.maxAgeMs))
  const due = at.now + delay
  return due - at.startedAt > retry.maxAgeMs ? undefined : due
}

/**
 * When the tries of an attempt are made if each fails at once: milliseconds after the first, which is 0. Chance makes
 * each pause up to a fifth longer.
 */
export function plannedTries(retry: Retry): number[] {
  const compiled = retryOf(retry)
  const times = [0]
  for (let now: number | undefined = 0; compiled && now !== undefined; ) {
    now = nextTryAt(compiled, { tried: times.length, startedAt: 0, now, luck: 0 })
    if (now !== undefined) times.push(now)
  }
  return times
}

/** Milliseconds that a Retry-After header asks for: seconds, or a date (RFC 9110 §10.2.3). */
export function retryAfterMs(
  header: string | undefined,
  now: number,
  dateOf: (text: string) => number | undefined,
): number | undefined {
  const text = header?.trim()
  if (!text) return undefined
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000
  const at = dateOf(text)
  return at === undefined ? undefined : Math.max(0, at - now)
}
