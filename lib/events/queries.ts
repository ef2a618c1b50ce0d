import { allOf } from '../../db/all-of'
import { pool } from '../../db/client'
import { type Actor, hasRole } from '../actor'
import { curlOf } from '../delivery/index'
import {
  leadLabel,
  type PackedLead,
  type RecordedMail,
  type RecordedRequest,
  type RecordedResponse,
  type Told,
  visibleData,
} from '../engine/index'
import { notFound } from '../errors'
import { firstIdAt, isUuid } from '../ids'
import { err, ok, type Result } from '../result'
import { isoOf } from '../time'
import { asTheyBegan } from './as-they-began'
import { type MailRow, mailsOf, mailsOfEvent } from './mails'
import type { EventDetail, EventFilters, EventItem, EventPage } from './schema'
import { findLeadIds } from './search'
import { toldOf, type WayDetail } from './told'

type EventRow = {
  id: string
  lead_id: string
  type: EventItem['type']
  outcome: string
  reason: string | null
  is_test: boolean
  flow_id: string | null
  flow_name: string | null
  step_id: string | null
  connection_id: string | null
  destination_id: string | null
  name: string
  recipient: string | null
  started_at: string
  duration_ms: number
  price_cents: string | null
  status_code: number | null
  buyer_lead_id: string | null
  about_event_id: string | null
  lead_data: PackedLead | null
}
type DetailRow = EventRow & {
  detail: Detail | null
  request: string | null
  response: string | null
  mails: MailRow[] | null
}
type Detail = WayDetail & {
  steps?: number
  alert?: string
  timings?: Record<string, number>
  sizes?: { sentBytes: number; receivedBytes: number }
  reused_socket?: boolean
  sent_fields?: string[]
  batch?: NonNullable<EventDetail['batch']>
  by_mail?: boolean
  mails?: RecordedMail[]
  captured?: NonNullable<EventDetail['captured']>
  notice?: NonNullable<EventDetail['notice']>
  ping_id?: string
  sends_birth?: boolean
  feedback?: { type: string; reason: string | null; fields: Record<string, unknown> }
}

const columns = `e.id, e.lead_id, e.type, e.outcome, e.reason, e.is_test, e.flow_id, f.name as flow_name, e.step_id,
  e.connection_id, e.destination_id, e.name, e.recipient, e.started_at, e.duration_ms, e.price_cents, e.status_code,
  e.buyer_lead_id, e.about_event_id`
const detailColumns = `${columns}, e.detail, p.request, p.response, ${mailsOfEvent} as mails`
const flowOf = 'left join flows f on f.id = e.flow_id and f.account_id = e.account_id'
const payloadOf = 'left join event_payloads p on p.id = e.id and p.account_id = e.account_id'

/** A seller finds what buyers bid by the ping of its source; a buyer, to whom the lead is not known, by its own event. */
const idOfPing = ({ id, lead_id: leadId, flow_id: flowId }: EventRow) => (flowId === null ? id : leadId)

function itemOf(row: EventRow): EventItem {
  const label = row.lead_data ? leadLabel(row.lead_data) : ''
  return {
    id: row.id,
    leadId: row.lead_id,
    type: row.type,
    outcome: row.outcome,
    ...(row.reason !== null && { reason: row.reason }),
    isTest: row.is_test,
    name: row.name,
    ...(row.recipient !== null && { recipient: row.recipient }),
    ...(row.flow_id !== null && { flowId: row.flow_id }),
    ...(row.flow_name !== null && { flowName: row.flow_name }),
    ...(row.step_id !== null && { stepId: row.step_id }),
    ...(row.connection_id !== null && { connectionId: row.connection_id }),
    startedAt: isoOf(row.started_at),
    durationMs: row.duration_ms,
    endedAt: new Date(Date.parse(row.started_at) + row.duration_ms).toISOString(),
    ...(row.price_cents !== null && { priceCents: Number(row.price_cents) }),
    ...(row.status_code !== null && { statusCode: row.status_code }),
    ...(row.buyer_lead_id !== null && { buyerLeadId: row.buyer_lead_id }),
    ...(label && { leadLabel: label }),
    ...(row.type === 'ping' && row.lead_data === null && { pingId: idOfPing(row) }),
  }
}

const withheld = '(withheld: it holds a date of birth, which viewers may not read)'

/** A date is written in too many ways to be starred out of a body. */
function withoutBody(request: RecordedRequest | undefined, isWithheld: boolean): RecordedRequest | undefined {
  return request && isWithheld ? { ...request, url: request.url.replace(/\?.*$/s, ''), body: withheld } : request
}

function exchangeOf(row: DetailRow, isWithheld: boolean) {
  const kept = row.request === null ? undefined : (JSON.parse(row.request) as RecordedRequest)
  const request = withoutBody(kept, isWithheld)
  const response = row.response === null ? undefined : (JSON.parse(row.response) as RecordedResponse)
  // The seller's row of what was sent to an invited buyer has a status but no exchange.
  const isSent = row.type === 'delivery' || row.type === 'ping'
  const hidden = !request && isSent && row.connection_id !== null && row.flow_id !== null
  return {
    ...(request && { request, curl: curlOf(request) }),
    ...(response && { response }),
    ...(hidden && { configuredByBuyer: true }),
  }
}

function feedbackOf(detail: Detail) {
  const said = detail.feedback
  if (!said) return {}
  return { feedback: { type: said.type, fields: said.fields, ...(said.reason !== null && { reason: said.reason }) } }
}

const holdsBirth = (leadData: PackedLead) => Object.values(leadData).some(({ type }) => type === 'dob')

/** How it went over the wire. An answer may say again what was sent, so that its values are hidden as it is. */
const deliveryOf = (detail: Detail, isHidden: boolean) => ({
  ...(detail.timings && { timings: detail.timings }),
  ...(detail.sizes && { sizes: detail.sizes }),
  ...(detail.reused_socket !== undefined && { reusedSocket: detail.reused_socket }),
  ...(detail.sent_fields && { sentFields: detail.sent_fields }),
  ...(detail.batch && { batch: detail.batch }),
  ...(detail.captured && !isHidden && { captured: detail.captured }),
})

/** The ping that stands where there is no lead, or the one whose bid was honoured. */
function pingOf(row: DetailRow, { ping_id: honoured }: Detail): { pingId?: string } {
  const pingId = row.type === 'ping' && row.lead_data === null ? idOfPing(row) : honoured
  return pingId === undefined ? {} : { pingId }
}

function detailOf(row: DetailRow, leadData: PackedLead, mayReadBirths: boolean): EventDetail {
  const detail = row.detail ?? {}
  const sendsBirth = detail.sends_birth ?? detail.sent_fields?.some((name) => leadData[name]?.type === 'dob') ?? false
  return {
    ...itemOf({ ...row, lead_data: leadData }),
    ...pingOf(row, detail),
    trace: detail.trace ?? [],
    ...(detail.steps !== undefined && { steps: detail.steps }),
    ...(detail.alert !== undefined && { alert: detail.alert }),
    ...(detail.notice && { notice: detail.notice }),
    ...deliveryOf(detail, sendsBirth && !mayReadBirths),
    ...feedbackOf(detail),
    ...exchangeOf(row, sendsBirth && !mayReadBirths),
    ...mailsOf(detail, row.mails ?? [], mayReadBirths || !holdsBirth(leadData)),
    ...(row.about_event_id !== null && { aboutEventId: row.about_event_id }),
    leadData: visibleData(leadData, mayReadBirths),
  }
}

/**
 * Events that the actor's account may see, newest first, by keyset. `side` keeps a company that both sells and buys
 * from seeing one portal's events in the other.
 */
export async function listEvents(
  actor: Actor,
  side: 'seller' | 'buyer' | 'both',
  filters: EventFilters,
): Promise<EventPage> {
  const { sql } = pool()
  const limit = filters.limit ?? 50
  const where = allOf(sql, [sql`e.account_id = ${actor.accountId}`, ...(await conditionsOf(actor, side, filters))])
  const rows = await sql<EventRow[]>`
    select ${sql.unsafe(columns)},
      (select l.data from leads l where l.id = e.lead_id and l.account_id = e.account_id) as lead_data
    from events e ${sql.unsafe(flowOf)}
    where ${where}
    order by e.id desc limit ${limit + 1}`
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { data: shown.map(itemOf), ...(rows.length > limit && last && { nextCursor: last.id }) }
}

const equalTo = ['type', 'outcome', 'flow_id', 'source_id', 'step_id', 'connection_id'] as const

async function conditionsOf(actor: Actor, side: 'seller' | 'buyer' | 'both', filters: EventFilters) {
  const { sql } = pool()
  const { cursor, from, to, q, is_test: isTest } = filters
  const leadIds = q === undefined ? undefined : await findLeadIds(actor, q)
  const oldest = leadIds && ([...leadIds].sort()[0] ?? firstIdAt(Date.now()))
  return [
    side === 'seller' && sql`e.flow_id is not null`,
    side === 'buyer' && sql`e.flow_id is null`,
    // Events of these leads are no older than they are, so older partitions need no look.
    leadIds && sql`e.lead_id = any(${leadIds}::uuid[]) and e.id >= ${oldest ?? ''}`,
    cursor !== undefined && isUuid(cursor) && sql`e.id < ${cursor}`,
    from !== undefined && sql`e.id >= ${firstIdAt(Date.parse(from))}`,
    to !== undefined && sql`e.id < ${firstIdAt(Date.parse(to))}`,
    isTest !== undefined && sql`e.is_test = ${isTest === 'true'}`,
    ...equalTo.map((name) => filters[name] !== undefined && sql`${sql(`e.${name}`)} = ${filters[name]}`),
  ]
}

/** One event with its exchange and trace, as far as the actor's side may see them. */
export async function getEvent(actor: Actor, id: string): Promise<Result<EventDetail>> {
  if (!isUuid(id)) return err(notFound('The event'))
  const { sql } = pool()
  const [row] = await sql<DetailRow[]>`
    select ${sql.unsafe(detailColumns)},
      (select l.data from leads l where l.id = e.lead_id and l.account_id = e.account_id) as lead_data
    from events e ${sql.unsafe(flowOf)} ${sql.unsafe(payloadOf)}
    where e.id = ${id} and e.account_id = ${actor.accountId}`
  return row ? ok(detailOf(row, row.lead_data ?? {}, hasRole(actor, 'member'))) : err(notFound('The event'))
}

/** All events of one lead that the actor may see, in the order they happened, and what they tell of its buyers. */
export async function eventsOfLead(
  actor: Actor,
  leadId: string,
  leadData: PackedLead,
): Promise<{ events: EventDetail[]; told: Told[] }> {
  const { sql } = pool()
  const found = await sql<DetailRow[]>`
    select ${sql.unsafe(detailColumns)}
    from events e ${sql.unsafe(flowOf)} ${sql.unsafe(payloadOf)}
    where e.lead_id = ${leadId} and e.account_id = ${actor.accountId} and e.id >= ${leadId}
    order by e.started_at + e.duration_ms * interval '1 millisecond', e.type = 'source', e.id limit 500`
  const rows = asTheyBegan(found)
  return { events: rows.map((row) => detailOf(row, leadData, hasRole(actor, 'member'))), told: toldOf(rows) }
}
