import { allOf } from '../../db/all-of'
import { pool } from '../../db/client'
import type { Actor } from '../actor'
import { isoOf } from '../time'
import { conditionsOf, cursorOf, momentOf, pageOf, readCursor } from './paging'
import { type LeadColumns, leadColumns, leadJoins, whoseLead } from './queries'
import type { DeadLetter, DeadLetterFilters, DeadLetterPage } from './schema'

type Row = LeadColumns & {
  step_id: string
  name: string
  cause: DeadLetter['cause']
  reason: string
  ended_at: string
  ended_us: string
}

const itemOf = (row: Row): DeadLetter => ({
  ...whoseLead(row),
  stepId: row.step_id,
  name: row.name,
  cause: row.cause,
  reason: row.reason,
  endedAt: isoOf(row.ended_at),
})

const equalTo = ['flow_id', 'source_id', 'cause'] as const

/**
 * Leads of the account that ended because deliveries failed, or that waited in vain, by when they were given up, newest
 * first, by keyset. Refusals are none of them. `q` finds by email, phone or lead id.
 */
export async function listDeadLetters(actor: Actor, filters: DeadLetterFilters): Promise<DeadLetterPage> {
  const { sql } = pool()
  const { cursor, from, to } = filters
  const limit = filters.limit ?? 50
  const after = readCursor(cursor)
  const where = allOf(sql, [
    ...(await conditionsOf(actor, filters, equalTo)),
    after && sql`(t.ended_at, t.lead_id) < (${momentOf(after)}, ${after.id}::uuid)`,
    from !== undefined && sql`t.ended_at >= ${from}::timestamptz`,
    to !== undefined && sql`t.ended_at < ${to}::timestamptz`,
  ])
  const rows = await sql<Row[]>`
    select ${sql.unsafe(leadColumns)}, t.step_id, t.name, t.cause, t.reason, t.ended_at,
      (extract(epoch from t.ended_at) * 1000000)::bigint as ended_us
    from dead_letters t ${sql.unsafe(leadJoins)}
    where ${where}
    order by t.ended_at desc, t.lead_id desc limit ${limit + 1}`
  return pageOf(rows, limit, itemOf, (row) => cursorOf(row.ended_us, row.lead_id))
}
