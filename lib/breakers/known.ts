import { and, eq, sql } from 'drizzle-orm'
import { db, pool, subscribe } from '../../db/client'
import { breakers } from '../../db/schema/index'
import { now } from '../clock'
import { type Breaker, type BreakerEvent, isPassable, moveBreaker } from '../engine/index'
import { log } from '../log'
import { once } from '../runtime'
import type { Target } from './target'

/** More targets than this that failed once and were not heard of since are forgotten, oldest first. */
const mostKnown = 10_000

type Known = {
  /** Targets that failed lately, as this process knows them; who is not in here is healthy. */
  breakers: Map<string, Breaker>
  /** Those of them that don't let every lead pass. */
  shut: Map<string, Breaker>
  /** The newest state of each target that was read; answers of the database may overtake each other. */
  revisions: Map<string, number>
  ready: Promise<void>
  generation: number
}

const known = (): Known =>
  once('breakers', () => {
    // Made before, so that it ends after.
    pool()
    const made: Known = {
      breakers: new Map(),
      shut: new Map(),
      revisions: new Map(),
      ready: Promise.resolve(),
      generation: 0,
    }
    const load = () =>
      loadWatched(made).catch((error: unknown) => log.error({ err: error }, 'circuit breakers could not be read'))
    // What was said while nobody listened is lost: all is read again whenever it listens.
    made.ready = subscribe(
      'baton_breaker',
      (word) => void hear(made, word),
      () => void load(),
    )
      .catch((error: unknown) => log.error({ err: error }, 'changes of circuit breakers are not heard'))
      .then(load)
    return made
  })

export const dbNow = sql<number>`extract(epoch from clock_timestamp())::float8 * 1000`.mapWith(Number)

/** A breaker by this process's clock: the database's may be another, and decides. */
function byOurClock(breaker: Breaker, dbNowMs: number): Breaker {
  const shift = now() - dbNowMs
  const { door, failures, answeredAt } = breaker
  return {
    ...breaker,
    failures: failures.map((at) => at + shift),
    ...(answeredAt !== undefined && { answeredAt: answeredAt + shift }),
    door: door.state === 'closed' ? door : { ...door, since: door.since + shift, until: door.until + shift },
  }
}

async function loadWatched(made: Known): Promise<void> {
  const generation = ++made.generation
  const rows = await db()
    .select({ target: breakers.target, state: breakers.state, revision: breakers.revision, nowMs: dbNow })
    .from(breakers)
    .where(eq(breakers.watched, true))
  if (generation !== made.generation) return
  made.breakers.clear()
  made.shut.clear()
  made.revisions.clear()
  for (const { target, state, revision, nowMs } of rows) {
    made.revisions.set(target, revision)
    keepIn(made, target, byOurClock(state, nowMs))
  }
}

/** What processes say to each other when a door moved. */
export const wordOf = ({ accountId, key }: Target): string => `${accountId} ${key}`

async function hear(made: Known, word: string): Promise<void> {
  const [accountId = '', target = ''] = word.split(/ (.*)/s)
  try {
    const [row] = await db()
      .select({ state: breakers.state, revision: breakers.revision, nowMs: dbNow })
      .from(breakers)
      .where(and(eq(breakers.accountId, accountId), eq(breakers.target, target)))
    if (!row || row.revision <= (made.revisions.get(target) ?? -1)) return
    made.revisions.set(target, row.revision)
    keepIn(made, target, byOurClock(row.state, row.nowMs))
  } catch (error) {
    log.warn({ err: error, target }, 'a change of a circuit breaker could not be read')
  }
}

function keepIn(made: Known, target: string, breaker: Breaker): void {
  made.breakers.delete(target)
  made.shut.delete(target)
  const isPlain = breaker.door.state === 'closed' && breaker.failures.length === 0 && !breaker.held
  if (isPlain) return
  made.breakers.set(target, breaker)
  if (!isPassable(breaker)) made.shut.set(target, breaker)
  if (made.breakers.size <= mostKnown) return
  for (const [oldest] of made.breakers) {
    if (made.shut.has(oldest)) continue
    made.breakers.delete(oldest)
    made.revisions.delete(oldest)
    return
  }
}

/** Resolves when this process knows which targets are failing, and hears of changes. */
export const knowBreakers = (): Promise<void> => known().ready

/** The breakers that don't let every lead pass, by target; empty while all is well. It changes by itself. */
export const shutTargets = (): ReadonlyMap<string, Breaker> => known().shut

export const knownBreaker = (target: string): Breaker | undefined => known().breakers.get(target)
export const keepBreaker = (target: string, breaker: Breaker): void => keepIn(known(), target, breaker)

/** Keeps what a change of one's own answered, with `since`: what happened here that is not written yet. */
export function keepChanged(
  target: string,
  { after, nowMs, revision }: { after: Breaker; nowMs: number; revision: number },
  since: readonly BreakerEvent[] = [],
): void {
  const made = known()
  if (revision < (made.revisions.get(target) ?? -1)) return
  made.revisions.set(target, revision)
  keepIn(
    made,
    target,
    since.reduce((breaker, event) => moveBreaker(breaker, event, now()), byOurClock(after, nowMs)),
  )
}
