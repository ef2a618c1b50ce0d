import { pool } from '../../db/client'
import {
  type Effect,
  longestWaitMs,
  openAttempts,
  type RunEvent,
  renderMails,
  renderRequest,
  waitsSince,
} from '../engine/index'
import { log } from '../log'
import { once } from '../runtime'
import { secondMs } from '../time'
import { abandonRun } from './abandon'
import { stopIfOff } from './decide-again'
import { eventIdFor } from './event-id'
import type { Job } from './job'
import { isOneRows, openJournal } from './journal'
import { carry, holdLease, leaseSeconds, processOwner, takingOver } from './owner'
import { perform } from './perform'
import { type Orphan, revive } from './revive'
import { batchesDone, sendBatches } from './send-batches'
import { takeUpHeld } from './statements'
import { step } from './step'

/** How often orphaned runs are looked for. With the lease, a dead process's leads are finished in about 20 seconds. */
const everyMs = 3 * secondMs
/** Runs that one worker recovers at a time: a buyer that hangs holds up its own leads, not all others. */
const mostAtOnce = 500
/** After so many tries a run that can't be continued is closed as an error. */
const mostTries = 5

/**
 * Takes over runs whose owner's lease is over. After a restart of Postgres all leases look expired, so nobody is taken
 * for dead before it had the time to renew.
 */
const takeOver = `
  update runs set owner = $1::uuid where lead_id in (
    select r.lead_id from runs r left join run_owners o on o.id = r.owner
    where r.settled_at is null and r.owner <> $1::uuid and (o.id is null or o.lease_until < now())
      and pg_postmaster_start_time() < now() - make_interval(secs => $2::int)
    order by r.lead_id limit $3::int for update of r skip locked)
  returning lead_id, account_id, source_id, body_hash, state`

type Recovering = { leads: Set<Promise<void>>; tries: Map<string, number> }

const recovering = () => once('recovering', (): Recovering => ({ leads: new Set(), tries: new Map() }))

/**
 * Takes over what dead processes left and begins to finish it: an attempt that was reserved and has no result is
 * `unknown`, whatever happened; later steps go on as the flow says. Safe in several workers at once.
 * @returns how many runs were taken over; their ends are not waited for.
 */
export async function recoverRuns(): Promise<number> {
  await holdLease()
  const room = mostAtOnce - recovering().leads.size
  if (room <= 0) return 0
  return takingOver(async () => {
    const orphans = await pool().sql.unsafe<Orphan[]>(takeOver, [processOwner(), leaseSeconds, room], { prepare: true })
    return carryOn(orphans, afterDeath)
  })
}

function carryOn<Row extends Orphan>(rows: Row[], goOn: (job: Job, row: Row) => Effect | undefined): number {
  const { leads } = recovering()
  for (const row of rows) {
    const ended: Promise<void> = recover(row, (job) => goOn(job, row)).finally(() => leads.delete(ended))
    leads.add(ended)
  }
  return rows.length
}

type Held = Orphan & {
  wish: 'release' | 'drop' | 'reassign' | 'replay' | null
  wish_step_id: string | null
  wish_reason: string | null
  due_ms: string
}

/** Leads that go out of the queue in one round: a buyer that opens in the morning is not flooded with the night's. */
const mostReleased = 50

/** What a person wants of a held lead. */
function wished(job: Job, { wish, wish_step_id: to, wish_reason: reason }: Held): RunEvent | undefined {
  const at = { now: Date.now(), nextEventId: eventIdFor(job.run) }
  if (wish === 'drop') return { kind: 'drop', reason: reason ?? 'Dropped from the queue', ends: true, ...at }
  if (wish === 'reassign' && to !== null) return { kind: 'resume', to, ...at }
  return wish === 'release' || wish === 'replay' ? { kind: 'resume', all: true, ...at } : undefined
}

/** What a held lead does next; one that waited too long, or that a person gave up, ends. */
function afterWaiting(job: Job, held: Held): Effect | undefined {
  const wish = wished(job, held)
  if (wish?.kind === 'drop') return step(job, wish)
  const off = stopIfOff(job)
  if (off) return off
  if (wish) return step(job, wish)
  // It was due by the clock of the database, which may be ahead of ours.
  const now = Math.max(Date.now(), Number(held.due_ms))
  const nextEventId = eventIdFor(job.run)
  if (now - waitsSince(job.run) >= longestWaitMs) {
    return step(job, { kind: 'drop', reason: 'Waited for seven days', now, nextEventId })
  }
  return step(job, { kind: 'resume', now, nextEventId })
}

/**
 * Takes up held leads that are due, oldest first, and begins to carry them on. Safe in several workers at once.
 * @returns how many were taken up; their ends are not waited for.
 */
export async function releaseHeld(): Promise<number> {
  await holdLease()
  const room = Math.min(mostReleased, mostAtOnce - recovering().leads.size)
  if (room <= 0) return 0
  return takingOver(async () =>
    carryOn(await pool().sql.unsafe<Held[]>(takeUpHeld, [processOwner(), room], { prepare: true }), afterWaiting),
  )
}

/** Resolves when no run is being recovered in this process. */
async function recoveriesDone(): Promise<void> {
  while (recovering().leads.size > 0) await Promise.all(recovering().leads)
}

/** Carries a run that this process took up to its end; what can't be continued in several tries is closed as an error. */
async function recover(orphan: Orphan, goOn: (job: Job) => Effect | undefined): Promise<void> {
  const { lead_id: leadId } = orphan
  const { tries } = recovering()
  const putDown = carry(leadId)
  try {
    const job = await revive(orphan)
    if (await perform(job, goOn(job))) log.info({ leadId, status: job.run.status }, 'a run was taken up and carried on')
    tries.delete(leadId)
  } catch (error) {
    const count = (tries.get(leadId) ?? 0) + 1
    tries.set(leadId, count)
    log.error({ err: error, leadId, count }, 'a run could not be continued')
    if (isOneRows(error) || count >= mostTries) await giveUp(orphan)
  } finally {
    // What is not carried and not settled is let go with the next renewal of the lease, and tried again.
    putDown()
  }
}

async function giveUp(orphan: Orphan): Promise<void> {
  try {
    await abandonRun(orphan.lead_id, orphan.state, 'Interrupted, and could not be continued')
    recovering().tries.delete(orphan.lead_id)
  } catch (error) {
    log.error({ err: error, leadId: orphan.lead_id }, 'a run could not be closed; it is tried again')
  }
}

/** The attempts under way are lost; nothing more is sent when the flow or source is off by now. */
function afterDeath(job: Job): Effect | undefined {
  for (const { stepId, eventId, startedAt } of openAttempts(job.run)) {
    // What it would have said tells which fields the buyer may have by now.
    const at = { stepId, eventId, now: startedAt }
    const request = renderRequest(job.compiled, job.run, at)
    const mails = renderMails(job.compiled, job.run, at)
    if (request) job.exchanges[eventId] = { sentFields: request.sentFields }
    else if (mails.mail) job.exchanges[eventId] = { sentFields: mails.mail.sentFields, ...mails }
  }
  const next = step(job, { kind: 'lost', now: Date.now(), nextEventId: eventIdFor(job.run) })
  return stopIfOff(job) ?? next
}

/** Longer than the longest window of duplicates. */
const claimDays = 401

/** Lets go of settled runs that nobody asked for in ten minutes, of bodies that may be submitted again, and of counters whose time is over. */
export async function sweepRuns(): Promise<void> {
  const { sql } = pool()
  await sql`delete from counters where expires_at < now()`
  await sql`delete from collected_leads c where c.due_at < now() - interval '1 hour'
    and not exists (select from held_leads h where h.lead_id = c.lead_id)`
  await sql`delete from buyer_claims where claimed_at < now() - make_interval(days => ${claimDays})`
  await sql`delete from source_bids where expires_at < now() - interval '1 day' and lead_id is null`
  await sql`delete from source_bids where expires_at < now() - interval '30 days'`
  await sql`delete from runs where settled_at < now() - interval '10 minutes'`
  await sql`update runs set body_hash = null where body_hash is not null and created_at < now() - interval '10 minutes'`
  await sql`delete from run_owners o where o.lease_until < now() - interval '1 hour'
    and not exists (select from runs r where r.owner = o.id)`
}

/** How long a lead that was given up may be tried again. */
const deadLetterDays = 90

/** Forgets leads that were given up long ago: they can't be tried again any more. */
export async function sweepDeadLetters(): Promise<void> {
  await pool().sql`delete from dead_letters where ended_at < now() - make_interval(days => ${deadLetterDays})`
}

/** Starts looking for orphaned runs, and stops with the runtime. For the worker process. */
export function startRecovery(): void {
  // Made before, so that it ends after: the last of what is recovered is still to be written.
  openJournal()
  once(
    'recovery',
    () => {
      const held: { timer?: NodeJS.Timeout; stopped: boolean; round: Promise<unknown> } = {
        stopped: false,
        round: Promise.resolve(),
      }
      const look = async () => {
        const orphans = await recoverRuns().catch((error: unknown) => {
          log.warn({ err: error }, 'orphaned runs could not be looked for')
          return 0
        })
        const due = await releaseHeld().catch((error: unknown) => {
          log.warn({ err: error }, 'held leads could not be taken up')
          return 0
        })
        const batches = await sendBatches().catch((error: unknown) => {
          log.warn({ err: error }, 'batches could not be taken up')
          return 0
        })
        const found = orphans + due + batches
        if (!held.stopped) held.timer = setTimeout(start, found > 0 ? 100 : everyMs)
      }
      const start = () => {
        held.round = look()
      }
      start()
      return held
    },
    async (held) => {
      held.stopped = true
      clearTimeout(held.timer)
      await held.round
      await recoveriesDone()
      await batchesDone()
    },
  )
}
