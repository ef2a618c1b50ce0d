import { pool } from '../../db/client'
import { type PackedLead, type Run, unpackLead } from '../engine/index'
import { loadDraft, loadVersion } from '../flows/index'
import { log } from '../log'
import { once } from '../runtime'
import { secondMs } from '../time'
import { abandonRun } from './abandon'
import type { Job, SavedState } from './job'
import { holdLease, leaseSeconds, processOwner } from './owner'
import { eventIdFor, perform, step } from './perform'
import { unsealer } from './sealing'

/** How often orphaned runs are looked for. With the lease, a dead process's leads are finished in about 20 seconds. */
const everyMs = 3 * secondMs

/**
 * Takes over runs whose owner's lease is over. After a restart of Postgres all leases look expired, so nobody is taken
 * for dead before it had the time to renew.
 */
const takeOver = `
  update runs set owner = $1::uuid where lead_id in (
    select r.lead_id from runs r left join run_owners o on o.id = r.owner
    where r.settled_at is null and r.owner <> $1::uuid and (o.id is null or o.lease_until < now())
      and pg_postmaster_start_time() < now() - make_interval(secs => $2::int)
    order by r.lead_id limit 100 for update of r skip locked)
  returning lead_id, account_id, source_id, body_hash, state`

const savedLead = `
  select data, submission from leads where id = $1::uuid and account_id = $2::uuid`

type Orphan = { lead_id: string; account_id: string; source_id: string; body_hash: Buffer | null; state: string }

/**
 * Finishes what dead processes left: an attempt that was reserved and has no result is `unknown`, whatever happened;
 * later steps go on as the flow says. Runs in the worker; safe in several at once.
 * @returns how many runs were taken over.
 */
export async function recoverRuns(): Promise<number> {
  await holdLease()
  const orphans = await pool().sql.unsafe<Orphan[]>(takeOver, [processOwner(), leaseSeconds], { prepare: true })
  await Promise.all(
    orphans.map((orphan) =>
      recover(orphan).catch(async (error: unknown) => {
        log.error({ err: error, leadId: orphan.lead_id }, 'a run could not be continued and is closed as an error')
        await abandonRun(orphan.lead_id, 'Interrupted, and could not be continued')
      }),
    ),
  )
  return orphans.length
}

async function recover(orphan: Orphan): Promise<void> {
  const job = await revive(orphan)
  if (!job) throw new Error('its flow or its lead is gone')
  const effect = step(job, { kind: 'lost', now: Date.now(), nextEventId: eventIdFor(job.run) })
  if (await perform(job, effect)) log.info({ leadId: job.run.leadId, status: job.run.status }, 'a run was recovered')
}

async function revive(orphan: Orphan): Promise<Job | undefined> {
  const state = JSON.parse(orphan.state) as SavedState
  const flow = await (state.version === 0 ? loadDraft(state.flowId) : loadVersion(state.flowId, state.version))
  const [row] = await pool().sql.unsafe<{ data: PackedLead; submission: Run['submission'] }[]>(
    savedLead,
    [orphan.lead_id, orphan.account_id],
    { prepare: true },
  )
  const source = flow?.sources.get(orphan.source_id)
  if (!flow?.live || !source || !row) return undefined
  const open = await unsealer(orphan.account_id, orphan.lead_id)
  return {
    flow,
    source,
    compiled: flow.live.compiled,
    version: state.version,
    run: { ...state.run, lead: unpackLead(row.data, open) },
    packed: row.data,
    exchanges: state.exchanges,
    bodyHash: orphan.body_hash ?? Buffer.alloc(0),
  }
}

/** Lets go of settled runs that nobody asked for in ten minutes, and of bodies that may be submitted again. */
export async function sweepRuns(): Promise<void> {
  const { sql } = pool()
  await sql`delete from runs where settled_at < now() - interval '10 minutes'`
  await sql`update runs set body_hash = null where body_hash is not null and created_at < now() - interval '10 minutes'`
  await sql`delete from run_owners o where o.lease_until < now() - interval '1 hour'
    and not exists (select from runs r where r.owner = o.id)`
}

/** Starts looking for orphaned runs, and stops with the runtime. For the worker process. */
export function startRecovery(): void {
  once(
    'recovery',
    () => {
      const held: { timer?: NodeJS.Timeout; stopped: boolean; round: Promise<unknown> } = {
        stopped: false,
        round: Promise.resolve(),
      }
      const look = async () => {
        await recoverRuns().catch((error: unknown) => log.warn({ err: error }, 'orphaned runs could not be looked for'))
        if (!held.stopped) held.timer = setTimeout(start, everyMs)
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
    },
  )
}
