import { db } from '../../db/client'
import { now } from '../clock'
import { isPassable, moveBreaker, standingOf } from '../engine/index'
import { changeBreaker } from './change'
import { keepBreaker, keepChanged, shutTargets } from './known'
import type { Target } from './target'

/**
 * Whether an attempt may call its target now. Asks the database only where a circuit is open and may be tried: of all
 * processes' attempts one gets a yes, and is the probe. After a no the engine finds the circuit open, and decides anew.
 * @param forMs after how long without an answer the probe is taken for lost.
 */
export async function mayCall(target: Target, eventId: string, forMs: number): Promise<boolean> {
  const known = shutTargets().get(target.key)
  if (!known) return true
  if (standingOf(known, now()) !== 'due') return known.door.state === 'probing' && known.door.eventId === eventId
  const probe = { kind: 'probe', eventId, forMs } as const
  // Nobody else in this process asks meanwhile.
  keepBreaker(target.key, moveBreaker(known, probe, now()))
  try {
    const changed = await db().transaction((tx) => changeBreaker(tx, target, [probe]))
    keepChanged(target.key, changed)
    const { after } = changed
    return isPassable(after) || (!after.held && after.door.state === 'probing' && after.door.eventId === eventId)
  } catch (error) {
    keepBreaker(target.key, known)
    throw error
  }
}
