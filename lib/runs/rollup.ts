import { hourMs } from '../time'
import type { Job } from './job'

type Subject = 'flow' | 'source' | 'step' | 'connection' | 'bought'
export type RollupRow = {
  account_id: string
  hour: string
  subject: Subject
  subject_id: string
  outcome: string
  latency_bucket: number
  count: number
  cents: number
}

/** ceil(log2(milliseconds)), 0 to 15: 1 ms or less, 2, 4 … 16 s, longer. */
const bucketOf = (ms: number): number => Math.min(15, Math.max(0, Math.ceil(Math.log2(Math.max(1, ms)))))

/** Sums a batch of settled runs into few rows, in key order so that processes lock them alike. Test leads count nowhere. */
export function rollupRows(jobs: Job[]): RollupRow[] {
  const rows = new Map<string, RollupRow>()
  const count = (
    at: number,
    accountId: string,
    subject: Subject,
    subjectId: string,
    outcome: string,
    ms: number,
    cents: number,
  ) => {
    const hour = Math.floor(at / hourMs) * hourMs
    const bucket = bucketOf(ms)
    const key = `${accountId}|${hour}|${subject}|${subjectId}|${outcome}|${bucket}`
    const row = rows.get(key)
    if (row) {
      row.count++
      row.cents += cents
      return
    }
    rows.set(key, {
      account_id: accountId,
      hour: new Date(hour).toISOString(),
      subject,
      subject_id: subjectId,
      outcome,
      latency_bucket: bucket,
      count: 1,
      cents,
    })
  }

  for (const { run, flow } of jobs) {
    if (run.isTest) continue
    const accountId = flow.flow.accountId
    const outcome = run.status === 'pending' ? 'pending' : (run.outcome ?? 'error')
    const endedAt = run.results.at(-1)?.endedAt ?? run.receivedAt
    count(run.receivedAt, accountId, 'flow', flow.flow.id, outcome, endedAt - run.receivedAt, run.costCents)
    count(run.receivedAt, accountId, 'source', run.source.id, outcome, endedAt - run.receivedAt, run.costCents)
    for (const result of run.results) {
      const ms = result.endedAt - result.startedAt
      const cents = result.type === 'buyer' ? result.priceCents : 0
      const stepKey = `${flow.flow.id}/${result.stepId}`
      count(run.receivedAt, accountId, 'step', stepKey, result.outcome, ms, cents)
      if (result.type !== 'buyer' || result.outcome === 'skipped') continue
      const target = flow.targets[result.stepId]
      if (!target?.connectionId) continue
      count(run.receivedAt, accountId, 'connection', target.connectionId, result.outcome, ms, cents)
      if (target.buyerAccountId) {
        count(run.receivedAt, target.buyerAccountId, 'bought', target.connectionId, result.outcome, ms, cents)
      }
    }
  }
  return [...rows.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}
