import { allOf } from '../../db/all-of'
import { pool } from '../../db/client'
import type { Actor } from '../actor'
import { isoOf } from '../time'
import { conditionsOf, cursorOf, momentOf, pageOf, readCursor } from './paging'
import { type LeadColumns, leadColumns, leadJoins, whoseLead } from './queries'
import type { UndecidedAttempt, UndecidedFilters, UndecidedPage } from './schema'

type Row = LeadColumns & {
  event_id: string
  step_id: string
  name: string
  recipient: string
  reason: string | null
  price_cents: string
  attempted_at: string
  attempted_us: string
}

const itemOf = (row: Row): UndecidedAttempt => ({
  ...whoseLead(row),
  eventId: row.event_id,
  stepId: row.step_id,
  name: row.name,
  recipient: row.recipient,
  ...(row.reason !== null && { reason: row.reason }),
  priceCents: Number(row.price_cents),
  attemptedAt: isoOf(row.attempted_at),
})

const equalTo = ['flow_id', 'step_id'] as const

/** Attempts of the account's leads that ended without anybody knowing how, oldest first, by keyset. */
export async function listUndecided(actor: Actor, filters: UndecidedFilters): Promise<UndecidedPage> {
  const { sql } = pool()
  const limit = filters.limit ?? 50
  const after = readCursor(filters.cursor)
  const where = allOf(sql, [
    ...(await conditionsOf(actor, filters, equalTo)),
    after && sql`(t.attempted_at, t.event_id) > (${momentOf(after)}, ${after.id}::uuid)`,
  ])
  const rows = await sql<Row[]>`
    select ${sql.unsafe(leadColumns)}, t.event_id, t.step_id, t.name, t.recipient, t.reason, t.price_cents,
      t.attempted_at, (extract(epoch from t.attempted_at) * 1000000)::bigint as attempted_us
    from undecided_attempts t ${sql.unsafe(leadJoins)}
    where ${where}
    order by t.attempted_at, t.event_id limit ${limit + 1}`
  return pageOf(rows, limit, itemOf, (row) => cursorOf(row.attempted_us, row.event_id))
}
