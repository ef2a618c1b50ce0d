import type postgres from 'postgres'
import { asJson } from './as-json'
import { answerKeys, keyRow, write, writeSettled } from './commit-two'
import { type Job, savedState } from './job'
import { processOwner } from './owner'
import { contactRows, type KeyRow, sellerLeadRow } from './rows'
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

const runRow = (job: Job) => ({
  lead_id: job.run.leadId,
  account_id: job.flow.flow.accountId,
  source_id: job.run.source.id,
  body_hash: job.idempotencyKey === undefined ? job.bodyHash.toString('hex') : null,
  key: job.idempotencyKey ?? null,
  state: job.run.state === 'done' ? null : savedState(job),
  settled: job.run.state === 'done',
})

/** Test leads are not searched for by person, and make nobody a duplicate. */
const contactsOf = ({ run: { isTest, leadId, lead }, flow }: Job): KeyRow[] =>
  isTest ? [] : contactRows(flow.flow.accountId, leadId, lead)

/**
 * Writes a batch of leads with their runs. Leads that were decided without a buyer are settled in the same transaction.
 * @param acknowledged leads whose runs are over: cleared first, so that the same body may come again.
 */
export async function openBatch(tx: postgres.TransactionSql, jobs: Job[], acknowledged: string[]): Promise<Opened[]> {
  const owner = processOwner()
  const keyed = jobs.filter((job) => job.idempotencyKey !== undefined)
  const contacts = jobs.flatMap(contactsOf)
  const accounts = [...new Set(jobs.map((job) => job.flow.flow.accountId))]
  const [, , made, versions] = await Promise.all([
    acknowledged.length > 0 && write(tx, statement.deleteRuns, acknowledged),
    keyed.length > 0 && write(tx, statement.insertIdempotencyKeys, asJson(keyed.map(keyRow))),
    write(tx, statement.insertRuns, asJson(jobs.map(runRow)), owner),
    write(tx, statement.configVersions, accounts),
    write(tx, statement.insertOpenedLeads, asJson(jobs.map(sellerLeadRow)), owner),
    contacts.length > 0 && write(tx, statement.insertLeadKeys, asJson(contacts)),
  ])
  const ours = new Set(made.map((row) => row['lead_id'] as string))
  const isOurs = (job: Job) => ours.has(job.run.leadId)
  const settled = jobs.filter((job) => job.run.state === 'done' && isOurs(job))
  if (settled.length > 0) {
    await writeSettled(tx, settled)
    await answerKeys(tx, settled)
  }
  const earlier = await earlierLeads(
    tx,
    jobs.filter((job) => !isOurs(job)),
  )
  const versionOf = new Map(versions.map((row) => [row['id'] as string, Number(row['config_version'])]))
  return jobs.map((job) =>
    isOurs(job)
      ? { kind: 'opened', configVersion: versionOf.get(job.flow.flow.accountId) ?? 0 }
      : fellTogether(job, earlier.get(job.run.leadId)),
  )
}

function fellTogether(job: Job, leadId: string | undefined): Opened {
  if (!leadId) return { kind: 'again' }
  return { kind: job.idempotencyKey === undefined ? 'joins' : 'replays', leadId }
}

/** Which leads the refused ones fall together with, by key or by body. */
async function earlierLeads(tx: postgres.TransactionSql, jobs: Job[]): Promise<Map<string, string>> {
  if (jobs.length === 0) return new Map()
  const asked = jobs.map((job) => ({ ...keyRow(job), key: job.idempotencyKey ?? null }))
  const rows = await write(tx, statement.earlierLeads, asJson(asked))
  return new Map(rows.map((row) => [row['lead_id'] as string, row['earlier'] as string]))
}
