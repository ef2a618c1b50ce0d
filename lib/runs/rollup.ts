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

/** What something counts as, whatever it is counted for. */
type Counted = {
  at: number
  accountId: string
  outcome: string
  ms: number
  cents: number
  /** -1 takes back what was counted before. */
  times?: 1 | -1
}
type Rows = Map<string, RollupRow>

const countedAs = ({ status, outcome }: Job['run']) => (status === 'pending' ? 'pending' : (outcome ?? 'error'))
const msOf = ({ results, receivedAt }: Job['run']) => (results.at(-1)?.endedAt ?? receivedAt) - receivedAt

/** Adds what one settled run counts as: once for its flow and its source, once for each step, and for both sides of a sale. */
function addRun(rows: Rows, { run, flow, logged = 0 }: Job): void {
  const { accountId, id: flowId } = flow.flow
  const at = run.receivedAt
  // A lead that is put aside counts for its flow and source when it ends.
  if (run.state === 'done') addWhole(rows, accountId, run, flowId)
  for (let index = logged; index < run.results.length; index++) {
    const result = run.results[index] as StepResult
    // A ping sells nothing, so it is no part of what its step did with the leads.
    if (result.type === 'ping') continue
    const cents = result.type === 'buyer' ? result.priceCents : 0
    const part = { at, accountId, outcome: result.outcome, ms: result.endedAt - result.startedAt, cents }
    add(rows, part, 'step', `${flowId}/${result.stepId}`)
    if (result.type === 'buyer' && result.outcome !== 'skipped') addSale(rows, part, flow.targets[result.stepId])
  }
}

/** One that was tried again after its end counts as what it is now, no more as what it was. */
function addWhole(rows: Rows, accountId: string, run: Job['run'], flowId: string): void {
  const at = run.receivedAt
  const addBoth = (counted: Counted) => {
    add(rows, counted, 'flow', flowId)
    add(rows, counted, 'source', run.source.id)
  }
  addBoth({ at, accountId, outcome: countedAs(run), ms: msOf(run), cents: run.costCents })
  const was = run.again?.was
  if (was) addBoth({ at, accountId, outcome: was.outcome, ms: was.ms, cents: was.costCents, times: -1 })
}

/** What changes in the counts when somebody says what became of an attempt whose end was not known. */
export function decidedRows(
  of: { accountId: string; flowId: string; target: StepTarget | undefined },
  before: { run: Job['run']; result: BuyerResult },
  after: { run: Job['run']; result: BuyerResult },
): RollupRow[] {
  const rows: Rows = new Map()
  const { accountId, flowId, target } = of
  for (const { run, result, times } of [
    { ...before, times: -1 as const },
    { ...after, times: 1 as const },
  ]) {
    const at = run.receivedAt
    const whole = { at, accountId, outcome: countedAs(run), ms: msOf(run), cents: run.costCents, times }
    add(rows, whole, 'flow', flowId)
    add(rows, whole, 'source', run.source.id)
    const { outcome, priceCents: cents, startedAt, endedAt, stepId } = result
    const part = { at, accountId, outcome, ms: endedAt - startedAt, cents, times }
    add(rows, part, 'step', `${flowId}/${stepId}`)
    addSale(rows, part, target)
  }
  return inOrder(rows)
}

function addSale(rows: Rows, part: Counted, target: StepTarget | undefined): void {
  const { connectionId, buyerAccountId } = target ?? {}
  if (!connectionId) return
  add(rows, part, 'connection', connectionId)
  if (buyerAccountId) add(rows, { ...part, accountId: buyerAccountId }, 'bought', connectionId)
}

/** Sums a batch of settled runs into few rows, in key order so that processes lock them alike. Test leads count nowhere. */
export function rollupRows(jobs: Job[]): RollupRow[] {
  const rows: Rows = new Map()
  for (const job of jobs) {
    if (job.run.isTest) continue
    addRun(rows, job)
  }
  return inOrder(rows)
}

const inOrder = (rows: Map<string, RollupRow>): RollupRow[] =>
  [...rows.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)

function add(rows: Rows, counted: Counted, subject: Subject, subjectId: string): void {
  const { at, accountId, outcome, ms, cents, times = 1 } = counted
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
