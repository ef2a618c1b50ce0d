import type postgres from 'postgres'
import { type Ask, claimsOf, type Effect, keysOf, type Reserved, reserve, type Taken } from '../engine/index'
import { dayMs } from '../time'
import { asJson } from './as-json'
import type { Job } from './job'
import * as statement from './statements'
import { write } from './write'

type Asking = Extract<Effect, { kind: 'reserve' }>

/** What a lead does to the counters, and the contacts that it claims and lets go. */
type Moved = { counters: Taken[]; claims: string[]; freed: string[] }
/** What a batch of reservations came to, by lead. */
export type Grants = Map<string, Moved & { effect: Effect | undefined }>

const place = (accountId: string, key: string) => `${accountId} ${key}`

type CounterRow = { account_id: string; key: string; expires_at: string | null }

/** The counters that a lead asks about, and those that it gives something back to. */
function countersOf({ flow, run }: Job, ask: Ask): CounterRow[] {
  const needs = [...ask.lead, ...ask.candidates.flatMap((candidate) => candidate.needs)]
  const ends = new Map(needs.map((need) => [need.key, need.resetsAt]))
  const keys = [...keysOf(ask), ...(run.moves?.counters ?? []).map(({ key }) => key)]
  return keys.map((key) => {
    const end = ends.get(key)
    return {
      account_id: flow.flow.accountId,
      key,
      expires_at: end === undefined ? null : new Date(end + dayMs).toISOString(),
    }
  })
}

/** Every counter that a batch may touch, in one order for all who lock them. */
function keysOfBatch(jobs: Job[], asks: Map<string, Ask>): CounterRow[] {
  const rows = new Map<string, CounterRow>()
  for (const job of jobs) {
    const ask = asks.get(job.run.leadId)
    for (const row of ask ? countersOf(job, ask) : []) {
      const at = place(row.account_id, row.key)
      if (rows.get(at)?.expires_at == null) rows.set(at, row)
    }
  }
  return [...rows.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}

function claimsOfBatch(jobs: Job[], asks: Map<string, Ask>) {
  const rows = jobs.flatMap((job) => {
    const ask = asks.get(job.run.leadId)
    return ask ? claimsOf(ask).map((key) => ({ account_id: job.flow.flow.accountId, key })) : []
  })
  return [...new Map(rows.map((row) => [place(row.account_id, row.key), row])).values()]
}

type View = { used: Map<string, number>; claimed: Map<string, number> }

/** Locks the counters and contacts of a batch until its transaction ends, and reads them. */
async function lock(tx: postgres.TransactionSql, jobs: Job[], asks: Map<string, Ask>): Promise<View> {
  const keys = keysOfBatch(jobs, asks)
  const claims = claimsOfBatch(jobs, asks)
  const [, used, , claimed] = await Promise.all([
    keys.length > 0 && write(tx, statement.makeCounters, asJson(keys)),
    keys.length > 0 ? write(tx, statement.lockCounters, asJson(keys)) : [],
    claims.length > 0 && write(tx, statement.lockClaims, asJson(claims)),
    claims.length > 0 ? write(tx, statement.readClaims, asJson(claims)) : [],
  ])
  const keyed = (rows: Record<string, unknown>[], value: string) =>
    new Map(rows.map((row) => [place(row['account_id'] as string, row['key'] as string), Number(row[value])]))
  return { used: keyed([...used], 'used'), claimed: keyed([...claimed], 'at') }
}

function decide(job: Job, ask: Ask, view: View): Reserved {
  const { accountId } = job.flow.flow
  move(view, accountId, job.run.moves?.counters ?? [])
  const reserved = reserve(ask, {
    used: (key) => view.used.get(place(accountId, key)) ?? 0,
    claimedAt: (key) => view.claimed.get(place(accountId, key)),
  })
  move(view, accountId, reserved.granted?.taken ?? [])
  for (const key of reserved.granted?.claims ?? []) view.claimed.set(place(accountId, key), Date.now())
  return reserved
}

function move(view: View, accountId: string, taken: readonly Taken[]): void {
  for (const { key, delta } of taken) {
    const at = place(accountId, key)
    view.used.set(at, (view.used.get(at) ?? 0) + delta)
  }
}

/**
 * Decides for a batch who gets each lead, with the counters locked, and lets the engine go on. Nothing is written but
 * the locks; `writeGrants` does that for the leads whose runs are really there.
 */
export async function grant(
  tx: postgres.TransactionSql,
  jobs: Job[],
  effectOf: (job: Job) => Asking,
  step: (job: Job, reserved: Reserved, eventId: string) => Effect | undefined,
): Promise<Grants> {
  const asks = new Map(jobs.map((job) => [job.run.leadId, effectOf(job).ask]))
  const view = await lock(tx, jobs, asks)
  const grants: Grants = new Map()
  for (const job of jobs) {
    const { ask, eventId } = effectOf(job)
    const before = job.run.moves
    const reserved = decide(job, ask, view)
    const { granted } = reserved
    grants.set(job.run.leadId, {
      effect: step(job, reserved, eventId),
      counters: [...(before?.counters ?? []), ...(granted?.taken ?? [])],
      claims: granted?.claims ?? [],
      freed: before?.claims ?? [],
    })
  }
  return grants
}

/** Writes what was granted, for those leads of the batch whose runs are this process's. */
export const writeGrants = (tx: postgres.TransactionSql, jobs: Job[], grants: Grants): Promise<void> =>
  writeMoves(
    tx,
    jobs.flatMap((job) => {
      const granted = grants.get(job.run.leadId)
      return granted ? [{ job, ...granted }] : []
    }),
  )

type Written = Moved & { job: Job }

async function writeMoves(tx: postgres.TransactionSql, all: Written[]): Promise<void> {
  const sums = new Map<string, { account_id: string; key: string; delta: number }>()
  for (const { job, counters } of all) {
    for (const { key, delta } of counters) {
      const at = place(job.flow.flow.accountId, key)
      const known = sums.get(at)
      if (known) known.delta += delta
      else sums.set(at, { account_id: job.flow.flow.accountId, key, delta })
    }
  }
  const rows = [...sums.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, row]) => (row.delta === 0 ? [] : [row]))
  const rowsOf = (keys: (one: Written) => string[]) =>
    all.flatMap((one) =>
      keys(one).map((key) => ({ account_id: one.job.flow.flow.accountId, key, lead_id: one.job.run.leadId })),
    )
  const [freed, claimed] = [rowsOf((one) => one.freed), rowsOf((one) => one.claims)]
  await Promise.all([
    freed.length > 0 && write(tx, statement.freeClaims, asJson(freed)),
    claimed.length > 0 && write(tx, statement.takeClaims, asJson(claimed)),
    rows.length > 0 && write(tx, statement.moveCounters, asJson(rows)),
  ])
}

export const hasMoves = ({ run }: Job): boolean => run.moves !== undefined

/** What settled runs give back, and what a sale that was dearer than reckoned takes. */
export const settleMoves = (tx: postgres.TransactionSql, jobs: Job[]): Promise<void> =>
  writeMoves(
    tx,
    jobs.filter(hasMoves).map((job) => ({
      job,
      counters: job.run.moves?.counters ?? [],
      claims: [],
      freed: job.run.moves?.claims ?? [],
    })),
  )
