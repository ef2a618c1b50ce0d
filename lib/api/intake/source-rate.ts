import type { LoadedSource } from '../../flows/index'
import { once } from '../../runtime'
import { minuteMs } from '../../time'

type Window = { startedAt: number; used: number }
const windows = () => once('source-rates', () => new Map<string, Window>())

/**
 * Counts one submission against its source's limit a minute (0: no limit). Each intake process counts its own.
 * @returns seconds to wait when the limit is reached, else 0.
 */
export function takeSourceRate(source: LoadedSource, now: number): number {
  const limit = source.settings.rate_limit_per_minute
  if (limit === 0) return 0
  const held = windows()
  const window = held.get(source.id)
  if (!window || now - window.startedAt >= minuteMs) {
    held.set(source.id, { startedAt: now, used: 1 })
    return 0
  }
  if (window.used < limit) {
    window.used++
    return 0
  }
  return Math.max(1, Math.ceil((window.startedAt + minuteMs - now) / 1000))
}
