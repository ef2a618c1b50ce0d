import { allOf } from '../../db/all-of'
import { pool } from '../../db/client'
import type { Actor } from '../actor'
import { type FlowDocument, leadLabel, leadText, type PackedLead, placedBuyers } from '../engine/index'
import { isUuid } from '../ids'
import { isoOf } from '../time'
import { conditionsOf, cursorOf, momentOf, pageOf, readCursor } from './paging'
import type { QueueBuyer, QueueFilters, QueueItem, QueuePage, WaitCause } from './schema'

export type LeadColumns = {
  lead_id: string
  flow_id: string
  flow_name: string | null
  source_id: string
  source_name: string | null
  is_test: boolean | null
  data: PackedLead | null
  received_at: string | null
}

/** Who a lead is, beside a row that names it by `t.lead_id`. */
export const leadColumns = `t.lead_id, t.flow_id, f.name as flow_name, t.source_id, s.name as source_name,
  l.is_test, l.data, l.received_at`
export const leadJoins = `left join leads l on l.id = t.lead_id and l.account_id = t.account_id
  left join flows f on f.id = t.flow_id and f.account_id = t.account_id
  left join sources s on s.id = t.source_id and s.account_id = t.account_id`

/** How lists show a lead. */
export function whoseLead(row: LeadColumns) {
  const data = row.data ?? {}
  const email = leadText(data, 'email')
  const phone = leadText(data, 'phone_1')
  return {
    leadId: row.lead_id,
    label: leadLabel(data),
    ...(email && { email }),
    ...(phone && { phone }),
    isTest: row.is_test ?? false,
    flowId: row.flow_id,
    ...(row.flow_name !== null && { flowName: row.flow_name }),
    sourceId: row.source_id,
    ...(row.source_name !== null && { sourceName: row.source_name }),
    ...(row.received_at !== null && { receivedAt: isoOf(row.received_at) }),
  }
}

/** The batch that a lead goes out with first: how many wait for it, and until when. */
const batchJoin = `left join lateral (
    select count(*)::int as leads, min(c.due_at) as due_at from collected_leads c
    where c.batch = (select o.batch from collected_leads o where o.lead_id = t.lead_id order by o.due_at limit 1)
  ) b on t.in_batch`

type HeldRow = LeadColumns & {
  step_id: string
  name: string | null
  recipient: string | null
  cause: WaitCause | null
  reason: string
  held_at: string
  due_at: string
  due_us: string
  batch_due_at: string | null
  batch_count: number | null
  wish: NonNullable<QueueItem['wish']> | null
}

const itemOf = (row: HeldRow): QueueItem => ({
  ...whoseLead(row),
  stepId: row.step_id,
  name: row.name ?? row.step_id,
  ...(row.recipient !== null && { recipient: row.recipient }),
  ...(row.cause !== null && { cause: row.cause }),
  reason: row.cause === 'batch' && row.batch_count !== null ? `${row.reason}, ${row.batch_count} so far` : row.reason,
  heldAt: isoOf(row.held_at),
  dueAt: isoOf(row.batch_due_at ?? row.due_at),
  ...(row.batch_count !== null && { batchCount: row.batch_count }),
  ...(row.wish !== null && { wish: row.wish }),
})

const equalTo = ['flow_id', 'source_id', 'step_id', 'cause'] as const

/** The leads of the account that wait, whatever is due first, by keyset. `q` finds by email, phone or lead id. */
export async function listQueue(actor: Actor, filters: QueueFilters): Promise<QueuePage> {
  const { sql } = pool()
  const limit = filters.limit ?? 50
  const after = readCursor(filters.cursor)
  const where = allOf(sql, [
    ...(await conditionsOf(actor, filters, equalTo)),
    after && sql`(t.due_at, t.lead_id) > (${momentOf(after)}, ${after.id}::uuid)`,
  ])
  const rows = await sql<HeldRow[]>`
    select ${sql.unsafe(leadColumns)}, t.step_id, t.name, t.recipient, t.cause, t.reason, t.held_at, t.due_at, t.wish,
      (extract(epoch from t.due_at) * 1000000)::bigint as due_us, b.due_at as batch_due_at, b.leads as batch_count
    from held_leads t ${sql.unsafe(leadJoins)} ${sql.unsafe(batchJoin)}
    where ${where}
    order by t.due_at, t.lead_id limit ${limit + 1}`
  return pageOf(rows, limit, itemOf, (row) => cursorOf(row.due_us, row.lead_id))
}

/** The buyer steps of flows' live versions, by flow: where a waiting lead may be sent instead. */
export async function listQueueBuyers(actor: Actor, flowIds: readonly string[]): Promise<Record<string, QueueBuyer[]>> {
  const ids = [...new Set(flowIds)].filter(isUuid)
  if (ids.length === 0) return {}
  const rows = await pool().sql<{ id: string; document: FlowDocument }[]>`
    select f.id, v.document from flows f
    join flow_versions v on v.flow_id = f.id and v.version = f.live_version
    where f.account_id = ${actor.accountId} and f.id = any(${ids}::uuid[])`
  return Object.fromEntries(
    rows.map(({ id, document }) => [
      id,
      placedBuyers(document).map(({ step }): QueueBuyer => ({ stepId: step.id, name: step.name })),
    ]),
  )
}
