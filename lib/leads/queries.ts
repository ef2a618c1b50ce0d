import { allOf } from '../../db/all-of'
import { pool } from '../../db/client'
import { type Actor, hasRole } from '../actor'
import { type FlowDocument, leadLabel, leadPlace, leadText, type PackedLead, visibleData, whyOf } from '../engine/index'
import { notFound } from '../errors'
import { eventsOfLead, findLeadIds } from '../events/index'
import type { EventDetail } from '../events/schema'
import { firstIdAt, isUuid } from '../ids'
import { err, ok, type Result } from '../result'
import { isoOf } from '../time'
import type { Considered, LeadDetail, LeadFilters, LeadItem, LeadPage } from './schema'

type LeadRow = {
  id: string
  side: 'seller' | 'buyer'
  status: LeadItem['status']
  outcome: LeadItem['outcome'] | null
  reason: string | null
  is_test: boolean
  flow_id: string | null
  flow_name: string | null
  flow_version: number | null
  source_name: string | null
  partner_name: string | null
  data: PackedLead
  submission: { ip?: string; userAgent?: string } | null
  price_cents: string
  revenue_cents: string
  received_at: string
  completed_at: string | null
}

const columns = `l.id, l.side, l.status, l.outcome, l.reason, l.is_test, l.flow_id, f.name as flow_name, l.flow_version,
  s.name as source_name, a.name as partner_name, l.data, l.submission, l.price_cents, l.revenue_cents, l.received_at,
  l.completed_at`

// A buyer's row has neither flow nor source, so these joins can show it neither.
const joins = `left join flows f on f.id = l.flow_id and f.account_id = l.account_id
  left join sources s on s.id = l.source_id and s.account_id = l.account_id
  left join connections c on c.id = l.connection_id and c.buyer_account_id = l.account_id
  left join accounts a on a.id = c.seller_account_id`

function itemOf(row: LeadRow): LeadItem {
  const email = leadText(row.data, 'email')
  const phone = leadText(row.data, 'phone_1')
  const place = leadPlace(row.data)
  return {
    id: row.id,
    side: row.side,
    label: leadLabel(row.data),
    ...(email && { email }),
    ...(phone && { phone }),
    ...(place && { place }),
    status: row.status,
    ...(row.status === 'final' && row.outcome && { outcome: row.outcome }),
    ...(row.reason !== null && { reason: row.reason }),
    isTest: row.is_test,
    ...(row.flow_id && { flowId: row.flow_id }),
    ...(row.flow_name && { flowName: row.flow_name }),
    ...(row.source_name && { sourceName: row.source_name }),
    ...(row.side === 'buyer' && row.partner_name && { partnerName: row.partner_name }),
    priceCents: Number(row.price_cents),
    ...(row.side === 'seller' && { revenueCents: Number(row.revenue_cents) }),
    receivedAt: isoOf(row.received_at),
    ...(row.completed_at && { completedAt: isoOf(row.completed_at) }),
  }
}

/**
 * Leads of the actor's account on one side, newest first, by keyset. An email or phone finds all leads of that person,
 * an id exactly one.
 */
export async function listLeads(actor: Actor, side: 'seller' | 'buyer', filters: LeadFilters): Promise<LeadPage> {
  const { sql } = pool()
  const limit = filters.limit ?? 50
  const own = sql`l.account_id = ${actor.accountId} and l.side = ${side}`
  const where = allOf(sql, [own, ...(await conditionsOf(actor, filters))])
  const rows = await sql<LeadRow[]>`
    select ${sql.unsafe(columns)} from leads l ${sql.unsafe(joins)}
    where ${where}
    order by l.id desc limit ${limit + 1}`
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { data: shown.map(itemOf), ...(rows.length > limit && last && { nextCursor: last.id }) }
}

const equalTo = ['flow_id', 'source_id', 'connection_id'] as const

async function conditionsOf(actor: Actor, filters: LeadFilters) {
  const { sql } = pool()
  const { cursor, from, to, q, outcome, is_test: isTest } = filters
  const found = q === undefined ? undefined : await findLeadIds(actor, q)
  const isOpen = outcome === 'pending' || outcome === 'processing'
  return [
    found && sql`l.id = any(${found}::uuid[])`,
    cursor !== undefined && isUuid(cursor) && sql`l.id < ${cursor}`,
    from !== undefined && sql`l.id >= ${firstIdAt(Date.parse(from))}`,
    to !== undefined && sql`l.id < ${firstIdAt(Date.parse(to))}`,
    isTest !== undefined && sql`l.is_test = ${isTest === 'true'}`,
    isOpen && sql`l.status = ${outcome}`,
    outcome !== undefined && !isOpen && sql`l.status = 'final' and l.outcome = ${outcome}`,
    ...equalTo.map((name) => filters[name] !== undefined && sql`${sql(`l.${name}`)} = ${filters[name]}`),
  ]
}

/** Whether the actor has such a lead on this side. */
export async function hasLead(actor: Actor, side: 'seller' | 'buyer', id: string): Promise<boolean> {
  if (!isUuid(id)) return false
  const rows = await pool().sql`
    select 1 from leads where id = ${id} and account_id = ${actor.accountId} and side = ${side}`
  return rows.length > 0
}

/** The flow as the lead met it: its version, or the draft of a test. */
async function documentOf({ accountId }: Actor, row: LeadRow): Promise<FlowDocument | undefined> {
  if (row.flow_id === null) return undefined
  const { sql } = pool()
  const [found] = await sql<{ document: FlowDocument }[]>`
    select coalesce(v.document, f.draft) as document
    from flows f left join flow_versions v on v.flow_id = f.id and v.version = ${row.flow_version}
    where f.id = ${row.flow_id} and f.account_id = ${accountId}`
  return found?.document
}

/** Why the lead came to nobody else. A draft may have changed since its test: it can't say who else there was. */
function restOf({ status, reason, flow_version: version }: LeadRow): { rest?: string } {
  if (version === 0) return {}
  if (status !== 'final') return { rest: 'Not reached so far' }
  return { rest: reason === null ? 'Not reached' : `Not reached: ${reason}` }
}

/** A buyer sees what became of the lead with itself, and nothing of how it came to it. */
const ownLines = (events: readonly EventDetail[]): Considered[] =>
  events
    .filter(({ type }) => type === 'delivery')
    .map(({ id, name, recipient = name, outcome, reason, priceCents, buyerLeadId }) => ({
      name: recipient,
      outcome,
      eventId: id,
      trace: [],
      ...(reason !== undefined && { reason }),
      ...(priceCents !== undefined && { priceCents }),
      ...(buyerLeadId !== undefined && { buyerLeadId }),
    }))

/** One lead with everything its viewer may see: data, events in order, and every buyer that was considered. */
export async function getLead(actor: Actor, id: string): Promise<Result<LeadDetail>> {
  if (!isUuid(id)) return err(notFound('The lead'))
  const { sql } = pool()
  const [row] = await sql<LeadRow[]>`
    select ${sql.unsafe(columns)} from leads l ${sql.unsafe(joins)}
    where l.id = ${id} and l.account_id = ${actor.accountId}`
  if (!row) return err(notFound('The lead'))
  const [{ events, told }, document] = await Promise.all([eventsOfLead(actor, id, row.data), documentOf(actor, row)])
  return ok({
    ...itemOf(row),
    data: visibleData(row.data, hasRole(actor, 'member')),
    ...(row.submission && { submission: row.submission }),
    ...(row.flow_version !== null && { flowVersion: row.flow_version }),
    events,
    considered: row.side === 'seller' ? whyOf({ document, told, ...restOf(row) }) : ownLines(events),
  })
}
