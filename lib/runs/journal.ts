import postgres from 'postgres'
import type { Effect } from '../engine/index'
import { env } from '../env'
import { log } from '../log'
import { once, processRole } from '../runtime'
import { secondMs } from '../time'
import { type Batcher, createBatcher } from './batcher'
import { type Opened, openBatch } from './commit-one'
import { holdBatch, reserveBatch, saveBatch, settleBatch } from './commit-two'
import type { Job } from './job'
import * as statement from './statements'

type Saved = { ours: boolean; configVersion: number }

type Journal = {
  sql: postgres.Sql
  open: Batcher<Job, Opened>
  progress: Batcher<Job, Saved>
  reserve: Batcher<Job, Saved & { effect: Effect | undefined }>
  settle: Batcher<Job, { ours: boolean }>
  hold: Batcher<Job, { ours: boolean }>
  /** Leads whose source has its answer: their runs go with the next commit 1. */
  acknowledged: string[]
}

const statementMs = 10 * secondMs
/** Longer than Postgres takes to end a statement by itself: past it the other side does not answer at all. */
const deadlineMs = 13 * secondMs

/** Connections of its own, so that no page's query stands before a lead; both sides notice when the other is gone. */
const connect = (): postgres.Sql =>
  postgres(env().DATABASE_URL ?? '', {
    max: 5,
    onnotice: () => {},
    connect_timeout: 5,
    max_lifetime: null,
    connection: {
      application_name: `baton-${processRole()}-journal`,
      // The statements are few and their plans do not depend on a batch; a plan for each batch costs more than it finds.
      plan_cache_mode: 'force_generic_plan',
      statement_timeout: statementMs,
      idle_in_transaction_session_timeout: statementMs,
      tcp_keepalives_idle: 10,
      tcp_keepalives_interval: 5,
      tcp_keepalives_count: 3,
    },
  })

/** SQLSTATE 22 (a value that does not fit) and 23 (a constraint): the database works, one row of the batch is wrong. */
export const isOneRows = (error: unknown): boolean => {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  return /^2[23]\w{3}$/.test(code)
}

const journal = (): Journal =>
  once(
    'journal',
    () => {
      const batches = { most: 200, isOneItems: isOneRows }
      const made: Journal = {
        sql: connect(),
        acknowledged: [],
        open: createBatcher((jobs) => openAll(made, jobs), { ...batches, flushers: 2 }),
        progress: createBatcher((jobs) => inTime(made, (sql) => saveBatch(sql, jobs)), { ...batches, flushers: 1 }),
        reserve: createBatcher((jobs) => inTime(made, (sql) => reserveBatch(sql, jobs)), { ...batches, flushers: 1 }),
        hold: createBatcher((jobs) => inTime(made, (sql) => holdBatch(sql, jobs)), { ...batches, flushers: 1 }),
        settle: createBatcher((jobs) => inTime(made, (sql) => settleBatch(sql, jobs)), {
          ...batches,
          flushers: 2,
        }),
      }
      return made
    },
    async (made) => {
      const all = [made.open, made.progress, made.reserve, made.settle, made.hold]
      await Promise.all(all.map((batcher) => batcher.drained()))
      await flushAcknowledged(made).catch(() => {})
      await made.sql.end({ timeout: 5 })
    },
  )

/** Makes the journal at a process's start, so that it ends after whatever writes to it. */
export const openJournal = (): void => void journal()

/**
 * A write with an end. A host that vanished answers nothing, not even an error, and TCP would wait a quarter of an hour:
 * the connections are given up and made anew.
 */
function inTime<T>(made: Journal, write: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const { sql } = made
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      if (made.sql === sql) {
        log.error('the database does not answer; its connections are made anew')
        made.sql = connect()
        void sql.end({ timeout: 0 }).catch(() => {})
      }
      reject(Object.assign(new Error('The database did not answer in time'), { code: 'CONNECTION_DEADLINE' }))
    }, deadlineMs)
    write(sql)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer))
  })
}

async function openAll(made: Journal, jobs: Job[]): Promise<Opened[]> {
  const acknowledged = made.acknowledged
  made.acknowledged = []
  try {
    return await inTime(made, (sql) => openBatch(sql, jobs, acknowledged))
  } catch (error) {
    made.acknowledged.push(...acknowledged)
    throw error
  }
}

async function flushAcknowledged(made: Journal): Promise<void> {
  const ids = made.acknowledged
  if (ids.length === 0) return
  made.acknowledged = []
  await made.sql.unsafe(statement.deleteRuns, [ids], { prepare: true })
}

/** Commit 1: lead, run and first attempt become durable together. Rejects when they did not, or when nobody can tell. */
export const openRun = (job: Job): Promise<Opened> => journal().open.add(job)

/** The next attempt of a run becomes durable before a byte leaves for its buyer. */
export const saveProgress = (job: Job): Promise<Saved> => journal().progress.add(job)

/** The attempts of a batch become durable together, before a byte leaves for their buyer. */
export const saveTogether = (jobs: Job[]): Promise<Saved[]> => inTime(journal(), (sql) => saveBatch(sql, jobs))

/** Asks the counters who may have the lead; what they grant is durable when this resolves. */
export const reserveRun = (job: Job): Promise<Saved & { effect: Effect | undefined }> => journal().reserve.add(job)

/** Puts a lead aside that is still ours, with what it waits for. */
export const holdRun = (job: Job): Promise<{ ours: boolean }> => journal().hold.add(job)

/** Commit 2: settles a run that is still ours, once, with its events, rollups and outcome. */
export const settleRun = (job: Job): Promise<{ ours: boolean }> => journal().settle.add(job)

/** The source has a final answer: a resubmission of the same body is a new lead from now on. */
export function acknowledge(leadId: string): void {
  const made = journal()
  made.acknowledged.push(leadId)
  // Usually the next commit 1 takes these along; a quiet process cleans up by itself.
  if (made.acknowledged.length === 1) {
    setTimeout(() => void flushAcknowledged(made).catch(() => {}), 200).unref()
  }
}

/** True when a lead is in the log: asked when the reply to its COMMIT was lost. */
export async function isDurable(leadId: string): Promise<boolean> {
  const made = journal()
  const rows = await inTime(made, async (sql) => sql.unsafe(statement.durableLeads, [[leadId]], { prepare: true }))
  return rows.length > 0
}
