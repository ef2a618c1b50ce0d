import type postgres from 'postgres'
import type { Effect } from '../engine/index'
import { asJson } from './as-json'
import { holdsBid, takeBids } from './bids'
import { answerKeys, keyRow, settleFresh } from './commit-two'
import { type Job, savedState } from './job'
import { comparedKeys, leadKeyRows, lockKeyRows } from './lead-keys'
import { openWithRoom } from './open-with-room'
import { processOwner } from './owner'
import { type Grants, grant, writeGrants } from './reserve-batch'
import { keyTexts, leadTexts, type RunRow, runTexts } from './row-texts'
import { sellerLeadRow } from './rows'
import * as statement from './statements'
import { asked, takeGrant } from './step'
import { write } from './write'

/** What commit 1 made of a submission. */
export type Opened =
  /** `effect` is what the engine wants next, where the counters were asked on the way. */
  | { kind: 'opened'; configVersion: number; effect?: Effect | undefined }
  /** The same body of the same source is under way, or was never answered. */
  | { kind: 'joins'; leadId: string }
  /** The idempotency key was used before. */
  | { kind: 'replays'; leadId: string }
  /** Its bid was used by another lead a moment before. */
  | { kind: 'spent' }
  /** It fell together with a run that was cleared away meanwhile: open it once more. */
  | { kind: 'again' }

const isDone = (job: Job) => job.run.state === 'done'

const runRow = (job: Job): RunRow => ({
  lead_id: job.run.leadId,
  account_id: job.flow.flow.accountId,
  source_id: job.run.source.id,
  body_hash: job.idempotencyKey === undefined ? job.bodyHash.toString('hex') : null,
  key: job.idempotencyKey ?? null,
  state: isDone(job) ? null : savedState(job),
})

const grantFirst = (tx: postgres.TransactionSql, jobs: Job[]) => grant(tx, jobs, asked, takeGrant)

/** The versions of the accounts' configuration, by lead that got its run. */
type Made = Map<string, number>

const openRows = (jobs: Job[], acknowledged: string[]): postgres.SerializableParameter[] => [
  runTexts.text(jobs.map(runRow)),
  processOwner(),
  leadTexts.text(jobs.map(sellerLeadRow)),
  acknowledged,
  keyTexts.text(jobs.flatMap(leadKeyRows)),
]

const madeOf = (rows: Iterable<Record<string, unknown>>): Made =>
  new Map([...rows].map((row) => [row['lead_id'] as string, Number(row['config_version'] ?? 0)]))

const makeRuns = async (
  sql: postgres.Sql | postgres.TransactionSql,
  jobs: Job[],
  acknowledged: string[],
): Promise<Made> => madeOf(await write(sql, statement.openRuns, ...openRows(jobs, acknowledged)))

/**
 * A batch in which some leads bring an idempotency key, are checked for duplicates, ask counters, or were decided without
 * a buyer, takes a few statements.
 */
async function makeAndSettle(
  tx: postgres.TransactionSql,
  all: Job[],
  acknowledged: string[],
): Promise<{ made: Made; grants: Grants; spent: ReadonlySet<Job> }> {
  const taken = await takeBids(tx, all)
  const spent = new Set(all.filter((job) => holdsBid(job) && !taken.has(job.run.leadId)))
  const jobs = all.filter((job) => !spent.has(job))
  const keyed = jobs.filter((job) => job.idempotencyKey !== undefined)
  const compared = comparedKeys(jobs)
  const asking = jobs.filter(({ asked: effect }) => effect)
  const grants: Grants = asking.length > 0 ? await grantFirst(tx, asking) : new Map()
  // One pipeline: the locks are taken first, and the keys are there when the runs are made.
  const [, , made] = await Promise.all([
    compared.length > 0 && lockKeyRows(tx, compared),
    keyed.length > 0 && write(tx, statement.insertIdempotencyKeys, asJson(keyed.map(keyRow))),
    makeRuns(tx, jobs, acknowledged),
  ])
  const done = jobs.filter((job) => isDone(job) && made.has(job.run.leadId))
  if (done.length > 0) {
    await settleFresh(tx, done, false)
    await answerKeys(tx, done)
  }
  const granted = asking.filter((job) => made.has(job.run.leadId))
  if (granted.length > 0) await writeGrants(tx, granted, grants)
  return { made, grants, spent }
}

/** Brings no key and no bid, is no duplicate of anything, and goes on to a buyer, as most leads do. */
const isPlain = (job: Job): boolean =>
  job.idempotencyKey === undefined && !isDone(job) && !holdsBid(job) && job.compiled.keyFields.length === 0

type Begun = { made: Made; effects?: ReadonlyMap<string, Effect | undefined>; spent?: ReadonlySet<Job> }

/** As few statements as the batch allows: one, where its counters have room and nothing else is asked. */
async function begin(sql: postgres.Sql, jobs: Job[], acknowledged: string[], putBack: () => void): Promise<Begun> {
  if (jobs.every(isPlain)) {
    if (!jobs.some((job) => job.asked)) return { made: await makeRuns(sql, jobs, acknowledged) }
    const opened = await openWithRoom(sql, jobs, () => openRows(jobs, acknowledged))
    if (opened) return { made: madeOf(opened.made), effects: opened.effects }
    putBack()
  }
  const { made, grants, spent } = await sql.begin((tx) => makeAndSettle(tx, jobs, acknowledged))
  return { made, effects: new Map([...grants].map(([leadId, { effect }]) => [leadId, effect])), spent }
}

/**
 * Writes a batch of leads with their runs. Leads that were decided without a buyer are settled in the same transaction.
 * @param acknowledged leads whose runs are over: cleared first, so that the same body may come again.
 */
export async function openBatch(sql: postgres.Sql, jobs: Job[], acknowledged: string[]): Promise<Opened[]> {
  const begun = jobs.map(({ run, asked: effect }) => ({ run, asked: effect }))
  const putBack = () => {
    for (const [index, job] of jobs.entries()) Object.assign(job, begun[index])
  }
  const { made, effects, spent } = await begin(sql, jobs, acknowledged, putBack).catch((error: unknown) => {
    // Nothing was granted, as far as we know: the engine asks again from where it was.
    for (const [index, job] of jobs.entries()) {
      const { run, asked: next } = job
      if (run !== begun[index]?.run) job.inDoubt = { run, asked: next, effect: undefined }
    }
    putBack()
    throw error
  })
  const refused = jobs.filter((job) => !made.has(job.run.leadId))
  const earlier = await earlierLeads(sql, refused)
  return jobs.map((job) => {
    const { leadId } = job.run
    const configVersion = made.get(leadId)
    if (configVersion === undefined) return fellTogether(job, earlier.get(leadId), spent?.has(job) === true)
    return { kind: 'opened', configVersion, ...(effects?.has(leadId) && { effect: effects.get(leadId) }) }
  })
}

/** Nothing of it was written: another one has its body or its key, or the bid that it came with. */
function fellTogether(job: Job, leadId: string | undefined, isSpent: boolean): Opened {
  if (!leadId) return { kind: isSpent ? 'spent' : 'again' }
  return { kind: job.idempotencyKey === undefined ? 'joins' : 'replays', leadId }
}

/** Which leads the refused ones fall together with, by key or by body. */
async function earlierLeads(sql: postgres.Sql, jobs: Job[]): Promise<Map<string, string>> {
  if (jobs.length === 0) return new Map()
  const asked = jobs.map((job) => ({ ...keyRow(job), key: job.idempotencyKey ?? null }))
  const rows = await write(sql, statement.earlierLeads, asJson(asked))
  return new Map(rows.map((row) => [row['lead_id'] as string, row['earlier'] as string]))
}
