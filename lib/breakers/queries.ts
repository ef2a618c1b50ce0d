import { and, eq, inArray } from 'drizzle-orm'
import type { Executor } from '../../db/client'
import { accounts, breakers } from '../../db/schema/index'
import { type Breaker, breakerWords, type Standing, standingOf } from '../engine/index'
import { dbNow } from './known'
import type { CircuitView } from './schema'
import type { Target } from './target'

const healthy: CircuitView = { standing: 'closed', words: null, failures: 0, openSince: null, nextTryAt: null }

const isoOf = (ms: number) => new Date(ms).toISOString()
const standingWords: Record<Standing, CircuitView['standing']> = {
  closed: 'closed',
  open: 'open',
  due: 'due',
  probing: 'probing',
  'held open': 'held_open',
  'held closed': 'held_closed',
}

/** A breaker as a page shows it, in the zone of who looks. What failed last is for the target's owner. */
export function viewCircuit(breaker: Breaker, nowMs: number, timeZone: string, isOwner: boolean): CircuitView {
  const { door, failures, lastFailure, looksBackMs, answeredAt = 0 } = breaker
  const standing = standingOf(breaker, nowMs)
  const recent = failures.filter((at) => at > nowMs - looksBackMs && at > answeredAt)
  return {
    standing: standingWords[standing],
    words: breakerWords(breaker, nowMs, timeZone) ?? null,
    failures: door.state === 'closed' ? recent.length : door.failures,
    openSince: door.state === 'closed' ? null : isoOf(door.since),
    nextTryAt: standing === 'open' && door.state === 'open' ? isoOf(door.until) : null,
    ...(isOwner && lastFailure !== undefined && { lastFailure }),
  }
}

/** The zone in which an account reads clock times. */
export async function timeZoneOf(exec: Executor, accountId: string): Promise<string> {
  const [account] = await exec.select({ timeZone: accounts.timeZone }).from(accounts).where(eq(accounts.id, accountId))
  return account?.timeZone ?? 'UTC'
}

/** How the circuits of these targets stand for an account, by target; each is there: one that never failed is closed. */
export async function circuitsOf(
  exec: Executor,
  targets: readonly Target[],
  accountId: string,
): Promise<Map<string, CircuitView>> {
  const rows =
    targets.length === 0
      ? []
      : await exec
          .select({
            accountId: breakers.accountId,
            target: breakers.target,
            state: breakers.state,
            nowMs: dbNow,
          })
          .from(breakers)
          .where(
            and(
              inArray(breakers.accountId, [...new Set(targets.map((target) => target.accountId))]),
              inArray(breakers.target, [...new Set(targets.map(({ key }) => key))]),
            ),
          )
  const found = new Map(rows.map((row) => [row.target, row]))
  const timeZone = rows.length > 0 ? await timeZoneOf(exec, accountId) : 'UTC'
  return new Map(
    targets.map((target) => {
      const row = found.get(target.key)
      const isOwner = target.accountId === accountId
      return [target.key, row ? viewCircuit(row.state, row.nowMs, timeZone, isOwner) : healthy]
    }),
  )
}
