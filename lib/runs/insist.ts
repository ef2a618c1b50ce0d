import { log } from '../log'
import { isStopping, once } from '../runtime'
import { isOneRows } from './journal'

const patience = [50, 100, 200, 500, 1_000, 2_000, 5_000]

/**
 * Repeats what needs the database until it answers. After commit 1 the lead is ours to finish, so an outage delays it;
 * if this process dies meanwhile, recovery has the run. A row that Postgres refuses for what is in it, and a process
 * that is stopping, end it.
 */
export async function insist<T>(what: string, ask: () => Promise<T>): Promise<T> {
  for (let round = 0; ; round++) {
    try {
      return await ask()
    } catch (error) {
      if (isOneRows(error) || isStopping()) throw error
      sayOnce(error, what)
      await new Promise((resolve) => setTimeout(resolve, patience[Math.min(round, patience.length - 1)]))
    }
  }
}

/** An outage meets every lead under way at the same time: one line a second tells as much as thousands. */
function sayOnce(error: unknown, what: string): void {
  const said = once('journal-outage', () => ({ at: 0 }))
  if (Date.now() - said.at < 1_000) return
  said.at = Date.now()
  log.warn({ err: error }, `${what} did not reach the database, trying again`)
}
