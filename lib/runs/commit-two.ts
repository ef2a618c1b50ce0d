import type postgres from 'postgres'
import { sourceAnswer } from './answer'
import { asJson } from './as-json'
import { type Job, savedState } from './job'
import { processOwner, processSlot } from './owner'
import { rollupRows } from './rollup'
import { leadEnd, mergeBuyerLeads, settledRows } from './rows'
import * as statement from './statements'

type Rows = Record<string, unknown>[]

/** One prepared statement of a batch. */
export const write = (tx: postgres.TransactionSql, text: string, ...parameters: postgres.SerializableParameter[]) =>
  tx.unsafe<Rows>(text, parameters, { prepare: true })

/** A keyed submission as the idempotency table names it. */
export const keyRow = (job: Job) => ({
  account_id: job.flow.flow.accountId,
  source_id: job.run.source.id,
  key: job.idempotencyKey,
  body_hash: job.bodyHash.toString('hex'),
  lead_id: job.run.leadId,
})

/** Keeps the answers of keyed submissions, so that a replay says the same whatever changes later. */
export async function answerKeys(tx: postgres.TransactionSql, jobs: Job[]): Promise<void> {
  const keyed = jobs.filter((job) => job.idempotencyKey !== undefined)
  if (keyed.length === 0) return
  const answered = keyed.map((job) => ({ ...keyRow(job), answer: JSON.stringify(sourceAnswer(job)) }))
  await write(tx, statement.finishIdempotencyKeys, asJson(answered))
}

/** Events, payloads, the buyers' own rows and the counts of runs that are done. */
export async function writeSettled(tx: postgres.TransactionSql, jobs: Job[]): Promise<void> {
  const all = jobs.map(settledRows)
  const events = all.flatMap((rows) => rows.events)
  const payloads = all.flatMap((rows) => rows.payloads)
  const buyerLeads = all.flatMap((rows) => mergeBuyerLeads(rows.buyerLeads))
  const keys = all.flatMap((rows) => rows.keys)
  const rollups = rollupRows(jobs)
  await Promise.all([
    write(tx, statement.insertEvents, asJson(events)),
    payloads.length > 0 && write(tx, statement.insertPayloads, asJson(payloads)),
    buyerLeads.length > 0 && write(tx, statement.insertLeads, asJson(buyerLeads)),
    keys.length > 0 && write(tx, statement.insertLeadKeys, asJson(keys)),
    // Counters come last: their rows are the hot ones, and a lock is held until the commit.
    rollups.length > 0 && write(tx, statement.addRollups, asJson(rollups), processSlot()),
  ])
}

/** Settles the runs of a batch that are still this process's. Those that another one took over are left alone. */
export async function settleBatch(tx: postgres.TransactionSql, jobs: Job[]): Promise<{ ours: boolean }[]> {
  const ids = jobs.map((job) => job.run.leadId)
  const fenced = await write(tx, statement.settleRuns, ids, processOwner())
  const freshOf = new Map(fenced.map((row) => [row['lead_id'] as string, row['fresh'] as boolean]))
  const settled = jobs.filter((job) => freshOf.get(job.run.leadId))
  if (settled.length > 0) {
    const ends = settled.map(leadEnd)
    const sorted = ends.map((end) => end.id).sort()
    await Promise.all([
      write(tx, statement.endLeads, asJson(ends), sorted[0] ?? '', sorted.at(-1) ?? ''),
      answerKeys(tx, settled),
      writeSettled(tx, settled),
    ])
  }
  // Not fresh but ours: settled before, by a COMMIT whose reply was lost.
  return ids.map((id) => ({ ours: freshOf.has(id) }))
}

/** Saves how far runs have come. Answers what is still ours, and the account's newest configuration. */
export async function saveBatch(sql: postgres.Sql, jobs: Job[]): Promise<{ ours: boolean; configVersion: number }[]> {
  const rows = jobs.map((job) => ({ lead_id: job.run.leadId, state: savedState(job) }))
  const saved = await sql.unsafe<Rows>(statement.saveProgress, [asJson(rows), processOwner()], { prepare: true })
  const versionOf = new Map(saved.map((row) => [row['lead_id'] as string, Number(row['config_version'])]))
  return jobs.map(({ run: { leadId } }) => ({
    ours: versionOf.has(leadId),
    configVersion: versionOf.get(leadId) ?? 0,
  }))
}
