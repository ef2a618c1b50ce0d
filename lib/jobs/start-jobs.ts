import { Logger, parseCrontab, run } from 'graphile-worker'
import { runNextBacktest } from '../backtests/index'
import { tellOfCircuits } from '../breakers/index'
import { env } from '../env'
import { log } from '../log'
import { startDueNotices } from '../notices/index'
import { sendDueMails } from '../notify/index'
import { startRecovery } from '../runs/index'
import { once } from '../runtime'
import { secondMs } from '../time'
import { repeat } from './repeat'
import { tasks, timetable } from './tasks'

const mailEveryMs = 2 * secondMs
const noticesEveryMs = secondMs
const backtestsEveryMs = secondMs
const circuitsEveryMs = 2 * secondMs

/** The queue hands over whole database clients with its errors; only the sentence goes to the log. */
const jobLog = new Logger(() => (level, message) => {
  if (level === 'error') log.error(message)
  else if (level === 'warning') log.warn(message)
  else log.debug(message)
})

/** Jobs by the clock and from the queue, on graphile-worker in our own Postgres. */
const startQueue = () =>
  run({
    connectionString: env().DATABASE_URL ?? '',
    concurrency: 4,
    maxPoolSize: 4,
    noHandleSignals: true,
    taskList: tasks,
    parsedCronItems: parseCrontab(timetable),
    logger: jobLog,
  })

/**
 * What a worker process does until `stopRuntime`: mail and notices that are due, news of circuits, recovery of interrupted
 * runs, and the timetable.
 * Answers when the queue is connected.
 */
export async function startJobs(): Promise<void> {
  startRecovery()
  once(
    'mail-loop',
    () => repeat('mail', mailEveryMs, sendDueMails),
    (stop) => stop(),
  )
  once(
    'notice-loop',
    () => repeat('notices', noticesEveryMs, startDueNotices),
    (stop) => stop(),
  )
  once(
    'backtest-loop',
    () => repeat('backtest', backtestsEveryMs, runNextBacktest),
    (stop) => stop(),
  )
  once(
    'circuit-loop',
    () => repeat('circuits', circuitsEveryMs, tellOfCircuits),
    (stop) => stop(),
  )
  const queue = once('job-queue', startQueue, async (runner) => (await runner).stop())
  await queue
}
