import type { StepResult, StepTarget } from '../engine/index'
import { hourMs } from '../time'
import type { Job } from './job'

type BuyerResult = Extract<StepResult, { type: 'buyer' }>
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
  /** -1 takes back what was counted before. */
  times?: 1 | -1
}

const countedAs = ({ status, outcome }: Job['run']) => (status === 'pending' ? 'pending' : (outcome ?? 'error'))
const msOf = ({ results, receivedAt }: Job['run']) => (results.at(-1)?.endedAt ?? receivedAt) - receivedAt

/** What one settled run counts as: once for its flow and its source, once for each step, and for both sides of a sale. */
function* countsOf({ run, flow, logged = 0 }: Job): Generator<Counted> {
  const { accountId, id: flowId } = flow.flow
  const at = run.receivedAt
  const whole = { at, accountId, outcome: countedAs(run), ms: msOf(run), cents: run.costCents }
  // A lead that is put aside counts for its flow and source when it ends.
  if (run.state === 'done') yield* wholeOf(whole, run, flowId)
  for (const result of run.results.slice(logged)) {
    // A ping sells nothing, so it is no part of what its step did with the leads.
    if (result.type === 'ping') continue
    const cents = result.type === 'buyer' ? result.priceCents : 0
    const part = { at, accountId, outcome: result.outcome, ms: result.endedAt - result.startedAt, cents }
    yield { ...part, subject: 'step', subjectId: `${flowId}/${result.stepId}` }
    if (result.type === 'buyer' && result.outcome !== 'skipped') yield* salesOf(part, flow.targets[result.stepId])
  }
}

/** One that was tried again after its end counts as what it is now, no more as what it was. */
function* wholeOf(
  now: Omit<Counted, 'subject' | 'subjectId'>,
  { again, source }: Job['run'],
  flowId: string,
): Generator<Counted> {
  const was = again?.was
  const before = was && { ...now, outcome: was.outcome, ms: was.ms, cents: was.costCents, times: -1 as const }
  for (const counted of before ? [now, before] : [now]) {
    yield { ...counted, subject: 'flow', subjectId: flowId }
    yield { ...counted, subject: 'source', subjectId: source.id }
  }
}

/** What changes in the counts when somebody says what became of an attempt whose end was not known. */
export function decidedRows(
  of: { accountId: string; flowId: string; target: StepTarget | undefined },
  before: { run: Job['run']; result: BuyerResult },
  after: { run: Job['run']; result: BuyerResult },
): RollupRow[] {
  const rows = new Map<string, RollupRow>()
  const { accountId, flowId, target } = of
  for (const { run, result, times } of [
    { ...before, times: -1 as const },
    { ...after, times: 1 as const },
  ]) {
    const at = run.receivedAt
    const whole = { at, accountId, outcome: countedAs(run), ms: msOf(run), cents: run.costCents, times }
    add(rows, { ...whole, subject: 'flow', subjectId: flowId })
    add(rows, { ...whole, subject: 'source', subjectId: run.source.id })
    const { outcome, priceCents: cents, startedAt, endedAt, stepId } = result
    const part = { at, accountId, outcome, ms: endedAt - startedAt, cents, times }
    add(rows, { ...part, subject: 'step', subjectId: `${flowId}/${stepId}` })
    for (const sale of salesOf(part, target)) add(rows, sale)
  }
  return inOrder(rows)
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
  return inOrder(rows)
}

const inOrder = (rows: Map<string, RollupRow>): RollupRow[] =>
  [...rows.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)

function add(
  rows: Map<string, RollupRow>,
  { at, accountId, subject, subjectId, outcome, ms, cents, times = 1 }: Counted,
): void {
  const hour = Math.floor(at / hourMs) * hourMs
  const bucket = bucketOf(ms)
  const key = `${accountId}|${hour}|${subject}|${subjectId}|${outcome}|${bucket}`
  const row = rows.get(key)
  if (row) {
    row.count += times
    row.cents += times * cents
    return
  }
  rows.set(key, {
    account_id: accountId,
    hour: new Date(hour).toISOString(),
    subject,
    subject_id: subjectId,
    outcome,
    latency_bucket: bucket,
    count: times,
    cents: times * cents,
  })
}
