import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import { breakers } from '../../db/schema/index'
import { type Breaker, type BreakerEvent, isPassable, moveBreaker, untouched } from '../engine/index'
import { dbNow, wordOf } from './known'
import { newsOf } from './news'
import type { Target } from './target'

const rowOf = ({ accountId, key }: Target) => and(eq(breakers.accountId, accountId), eq(breakers.target, key))

/** A door that stays as it was is the same object still, but for one that is closed anew. */
const isDoorMoved = (before: Breaker, after: Breaker) =>
  before.held !== after.held ||
  (before.door !== after.door && (before.door.state !== 'closed' || after.door.state !== 'closed'))

/**
 * Moves a target's breaker with its row locked, by the clock of the database, so that all processes agree; tells them,
 * and the target's people, where its door moved.
 * @returns the breaker after, and what time it was.
 */
export async function changeBreaker(
  tx: Tx,
  target: Target,
  events: readonly BreakerEvent[],
): Promise<{ before: Breaker; after: Breaker; nowMs: number; revision: number }> {
  await tx
    .insert(breakers)
    .values({ accountId: target.accountId, target: target.key, state: untouched })
    .onConflictDoNothing()
  const [row] = await tx
    .select({
      state: breakers.state,
      revision: breakers.revision,
      told: breakers.told,
      alertedAt: breakers.alertedAt,
      nowMs: dbNow,
    })
    .from(breakers)
    .where(rowOf(target))
    .for('update')
  if (!row) throw new Error(`the breaker of ${target.key} is gone`)
  const { state: before, nowMs, revision } = row
  const after = events.reduce((breaker, event) => moveBreaker(breaker, event, nowMs), before)
  if (after === before) return { before, after, nowMs, revision }
  const isMoved = isDoorMoved(before, after)
  await tx
    .update(breakers)
    .set({
      state: after,
      revision: revision + 1,
      watched: after.held !== undefined || !isPassable(after),
      ...(isMoved && { changedAt: new Date(nowMs), ...newsOf({ ...row, before, after }) }),
    })
    .where(rowOf(target))
  if (isMoved) await tx.execute(sql`select pg_notify('baton_breaker', ${wordOf(target)})`)
  return { before, after, nowMs, revision: revision + 1 }
}
