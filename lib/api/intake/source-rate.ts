import type { LoadedSource } from '../../flows/index'
import { once } from '../../runtime'
import { minuteMs } from '../../time'

type Window = { startedAt: number; used: number }
const windows = () => once('source-rates', () => new Map<string, Window>())

/**
 * Counts one submission, or one ping, against its source's limit a minute (0: no limit). Each intake process counts its
 * own, and pings apart: a source may send as many of them as leads.
 * @returns seconds to wait when the limit is reached, else 0.
 */
export function takeSourceRate(source: LoadedSource, now: number, what: 'leads' | 'pings' = 'leads'): number {
  const limit = source.settings.rate_limit_per_minute
  if (limit === 0) return 0
  const held = windows()
  const key = `${what} ${source.id}`
  const window = held.get(key)
  if (!window || now - window.startedAt >= minuteMs) {
    held.set(key, { startedAt: now, used: 1 })
    return 0
  }
  if (window.used < limit) {
    window.used++
    return 0
  }
  return Math.max(1, Math.ceil((window.startedAt + minuteMs - now) / 1000))
}
