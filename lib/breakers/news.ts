import type { Breaker } from '../engine/index'
import { minuteMs } from '../time'

/** A target whose circuit opens and closes again and again is told of once in this time. */
const quietMs = 15 * minuteMs

type Change = { before: Breaker; after: Breaker; nowMs: number; told: boolean; alertedAt: Date | null }
type News = { toTell?: 'opened' | 'closed' | null; told?: boolean; alertedAt?: Date }

/** What a target's people are to be told of a change of its door. Whoever moved it by hand knows already. */
export function newsOf({ before, after, nowMs, told, alertedAt }: Change): News {
  const isOpened = after.door.state === 'open' && before.door.state !== 'open'
  if (isOpened && !told && (!alertedAt || nowMs - alertedAt.getTime() >= quietMs))
    return { toTell: 'opened', told: true, alertedAt: new Date(nowMs) }
  if (after.door.state !== 'closed' || !told) return {}
  return { toTell: before.door.state === 'probing' ? 'closed' : null, told: false }
}
