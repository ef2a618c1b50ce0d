import type { StepTarget } from '../engine/index'
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

type Counted = {
  at: number
  accountId: string
  subject: Subject
  subjectId: string
  outcome: string
  ms: number
  cents: number
}

/** What one settled run counts as: once for its flow and its source, once for each step, and for both sides of a sale. */
function* countsOf({ run, flow, logged = 0 }: Job): Generator<Counted> {
  const { accountId, id: flowId } = flow.flow
  const at = run.receivedAt
  const outcome = run.status === 'pending' ? 'pending' : (run.outcome ?? 'error')
  const whole = { at, accountId, outcome, ms: (run.results.at(-1)?.endedAt ?? at) - at, cents: run.costCents }
  // A lead that is put aside counts for its flow and source when it ends.
  if (run.state === 'done') {
    yield { ...whole, subject: 'flow', subjectId: flowId }
    yield { ...whole, subject: 'source', subjectId: run.source.id }
  }
  for (const result of run.results.slice(logged)) {
    // A ping sells nothing, so it is no part of what its step did with the leads.
    if (result.type === 'ping') continue
    const cents = result.type === 'buyer' ? result.priceCents : 0
    const part = { at, accountId, outcome: result.outcome, ms: result.endedAt - result.startedAt, cents }
    yield { ...part, subject: 'step', subjectId: `${flowId}/${result.stepId}` }
    if (result.type === 'buyer' && result.outcome !== 'skipped') yield* salesOf(part, flow.targets[result.stepId])
  }
}

function* salesOf(part: Omit<Counted, 'subject' | 'subjectId'>, target: StepTarget | undefined): Generator<Counted> {
  const { connectionId, buyerAccountId } = target ?? {}
  if (!connectionId) return
  yield { ...part, subject: 'connection', subjectId: connectionId }
  if (buyerAccountId) yield { ...part, accountId: buyerAccountId, subject: 'bought', subjectId: connectionId }
}

/** Sums a batch of settled runs into few rows, in key order so that processes lock them alike. Test leads count nowhere. */
export function rollupRows(jobs: Job[]): RollupRow[] {
  const rows = new Map<string, RollupRow>()
  for (const job of jobs) {
    if (job.run.isTest) continue
    for (const counted of countsOf(job)) add(rows, counted)
  }
  return [...rows.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}

function add(rows: Map<string, RollupRow>, { at, accountId, subject, subjectId, outcome, ms, cents }: Counted): void {
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
