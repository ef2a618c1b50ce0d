import type postgres from 'postgres'
import {
  type Ask,
  claimsOf,
  type Effect,
  keysOf,
  type Moves,
  type Reserved,
  reserve,
  type Taken,
} from '../engine/index'
import { dayMs } from '../time'
import { asJson } from './as-json'
import type { Job } from './job'
import {
  type CounterMove,
  type CounterName,
  type CounterRow,
  counterMoveTexts,
  counterNameTexts,
  counterTexts,
} from './row-texts'
import * as statement from './statements'
import { write } from './write'

type Asking = Extract<Effect, { kind: 'reserve' }>

/** What a lead does to the counters, and the contacts that it claims and lets go. */
type Moved = { counters: Taken[]; claims: string[]; freed: string[] }
/** What a batch of reservations came to, by lead. */
export type Grants = Map<string, Grant>
type Grant = Moved & { effect: Effect | undefined }

/** Names a counter among those of all accounts. */
export const place = (accountId: string, key: string) => `${accountId} ${key}`

const needsIn = (ask: Ask) => [...ask.lead, ...ask.candidates.flatMap((candidate) => candidate.needs)]

/** The counters that a lead asks about: mostly its own account's, and those of buyers with limits of their own. */
export function countersOf({ flow }: Job, ask: Ask): CounterRow[] {
  const needs = new Map(needsIn(ask).map((need) => [need.key, need]))
  return keysOf(ask).map((key) => {
    const need = needs.get(key)
    return {
      account_id: need?.accountId ?? flow.flow.accountId,
      key,
      expires_at: need === undefined ? null : new Date(need.resetsAt + dayMs).toISOString(),
    }
  })
}

const eachOnce = (names: CounterName[]): CounterName[] => [
  ...new Map(names.map((name) => [place(name.account_id, name.key), name])).values(),
]

/** Whose counters, and what a lead does to them beside what it asks for. */
type Moving = { accountId: string; moves: Moves | undefined }

/** The counters that leads give something back to. */
const movedCounters = (all: Moving[]): CounterName[] =>
  all.flatMap(({ accountId, moves }) =>
    (moves?.counters ?? []).map((moved) => ({ account_id: moved.accountId ?? accountId, key: moved.key })),
  )

export const movingOf = ({ flow, run }: Job): Moving => ({ accountId: flow.flow.accountId, moves: run.moves })

/** Every counter that a batch asks about, in one order for all who make them. */
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

type View = { used: Map<string, number>; claimed: Map<string, { at: number; leadId: string }> }

/** Locks the counters and contacts of a batch until its transaction ends, and reads them. */
async function lock(tx: postgres.TransactionSql, jobs: Job[], asks: Map<string, Ask>): Promise<View> {
  const keys = keysOfBatch(jobs, asks)
  const claims = claimsOfBatch(jobs, asks)
  const [, used, , claimed] = await Promise.all([
    keys.length > 0 && write(tx, statement.makeCounters, counterTexts.text(keys)),
    keys.length > 0
      ? write(
          tx,
          statement.lockCounters,
          counterNameTexts.text(eachOnce([...keys, ...movedCounters(jobs.map(movingOf))])),
        )
      : [],
    claims.length > 0 && write(tx, statement.lockClaims, asJson(claims)),
    claims.length > 0 ? write(tx, statement.readClaims, asJson(claims)) : [],
  ])
  const placeOf = (row: Record<string, unknown>) => place(row['account_id'] as string, row['key'] as string)
  return {
    used: new Map([...used].map((row) => [placeOf(row), Number(row['used'])])),
    claimed: new Map(
      [...claimed].map((row) => [placeOf(row), { at: Number(row['at']), leadId: row['lead_id'] as string }]),
    ),
  }
}

function decide(job: Job, ask: Ask, view: View): Reserved {
  const { accountId } = job.flow.flow
  const { leadId, moves } = job.run
  move(view, accountId, moves?.counters ?? [])
  for (const key of moves?.claims ?? []) {
    const at = place(accountId, key)
    if (view.claimed.get(at)?.leadId === leadId) view.claimed.delete(at)
  }
  const ownerOf = new Map(needsIn(ask).map((need) => [need.key, need.accountId ?? accountId]))
  const reserved = reserve(ask, {
    used: (key) => view.used.get(place(ownerOf.get(key) ?? accountId, key)) ?? 0,
    claimedAt: (key) => view.claimed.get(place(accountId, key))?.at,
  })
  move(view, accountId, reserved.granted?.taken ?? [])
  for (const key of reserved.granted?.claims ?? []) view.claimed.set(place(accountId, key), { at: Date.now(), leadId })
  return reserved
}

function move(view: View, accountId: string, taken: readonly Taken[]): void {
  for (const { key, delta, accountId: owner } of taken) {
    const at = place(owner ?? accountId, key)
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
  const grantOne = (job: Job, { ask, eventId }: Asking) => {
    const before = job.run.moves
    const reserved = decide(job, ask, view)
    const { granted } = reserved
    return {
      effect: step(job, reserved, eventId),
      counters: [...(before?.counters ?? []), ...(granted?.taken ?? [])],
      claims: granted?.claims ?? [],
      freed: before?.claims ?? [],
    }
  }
  for (const job of jobs) {
    const first = effectOf(job)
    let made = grantOne(job, first)
    // Several are asked at once: who else may have the lead is told by the counters that are locked already.
    while (job.run.selling?.open && made.effect?.kind === 'reserve' && isWithin(made.effect.ask, first.ask))
      made = together(made, grantOne(job, made.effect))
    grants.set(job.run.leadId, made)
  }
  return grants
}

const isAmong = (some: readonly string[], all: readonly string[]) => some.every((one) => all.includes(one))

/** Whether a question is about nothing but what another one has locked. */
const isWithin = (ask: Ask, locked: Ask): boolean =>
  isAmong(keysOf(ask), keysOf(locked)) && isAmong(claimsOf(ask), claimsOf(locked))

/** Two grants of a lead as one. */
const together = (one: Grant, next: Grant): Grant => ({
  effect: next.effect,
  counters: [...one.counters, ...next.counters],
  claims: [...one.claims.filter((key) => !next.freed.includes(key)), ...next.claims],
  freed: [...one.freed, ...next.freed],
})

/** Writes what was granted, for those leads of the batch whose runs are this process's. */
export const writeGrants = (tx: postgres.TransactionSql, jobs: Job[], grants: Grants): Promise<void> =>
  writeMoves(
    tx,
    jobs.flatMap((job) => {
      const granted = grants.get(job.run.leadId)
      return granted ? [{ ...ofJob(job), ...granted }] : []
    }),
  )

type Written = Moved & { accountId: string; leadId: string }

const ofJob = ({ flow, run }: Job) => ({ accountId: flow.flow.accountId, leadId: run.leadId })

async function writeMoves(tx: postgres.TransactionSql, all: Written[]): Promise<void> {
  const sums = new Map<string, CounterMove>()
  for (const { accountId, counters } of all) {
    for (const { key, delta, accountId: owner = accountId } of counters) {
      const at = place(owner, key)
      const known = sums.get(at)
      if (known) known.delta += delta
      else sums.set(at, { account_id: owner, key, delta })
    }
  }
  const rows = [...sums.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, row]) => (row.delta === 0 ? [] : [row]))
  const rowsOf = (keys: (one: Written) => string[]) =>
    all.flatMap((one) => keys(one).map((key) => ({ account_id: one.accountId, key, lead_id: one.leadId })))
  const [freed, claimed] = [rowsOf((one) => one.freed), rowsOf((one) => one.claims)]
  await Promise.all([
    freed.length > 0 && write(tx, statement.freeClaims, asJson(freed)),
    claimed.length > 0 && write(tx, statement.takeClaims, asJson(claimed)),
    rows.length > 0 && write(tx, statement.moveCounters, counterMoveTexts.text(rows)),
  ])
}

/** Locks the counters that settled runs move, before any other row: the order of all who lock counters. */
export async function lockMoves(tx: postgres.TransactionSql, all: Moving[]): Promise<void> {
  const names = movedCounters(all)
  if (names.length > 0) await write(tx, statement.lockCounters, counterNameTexts.text(eachOnce(names)))
}

/** Gives back what a lead held that ends without its job; its counters are locked. */
export const giveBack = (
  tx: postgres.TransactionSql,
  lead: { accountId: string; leadId: string },
  { counters, claims: freed }: Moves,
): Promise<void> => writeMoves(tx, [{ ...lead, counters, claims: [], freed }])

export const hasMoves = ({ run }: Job): boolean => run.moves !== undefined

/** What settled runs give back, and what a sale that was dearer than reckoned takes. */
export const settleMoves = (tx: postgres.TransactionSql, jobs: Job[]): Promise<void> =>
  writeMoves(
    tx,
    jobs.filter(hasMoves).map((job) => ({
      ...ofJob(job),
      counters: job.run.moves?.counters ?? [],
      claims: [],
      freed: job.run.moves?.claims ?? [],
    })),
  )
