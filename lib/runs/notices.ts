import type postgres from 'postgres'
import { uuidv7 } from '../ids'
import { secondMs } from '../time'
import { asJson } from './as-json'
import type { Job } from './job'
import * as statement from './statements'
import { write } from './write'

/** How long a source waits for a result before it is told `pending`. The run goes on. */
export const sourcePatienceMs = 60 * secondMs
/** A commit takes a while: a lead that took nearly so long may have been answered as pending meanwhile. */
const noticeAfterMs = sourcePatienceMs - 15 * secondMs

/** True for a lead at its end whose source was, or may have been, told that the result comes later. */
export const owesNotice = ({ run, source, logged }: Job): boolean =>
  source.settings.webhook !== undefined &&
  run.state === 'done' &&
  run.status === 'final' &&
  (logged !== undefined || Date.now() - run.receivedAt >= noticeAfterMs)

/** Lets sources know the end of these leads, where they have a webhook: with the commit of `tx`, by the worker. */
export async function queueNotices(
  tx: postgres.TransactionSql,
  leads: { sourceId: string; leadId: string }[],
): Promise<void> {
  if (leads.length === 0) return
  const rows = leads.map(({ sourceId, leadId }) => ({ id: uuidv7(), source_id: sourceId, lead_id: leadId }))
  await write(tx, statement.queueNotices, asJson(rows))
}

export const queueNoticesOf = (tx: postgres.TransactionSql, jobs: Job[]): Promise<void> =>
  queueNotices(
    tx,
    jobs.filter(owesNotice).map(({ run }) => ({ sourceId: run.source.id, leadId: run.leadId })),
  )
