import type postgres from 'postgres'
import { failedSteps, type Run, undecided } from '../engine/index'
import { asJson } from './as-json'
import { heldState, type Job, replayState } from './job'
import * as statement from './statements'
import { write } from './write'

type DeadLetter = { lead_id: string } & Record<string, unknown>

/** A lead that ended because deliveries failed, as the list of those that may be tried again keeps it. */
function deadLetterOf(job: Job): DeadLetter | undefined {
  const { run, compiled, flow } = job
  const mayHaveFailed = run.expired !== undefined || run.results.some(({ outcome }) => outcome === 'error')
  if (run.dropped || !mayHaveFailed) return undefined
  const steps = failedSteps(compiled, run)
  const [first] = steps
  if (!first) return undefined
  const ids = new Set(steps.map(({ stepId }) => stepId))
  const last = run.results.findLast(
    (result) => result.type === 'buyer' && result.outcome === 'error' && ids.has(result.stepId),
  )
  const name = compiled.buyers.get(first.stepId)?.name ?? first.stepId
  return {
    lead_id: run.leadId,
    account_id: flow.flow.accountId,
    flow_id: flow.flow.id,
    source_id: run.source.id,
    step_id: first.stepId,
    name: steps.length > 1 ? `${name} and ${steps.length - 1} more` : name,
    cause: run.expired ? 'expired' : 'failed',
    reason: run.expired ? 'Waited for seven days' : (last?.reason ?? 'The delivery failed'),
    state: replayState(job, steps),
  }
}

/** What the buyer would pay: its bid, else the price of its step. */
function expectedCents({ compiled }: Job, run: Run, stepId: string): number {
  const bid = run.bids && Object.hasOwn(run.bids, stepId) ? run.bids[stepId] : undefined
  return (bid && 'priceCents' in bid ? bid.priceCents : undefined) ?? compiled.buyers.get(stepId)?.priceCents ?? 0
}

/** Attempts of a lead that has ended which somebody has to say the end of. */
const attemptsOf = (job: Job) =>
  undecided(job.run).map((result) => ({
    event_id: result.eventId,
    lead_id: job.run.leadId,
    account_id: job.flow.flow.accountId,
    flow_id: job.flow.flow.id,
    source_id: job.run.source.id,
    step_id: result.stepId,
    name: result.name,
    recipient: result.recipient,
    reason: result.reason,
    price_cents: expectedCents(job, job.run, result.stepId),
    attempted_at: new Date(result.startedAt).toISOString(),
  }))

/** What ended leads leave to people: deliveries that failed, and attempts that nobody knows the end of. */
export type LooseEnds = { deadLetters: DeadLetter[]; undecided: Job[] }

export function looseEndsOf(jobs: Job[]): LooseEnds {
  const ended = jobs.filter(({ run }) => run.state === 'done' && !run.isTest)
  return {
    deadLetters: ended.flatMap((job) => deadLetterOf(job) ?? []),
    undecided: ended.filter(({ run }) => run.results.some(({ outcome }) => outcome === 'unknown')),
  }
}

export const hasLooseEnds = ({ deadLetters, undecided: open }: LooseEnds): boolean =>
  deadLetters.length > 0 || open.length > 0

/** Keeps them, of those leads that were settled. */
export async function keepLooseEnds(
  tx: postgres.TransactionSql,
  { deadLetters, undecided: open }: LooseEnds,
  isSettled: (leadId: string) => boolean,
): Promise<void> {
  const dead = deadLetters.filter((row) => isSettled(row.lead_id))
  if (dead.length > 0) await write(tx, statement.keepDeadLetters, asJson(dead))
  const jobs = open.filter(({ run }) => isSettled(run.leadId))
  const attempts = jobs.flatMap(attemptsOf)
  if (attempts.length === 0) return
  const leads = jobs.map((job) => ({
    lead_id: job.run.leadId,
    account_id: job.flow.flow.accountId,
    state: heldState(job),
  }))
  await write(tx, statement.keepUndecided, asJson(leads), asJson(attempts))
}
