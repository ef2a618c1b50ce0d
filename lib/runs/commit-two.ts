import type postgres from 'postgres'
import type { Effect } from '../engine/index'
import { sourceAnswer } from './answer'
import { asJson } from './as-json'
import { batchName } from './batch-name'
import { heldState, type Job, savedState } from './job'
import { hasLooseEnds, keepLooseEnds, looseEndsOf } from './loose-ends'
import type { MailRow } from './mails'
import { owesNotice, queueNoticesOf } from './notices'
import { processOwner, processSlot } from './owner'
import { type Grants, grant, hasMoves, lockMoves, movingOf, settleMoves, writeGrants } from './reserve-batch'
import { type RollupRow, rollupRows } from './rollup'
import { endTexts, eventTexts, keyTexts, leadTexts, payloadTexts, progressTexts, rollupTexts } from './row-texts'
import {
  type EventRow,
  type KeyRow,
  type LeadEnd,
  type LeadRow,
  leadEnd,
  mergeBuyerLeads,
  type PayloadRow,
  settledRows,
} from './rows'
import * as statement from './statements'
import { asked, takeGrant } from './step'
import { write } from './write'

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

/** What a settled batch leaves in the log. */
export type SettledBatch = {
  ids: string[]
  ends: LeadEnd[]
  events: EventRow[]
  payloads: PayloadRow[]
  buyerLeads: LeadRow[]
  keys: KeyRow[]
  rollups: RollupRow[]
  mails: MailRow[]
}

/** @param ends false where commit 1 has written how the leads ended. */
function batchOf(jobs: Job[], ends: boolean): SettledBatch {
  const batch: SettledBatch = {
    ids: jobs.map((job) => job.run.leadId),
    ends: ends ? jobs.map(leadEnd) : [],
    events: [],
    payloads: [],
    buyerLeads: [],
    keys: [],
    rollups: rollupRows(jobs),
    mails: [],
  }
  for (const job of jobs) {
    const rows = settledRows(job)
    batch.events.push(...rows.events)
    batch.payloads.push(...rows.payloads)
    batch.buyerLeads.push(...mergeBuyerLeads(rows.buyerLeads))
    batch.keys.push(...rows.keys)
    batch.mails.push(...rows.mails)
  }
  return batch
}

/** Settles all runs of a batch or none. Answers those that are this process's, and whether they were unsettled. */
export async function settleWhole(
  sql: postgres.Sql | postgres.TransactionSql,
  batch: SettledBatch,
): Promise<Map<string, boolean>> {
  const { ids, mails } = batch
  const inOrder = ids.toSorted()
  const fenced = await write(
    sql,
    mails.length > 0 ? statement.settleRunsAndMails : statement.settleRuns,
    ids,
    processOwner(),
    endTexts.text(batch.ends),
    inOrder[0] ?? '',
    inOrder.at(-1) ?? '',
    eventTexts.text(batch.events),
    payloadTexts.text(batch.payloads),
    leadTexts.text(batch.buyerLeads),
    keyTexts.text(batch.keys),
    rollupTexts.text(batch.rollups),
    processSlot(),
    ...(mails.length > 0 ? [asJson(mails)] : []),
  )
  return new Map(fenced.map((row) => [row['lead_id'] as string, row['fresh'] as boolean]))
}

/** Settles those runs of a batch that can be, in as few statements as it takes. Answers as `settleWhole` does. */
export async function settleFresh(
  sql: postgres.Sql | postgres.TransactionSql,
  jobs: Job[],
  ends: boolean,
): Promise<Map<string, boolean>> {
  const freshOf = await settleWhole(sql, batchOf(jobs, ends))
  const fresh = jobs.filter((job) => freshOf.get(job.run.leadId))
  // One that another process took over kept the whole batch from being written: the others go without it.
  if (fresh.length === jobs.length || fresh.length === 0) return freshOf
  const again = await settleFresh(sql, fresh, ends)
  for (const { run } of fresh) {
    const state = again.get(run.leadId)
    if (state === undefined) freshOf.delete(run.leadId)
    else freshOf.set(run.leadId, state)
  }
  return freshOf
}

/** Attempts that the log has already, from before the lead was put aside. */
const retriedEvents = ({ run, logged }: Job): string[] =>
  logged === undefined
    ? []
    : run.results
        .slice(logged)
        .flatMap((result) => (result.type === 'buyer' && result.tries && result.eventId ? [result.eventId] : []))

/** What the log has of tries that are told anew, of runs that are this process's. */
export async function forgetTries(tx: postgres.TransactionSql, leadIds: string[], eventIds: string[]): Promise<void> {
  if (eventIds.length === 0) return
  const ids = eventIds.toSorted()
  await write(tx, statement.forgetTries, ids, ids[0] ?? '', ids.at(-1) ?? '', leadIds, processOwner())
}

const forgetTriesOf = (tx: postgres.TransactionSql, jobs: Job[]) =>
  forgetTries(
    tx,
    jobs.map(({ run }) => run.leadId),
    jobs.flatMap(retriedEvents),
  )

/** Settles the runs of a batch that are still this process's. Those that another one took over are left alone. */
export async function settleBatch(sql: postgres.Sql, jobs: Job[]): Promise<{ ours: boolean }[]> {
  const looseEnds = looseEndsOf(jobs)
  const isMore =
    hasLooseEnds(looseEnds) ||
    jobs.some(
      (job) => job.idempotencyKey !== undefined || hasMoves(job) || retriedEvents(job).length > 0 || owesNotice(job),
    )
  const freshOf = isMore
    ? await sql.begin(async (tx) => {
        await lockMoves(tx, jobs.map(movingOf))
        await forgetTriesOf(tx, jobs)
        const settled = await settleFresh(tx, jobs, true)
        const fresh = jobs.filter((job) => settled.get(job.run.leadId))
        await answerKeys(tx, fresh)
        await keepLooseEnds(tx, looseEnds, (leadId) => settled.get(leadId) === true)
        await settleMoves(tx, fresh)
        await queueNoticesOf(tx, fresh)
        return settled
      })
    : await settleFresh(sql, jobs, true)
  // Not fresh but ours: settled before, by a COMMIT whose reply was lost.
  return jobs.map((job) => ({ ours: freshOf.has(job.run.leadId) }))
}

const heldRow = (job: Job) => {
  const { run, hold } = job
  const step = hold && job.compiled.buyers.get(hold.stepId)
  return {
    lead_id: run.leadId,
    account_id: job.flow.flow.accountId,
    flow_id: job.flow.flow.id,
    source_id: run.source.id,
    step_id: hold?.stepId,
    name: step?.name,
    recipient: step?.recipient,
    cause: hold?.cause,
    reason: hold?.reason,
    due_at: new Date(hold?.until ?? 0).toISOString(),
    in_batch: hold?.inBatch === true,
    state: heldState(job),
  }
}

const collectedRows = (job: Job) =>
  (job.hold?.collects ?? []).map((one) => ({
    lead_id: job.run.leadId,
    batch: batchName(job, one),
    most: 'most' in one ? one.most : null,
    due_at: new Date(one.at).toISOString(),
  }))

/** Puts leads aside: what happened to them so far is in the log, and what they wait for in the queue. */
export function holdBatch(sql: postgres.Sql, jobs: Job[]): Promise<{ ours: boolean }[]> {
  return sql.begin(async (tx) => {
    await lockMoves(tx, jobs.map(movingOf))
    await forgetTriesOf(tx, jobs)
    const freshOf = await settleFresh(tx, jobs, true)
    const fresh = jobs.filter((job) => freshOf.get(job.run.leadId))
    await answerKeys(tx, fresh)
    if (fresh.length > 0) await write(tx, statement.holdRuns, asJson(fresh.map(heldRow)))
    const collected = fresh.flatMap(collectedRows)
    if (collected.length > 0) await write(tx, statement.collectLeads, asJson(collected))
    await settleMoves(tx, fresh)
    return jobs.map((job) => ({ ours: freshOf.has(job.run.leadId) }))
  })
}

type Reservation = { ours: boolean; configVersion: number; effect: Effect | undefined }

/**
 * Runs whose last reservation was done though its reply was lost: asked once more, the counters would take another place,
 * and a contact would find its own claim. Waits for a COMMIT that is still being done.
 */
async function alreadyGranted(sql: postgres.Sql, jobs: Job[]): Promise<Map<Job, Reservation>> {
  const granted = new Map<Job, Reservation>()
  const doubtful = jobs.flatMap((job) => (job.inDoubt ? [{ job, ...job.inDoubt }] : []))
  if (doubtful.length === 0) return granted
  const rows = doubtful.map(({ job, run }) => ({ lead_id: run.leadId, state: savedState({ ...job, run }) }))
  const found = await write(sql, statement.savedAsIs, progressTexts.text(rows), processOwner())
  const versionOf = new Map(found.map((row) => [row['lead_id'] as string, Number(row['config_version'])]))
  for (const { job, run, asked: next, effect } of doubtful) {
    job.inDoubt = undefined
    const configVersion = versionOf.get(run.leadId)
    if (configVersion === undefined) continue
    Object.assign(job, { run, asked: next })
    granted.set(job, { ours: true, configVersion, effect })
  }
  return granted
}

/** Asks the counters for a batch of runs, and saves what they said with how far the runs have come. */
export async function reserveBatch(sql: postgres.Sql, jobs: Job[]): Promise<Reservation[]> {
  const granted = await alreadyGranted(sql, jobs)
  const asking = jobs.filter((job) => !granted.has(job))
  const said = asking.length > 0 ? await reserveNow(sql, asking) : []
  for (const [index, job] of asking.entries()) granted.set(job, said[index] as Reservation)
  return jobs.map((job) => granted.get(job) as Reservation)
}

async function reserveNow(sql: postgres.Sql, jobs: Job[]): Promise<Reservation[]> {
  const begun = jobs.map(({ run, asked: effect }) => ({ run, effect }))
  let grants: Grants = new Map()
  try {
    return await sql.begin(async (tx) => {
      grants = await grant(tx, jobs, asked, takeGrant)
      const saved = await saveBatch(tx, jobs)
      await writeGrants(
        tx,
        jobs.filter((_, index) => saved[index]?.ours),
        grants,
      )
      return jobs.map((job, index) => ({
        ours: saved[index]?.ours ?? false,
        configVersion: saved[index]?.configVersion ?? 0,
        effect: grants.get(job.run.leadId)?.effect,
      }))
    })
  } catch (error) {
    // Nothing was granted, as far as we know: the engine asks again from where it was.
    for (const [index, job] of jobs.entries()) {
      const { run, asked: next } = job
      const made = grants.get(run.leadId)
      if (made) job.inDoubt = { run, asked: next, effect: made.effect }
      job.run = begun[index]?.run ?? job.run
      job.asked = begun[index]?.effect
    }
    throw error
  }
}

/** Saves how far runs have come. Answers what is still ours, and the account's newest configuration. */
export async function saveBatch(
  sql: postgres.Sql | postgres.TransactionSql,
  jobs: Job[],
): Promise<{ ours: boolean; configVersion: number }[]> {
  const rows = jobs.map((job) => ({ lead_id: job.run.leadId, state: savedState(job) }))
  const saved = await write(sql, statement.saveProgress, progressTexts.text(rows), processOwner())
  const versionOf = new Map(saved.map((row) => [row['lead_id'] as string, Number(row['config_version'])]))
  return jobs.map(({ run: { leadId } }) => ({
    ours: versionOf.has(leadId),
    configVersion: versionOf.get(leadId) ?? 0,
  }))
}
