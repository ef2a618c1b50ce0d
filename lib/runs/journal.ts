import postgres from 'postgres'
import { env } from '../env'
import { once, processRole } from '../runtime'
import { sourceAnswer } from './answer'
import { type Batcher, createBatcher } from './batcher'
import { type Job, savedState } from './job'
import { processOwner } from './owner'
import { rollupRows } from './rollup'
import { contactRows, type KeyRow, type LeadRow, leadEnd, type Settled, sellerLeadRow, settledRows } from './rows'
import * as statement from './statements'

/** What commit 1 made of a submission. */
export type Opened =
  | { kind: 'opened'; configVersion: number }
  /** The same body of the same source is under way, or was never answered. */
  | { kind: 'joins'; leadId: string }
  /** The idempotency key was used before. */
  | { kind: 'replays'; leadId: string }
  /** It fell together with a run that was cleared away meanwhile: open it once more. */
  | { kind: 'again' }

type Journal = {
  open: Batcher<Job, Opened>
  progress: Batcher<Job, { ours: boolean; configVersion: number }>
  settle: Batcher<Job, { ours: boolean }>
  /** Leads whose source has its answer: their runs go with the next commit 1. */
  acknowledged: string[]
  sql: postgres.Sql
}

type Rows = Record<string, unknown>[]

/** The journal has connections of its own, so that no page's query stands before a lead. */
const journal = (): Journal =>
  once(
    'journal',
    () => {
      const sql = postgres(env().DATABASE_URL ?? '', {
        max: 5,
        onnotice: () => {},
        connection: { application_name: `baton-${processRole()}-journal`, statement_timeout: 10_000 },
        connect_timeout: 5,
        max_lifetime: null,
      })
      const made: Journal = {
        sql,
        acknowledged: [],
        open: createBatcher((jobs) => openAll(made, jobs), { flushers: 2, most: 200 }),
        progress: createBatcher((jobs) => progressAll(made, jobs), { flushers: 1, most: 200 }),
        settle: createBatcher((jobs) => settleAll(made, jobs), { flushers: 2, most: 200 }),
      }
      return made
    },
    async (made) => {
      await Promise.all([made.open.drained(), made.progress.drained(), made.settle.drained()])
      await flushAcknowledged(made).catch(() => {})
      await made.sql.end({ timeout: 5 })
    },
  )

const run = (tx: postgres.TransactionSql, text: string, ...parameters: postgres.SerializableParameter[]) =>
  tx.unsafe<Rows>(text, parameters, { prepare: true })

/** Rows go over as one JSON text: one cheap parameter instead of twenty escaped arrays. */
const asJson = (rows: unknown[]) => JSON.stringify(rows)

async function writeSettled(tx: postgres.TransactionSql, all: Settled[], jobs: Job[]): Promise<unknown> {
  const events = all.flatMap((rows) => rows.events)
  const payloads = all.flatMap((rows) => rows.payloads)
  const buyerLeads = all.flatMap((rows) => rows.buyerLeads)
  const keys = all.flatMap((rows) => rows.keys)
  const rollups = rollupRows(jobs)
  return Promise.all([
    run(tx, statement.insertEvents, asJson(events)),
    payloads.length > 0 && run(tx, statement.insertPayloads, asJson(payloads)),
    buyerLeads.length > 0 && run(tx, statement.insertLeads, asJson(mergeBuyerLeads(buyerLeads))),
    keys.length > 0 && run(tx, statement.insertLeadKeys, asJson(keys)),
    // Counters come last: their rows are the hot ones, and a lock is held until the commit.
    rollups.length > 0 && run(tx, statement.addRollups, asJson(rollups), slotOfProcess()),
  ])
}

/** Two steps of one flow may reach the same buyer: its log has the lead once, with all that was sent. */
function mergeBuyerLeads(rows: LeadRow[]): LeadRow[] {
  const merged = new Map<string, LeadRow>()
  for (const row of rows) {
    const key = `${row.account_id}${row.id}`
    const first = merged.get(key)
    merged.set(key, first ? { ...row, data: { ...first.data, ...row.data } } : row)
  }
  return [...merged.values()]
}

const slotOfProcess = () => process.pid % 16

async function openAll(made: Journal, jobs: Job[]): Promise<Opened[]> {
  const acknowledged = made.acknowledged
  made.acknowledged = []
  try {
    return await made.sql.begin((tx) => openBatch(tx, jobs, acknowledged))
  } catch (error) {
    made.acknowledged.push(...acknowledged)
    throw error
  }
}

async function openBatch(tx: postgres.TransactionSql, jobs: Job[], acknowledged: string[]): Promise<Opened[]> {
  const owner = processOwner()
  const runs = jobs.map((job) => ({
    lead_id: job.run.leadId,
    account_id: job.flow.flow.accountId,
    source_id: job.run.source.id,
    body_hash: job.idempotencyKey === undefined ? job.bodyHash.toString('hex') : null,
    key: job.idempotencyKey ?? null,
    state: job.run.state === 'done' ? null : savedState(job),
    settled: job.run.state === 'done',
  }))
  const keyed = jobs.filter((job) => job.idempotencyKey !== undefined)
  const done = jobs.filter((job) => job.run.state === 'done')
  const keyRows = jobs.flatMap(sellerKeys)
  const [, , opened, versions] = await Promise.all([
    acknowledged.length > 0 && run(tx, statement.deleteRuns, acknowledged),
    keyed.length > 0 && run(tx, statement.insertIdempotencyKeys, asJson(keyed.map(keyRow))),
    run(tx, statement.insertRuns, asJson(runs), owner),
    run(tx, statement.configVersions, [...new Set(jobs.map((job) => job.flow.flow.accountId))]),
    run(tx, statement.insertOpenedLeads, asJson(jobs.map(sellerLeadRow)), owner),
    keyRows.length > 0 && run(tx, statement.insertLeadKeys, asJson(keyRows)),
  ])
  const ours = new Set(opened.map((row) => row['lead_id'] as string))
  const settled = done.filter((job) => ours.has(job.run.leadId))
  if (settled.length > 0) {
    await writeSettled(tx, settled.map(settledRows), settled)
    await answerKeys(tx, settled)
  }
  const refused = jobs.filter((job) => !ours.has(job.run.leadId))
  const earlier = refused.length > 0 ? await earlierLeads(tx, refused) : new Map<string, string>()
  const versionOf = new Map(versions.map((row) => [row['id'] as string, Number(row['config_version'])]))
  return jobs.map((job): Opened => {
    const { leadId } = job.run
    if (ours.has(leadId)) return { kind: 'opened', configVersion: versionOf.get(job.flow.flow.accountId) ?? 0 }
    const first = earlier.get(leadId)
    if (!first) return { kind: 'again' }
    return { kind: job.idempotencyKey === undefined ? 'joins' : 'replays', leadId: first }
  })
}

/** Test leads are not searched for by person, and make nobody a duplicate. */
const sellerKeys = ({ run: { isTest, leadId, lead }, flow }: Job): KeyRow[] =>
  isTest ? [] : contactRows(flow.flow.accountId, leadId, lead)

const keyRow = (job: Job) => ({
  account_id: job.flow.flow.accountId,
  source_id: job.run.source.id,
  key: job.idempotencyKey,
  body_hash: job.bodyHash.toString('hex'),
  lead_id: job.run.leadId,
})

/** Which leads the refused ones fall together with, by key or by body. */
async function earlierLeads(tx: postgres.TransactionSql, jobs: Job[]): Promise<Map<string, string>> {
  const rows = await run(
    tx,
    statement.earlierLeads,
    asJson(jobs.map((job) => ({ ...keyRow(job), key: job.idempotencyKey ?? null }))),
  )
  return new Map(rows.map((row) => [row['lead_id'] as string, row['earlier'] as string]))
}

const answerKeys = async (tx: postgres.TransactionSql, jobs: Job[]) => {
  const keyed = jobs.filter((job) => job.idempotencyKey !== undefined)
  const answered = keyed.map((job) => ({ ...keyRow(job), answer: JSON.stringify(sourceAnswer(job)) }))
  if (keyed.length > 0) await run(tx, statement.finishIdempotencyKeys, asJson(answered))
}

async function progressAll(made: Journal, jobs: Job[]): Promise<{ ours: boolean; configVersion: number }[]> {
  const rows = jobs.map((job) => ({ lead_id: job.run.leadId, state: savedState(job) }))
  const saved = await made.sql.unsafe<Rows>(statement.saveProgress, [asJson(rows), processOwner()], { prepare: true })
  const versionOf = new Map(saved.map((row) => [row['lead_id'] as string, Number(row['config_version'])]))
  return jobs.map((job) => ({
    ours: versionOf.has(job.run.leadId),
    configVersion: versionOf.get(job.run.leadId) ?? 0,
  }))
}

async function settleAll(made: Journal, jobs: Job[]): Promise<{ ours: boolean }[]> {
  const owner = processOwner()
  return made.sql.begin(async (tx) => {
    const ids = jobs.map((job) => job.run.leadId)
    const fenced = await run(tx, statement.settleRuns, ids, owner)
    const fresh = new Set<string>()
    const before = new Set<string>()
    for (const row of fenced) (row['fresh'] ? fresh : before).add(row['lead_id'] as string)
    const settled = jobs.filter((job) => fresh.has(job.run.leadId))
    if (settled.length > 0) {
      const ends = settled.map(leadEnd)
      const sorted = ends.map((end) => end.id).sort()
      await Promise.all([
        run(tx, statement.endLeads, asJson(ends), sorted[0] ?? '', sorted.at(-1) ?? ''),
        answerKeys(tx, settled),
        writeSettled(tx, settled.map(settledRows), settled),
      ])
    }
    // Settled by us before: the reply to that COMMIT was lost, and this is the second call.
    return ids.map((id) => ({ ours: fresh.has(id) || before.has(id) }))
  })
}

async function flushAcknowledged(made: Journal): Promise<void> {
  const ids = made.acknowledged
  if (ids.length === 0) return
  made.acknowledged = []
  await made.sql.unsafe(statement.deleteRuns, [ids], { prepare: true })
}

/** Commit 1: lead, run and first attempt become durable together. Rejects when they did not. */
export const openRun = (job: Job): Promise<Opened> => journal().open.add(job)

/** The next attempt of a run becomes durable before a byte leaves for its buyer. */
export const saveProgress = (job: Job) => journal().progress.add(job)

/** Commit 2: settles a run that is still ours, once, with its events, rollups and outcome. */
export const settleRun = (job: Job) => journal().settle.add(job)

/** The source has a final answer: a resubmission of the same body is a new lead from now on. */
export function acknowledge(leadId: string): void {
  const made = journal()
  made.acknowledged.push(leadId)
  // Usually the next commit 1 takes these along; a quiet process cleans up by itself.
  if (made.acknowledged.length === 1) {
    setTimeout(() => void flushAcknowledged(made).catch(() => {}), 200).unref()
  }
}

/** Which of these leads are in the log: asked when the reply to a COMMIT was lost. */
export async function findDurable(leadIds: string[]): Promise<Set<string>> {
  const rows = await journal().sql.unsafe<Rows>(statement.durableLeads, [leadIds], { prepare: true })
  return new Set(rows.map((row) => row['lead_id'] as string))
}
