import { pool } from '../../db/client'
import { log } from '../log'
import { once } from '../runtime'

const quietMs = 250

type Notices = { accounts: Set<string>; timer?: NodeJS.Timeout }
const notices = (): Notices => once('live-notices', () => ({ accounts: new Set<string>() }), flush)

async function flush(held: Notices): Promise<void> {
  clearTimeout(held.timer)
  delete held.timer
  if (held.accounts.size === 0) return
  const accounts = [...held.accounts]
  held.accounts.clear()
  await pool()
    .sql.unsafe(`select pg_notify('baton_live', id) from unnest($1::text[]) as id`, [accounts], { prepare: true })
    .catch((error: unknown) => log.warn({ err: error }, 'a live notice was not sent'))
}

/**
 * Says that an account's log grew. Notices are gathered for a quarter of a second and sent outside any commit: a NOTIFY
 * in each transaction was measured to halve the commits a second.
 */
export function noteLive(accountId: string | undefined): void {
  if (!accountId) return
  const held = notices()
  held.accounts.add(accountId)
  if (held.timer) return
  held.timer = setTimeout(() => void flush(held), quietMs)
  held.timer.unref()
}
