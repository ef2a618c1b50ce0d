import { db } from '../../db/client'
import { now } from '../clock'
import { type Breaker, type BreakerEvent, type BreakerSettings, moveBreaker, untouched } from '../engine/index'
import { log } from '../log'
import { isStopping, once } from '../runtime'
import { changeBreaker } from './change'
import { keepBreaker, keepChanged, knownBreaker } from './known'
import type { Target } from './target'

type Writes = Map<string, { target: Target; events: BreakerEvent[]; written: Promise<void> }>

/** More failures than this that wait for the database at once say nothing new. */
const mostWaiting = 1_000

const writes = (): Writes =>
  once(
    'breaker-writes',
    (): Writes => new Map(),
    async (made) => {
      await Promise.all([...made.values()].map(({ written }) => written))
    },
  )

/** While a target is well, an answer says nothing new: it ends a row of failures, or it is what a try waited for. */
function isNews({ door, failures, answeredAt = 0 }: Breaker, event: BreakerEvent): boolean {
  if (event.kind !== 'answered') return true
  if (door.state === 'probing') return door.eventId === event.eventId
  return door.state === 'closed' && (failures.at(-1) ?? 0) > answeredAt
}

export type Heard = { eventId: string; isFailure: boolean; reason?: string | undefined }

/**
 * Takes down what came of a call. Of a healthy target an acceptance or a refusal costs nothing; a failure counts here at
 * once, and for all processes a moment later. Not waited for: a count that is lost with its process opens a circuit later.
 */
export function noteAnswer(target: Target, settings: BreakerSettings, { eventId, isFailure, reason }: Heard): void {
  const known = knownBreaker(target.key)
  // Connections that Baton closes itself as it stops say nothing of their targets.
  if ((!isFailure && !known) || isStopping()) return
  const event: BreakerEvent = isFailure
    ? { kind: 'failed', eventId, settings, ...(reason !== undefined && { reason }) }
    : { kind: 'answered', eventId }
  const before = known ?? untouched
  if (!isNews(before, event)) return
  const after = moveBreaker(before, event, now())
  if (after === before) return
  keepBreaker(target.key, after)
  const waiting = writes().get(target.key)
  if (!waiting) {
    const one = { target, events: [event], written: Promise.resolve() }
    writes().set(target.key, one)
    one.written = writeAll(one)
  } else if (waiting.events.length < mostWaiting) waiting.events.push(event)
}

/** One write of a target at a time; what comes meanwhile goes with the next. */
async function writeAll(one: { target: Target; events: BreakerEvent[] }): Promise<void> {
  const { target, events } = one
  while (events.length > 0) {
    const batch = events.splice(0)
    try {
      keepChanged(target.key, await db().transaction((tx) => changeBreaker(tx, target, batch)), events)
    } catch (error) {
      log.warn({ err: error, target: target.key }, 'failures of a target could not be counted for all')
    }
  }
  writes().delete(target.key)
}
