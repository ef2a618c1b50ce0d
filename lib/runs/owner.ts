import { pool } from '../../db/client'
import { uuidv7 } from '../ids'
import { log } from '../log'
import { once, processRole } from '../runtime'
import { secondMs } from '../time'

/** How long a process may be silent before its runs are taken over; renewed every third of it. */
export const leaseSeconds = 15

/** This process as an owner of runs, by id. */
export const processOwner = (): string => once('run-owner-id', () => uuidv7())

const renewal = `
  insert into run_owners (id, role, lease_until) values ($1::uuid, $2, now() + make_interval(secs => $3::int))
  on conflict (id) do update set lease_until = excluded.lease_until`

/**
 * Starts the lease of this process and keeps it alive. Must have resolved before the first run is opened, or recovery
 * would take that run for an orphan. Stopping ends the lease at once, so that nothing waits for it to expire.
 */
export const holdLease = (): Promise<void> =>
  once(
    'run-owner-lease',
    () => {
      const renew = () => pool().sql.unsafe(renewal, [processOwner(), processRole(), leaseSeconds], { prepare: true })
      const timer = setInterval(
        () => void renew().catch((error: unknown) => log.error({ err: error }, 'the lease could not be renewed')),
        (leaseSeconds * secondMs) / 3,
      )
      timer.unref()
      return { timer, first: renew().then(() => undefined) }
    },
    async ({ timer }) => {
      clearInterval(timer)
      await pool().sql`delete from run_owners where id = ${processOwner()}`
    },
  ).first
