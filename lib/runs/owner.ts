import { pool } from '../../db/client'
import { uuidv7 } from '../ids'
import { log } from '../log'
import { once, processRole } from '../runtime'
import { secondMs } from '../time'

/** How long a process may be silent before its runs are taken over; renewed every third of it. */
export const leaseSeconds = 15
const leaseMs = leaseSeconds * secondMs

/** This process as an owner of runs, by id. */
export const processOwner = (): string => once('run-owner-id', () => uuidv7())

/** 0 to 15, from the owner's random bits: processes in containers share process numbers. */
export const processSlot = (): number => Number.parseInt(processOwner().slice(-1), 16)

/** Leads that this process has under way, and how often. What it owns and does not carry, it let fall. */
const carried = () => once('carried-runs', () => new Map<string, number>())

/** Notes that this process works on a lead, with a batch or by itself. Answers the function that says it does no more. */
export function carry(leadId: string): () => void {
  const by = (count: number) => {
    const left = (carried().get(leadId) ?? 0) + count
    if (left > 0) carried().set(leadId, left)
    else carried().delete(leadId)
  }
  by(1)
  return () => by(-1)
}

const renewal = `
  insert into run_owners (id, role, lease_until) values ($1::uuid, $2, now() + make_interval(secs => $3::int))
  on conflict (id) do update set lease_until = excluded.lease_until`

const letGo = `
  update runs set owner = '00000000-0000-0000-0000-000000000000'
  where owner = $1::uuid and settled_at is null and created_at < now() - interval '30 seconds'
    and lead_id <> all($2::uuid[])`

type Lease = { until: number; renewing?: Promise<void> | undefined; timer?: NodeJS.Timeout; takingOver: number }

async function renew(): Promise<number> {
  const asked = Date.now()
  await pool().sql.unsafe(renewal, [processOwner(), processRole(), leaseSeconds], { prepare: true })
  return asked + leaseMs
}

function renewOnce(lease: Lease): Promise<void> {
  lease.renewing ??= renew()
    .then((until) => {
      lease.until = until
    })
    .finally(() => {
      lease.renewing = undefined
    })
  return lease.renewing
}

/** A run that broke off on a defect, or whose COMMIT was found too late, goes to recovery like one of a dead process. */
async function releaseFallen(lease: Lease): Promise<void> {
  if (lease.takingOver > 0) return
  const released = await pool().sql.unsafe(letGo, [processOwner(), [...carried().keys()]], { prepare: true })
  if (released.count > 0) log.warn({ runs: released.count }, 'runs that broke off are left to recovery')
}

const lease = (): Lease =>
  once(
    'run-owner-lease',
    () => {
      const made: Lease = { until: 0, takingOver: 0 }
      const beat = () =>
        renewOnce(made)
          .then(() => releaseFallen(made))
          .catch((error: unknown) => log.error({ err: error }, 'the lease could not be renewed'))
      made.timer = setInterval(() => void beat(), leaseMs / 3)
      made.timer.unref()
      return made
    },
    async (made) => {
      clearInterval(made.timer)
      await pool().sql`delete from run_owners where id = ${processOwner()}`.catch(() => {})
    },
  )

/**
 * Resolves while this process holds its lease, renewing it when it has run out; rejects when the database can't be
 * asked. Must have resolved before a run is opened, or recovery would take that run for an orphan.
 */
export async function holdLease(): Promise<void> {
  const held = lease()
  if (held.until <= Date.now()) await renewOnce(held)
}

/** Runs `take`, which makes this process the owner of runs it does not carry yet; none of them is let go meanwhile. */
export async function takingOver<T>(take: () => Promise<T>): Promise<T> {
  const held = lease()
  held.takingOver++
  try {
    return await take()
  } finally {
    held.takingOver--
  }
}
