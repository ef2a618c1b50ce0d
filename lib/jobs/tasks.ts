import type { TaskList } from 'graphile-worker'
import { pool } from '../../db/client'
import { ensurePartitions } from '../../db/partitions'
import { sweepRates, sweepSessions } from '../accounts/index'
import { sweepBacktests } from '../backtests/index'
import { now } from '../clock'
import { log } from '../log'
import { sweepNotices } from '../notices/index'
import { sweepDeadLetters, sweepRuns } from '../runs/index'
import { rewrapKeys } from '../secrets/index'

/** Days an idempotency key answers with its first answer (`design.md` §6). */
const keyDays = 7

/** What is done by the clock. Every task may run twice, or in two workers at once. */
export const tasks: TaskList = {
  'make-partitions': async () => {
    const made = await ensurePartitions(pool().sql, now())
    if (made.length) log.info({ partitions: made }, 'months were added to the lead log')
  },
  'sweep-runs': sweepRuns,
  'forget-dead-letters': sweepDeadLetters,
  'forget-idempotency-keys': async () => {
    await pool().sql`delete from idempotency_keys where created_at < now() - make_interval(days => ${keyDays})`
  },
  'rewrap-keys': async () => {
    const { rewrapped, left } = await rewrapKeys()
    if (rewrapped > 0) log.info({ rewrapped, left }, 'data keys were wrapped by the active key')
  },
  'forget-rate-windows': sweepRates,
  'forget-sessions': sweepSessions,
  'forget-backtests': sweepBacktests,
  'forget-notices': sweepNotices,
}

/** When: minute, hour, day, month, weekday in UTC. `?fill` makes up for what a worker that was off has missed. */
export const timetable = `
20 3 * * * make-partitions ?fill=2d
* * * * * sweep-runs
10 * * * * forget-idempotency-keys
15 * * * * rewrap-keys
25 * * * * forget-rate-windows
40 4 * * * forget-sessions
50 4 * * * forget-backtests
55 4 * * * forget-dead-letters
55 4 * * * forget-notices
`
