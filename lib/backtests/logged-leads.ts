import { allOf } from '../../db/all-of'
import { pool } from '../../db/client'
import {
  type FlowDocument,
  type LeadEnding,
  type Nested,
  type PackedLead,
  placedBuyers,
  type Verdict,
} from '../engine/index'
import { firstIdAt } from '../ids'
import { centsOf } from '../money'

/** A lead of the log as it can be run again: as it was submitted, and what came of it. */
export type LoggedLead = {
  leadId: string
  submitted: Nested
  receivedAt: number
  sourceId: string
  submission: { ip: string; userAgent: string }
  before: LeadEnding
  /** What each buyer step that was really asked said, by step id. */
  answers: Map<string, Verdict>
}

type Open = (leadId: string, name: string, sealed: string) => string
/** Which leads of a flow: the last so many, or those of a time. */
export type Wanted = {
  accountId: string
  flowId: string
  from?: string | undefined
  to?: string | undefined
  /** Test leads too. */
  tests?: boolean
}

type LeadRow = {
  id: string
  flow_version: number
  source_id: string
  status: string
  outcome: 'success' | 'failure' | 'error' | null
  reason: string | null
  data: PackedLead
  submission: { ip?: string; userAgent?: string } | null
  price_cents: string
  revenue_cents: string
  received_at: string
}
type DeliveryRow = {
  lead_id: string
  step_id: string
  name: string
  outcome: string
  reason: string | null
  price_cents: string | null
  buyer_lead_id: string | null
}

/** Test leads count nowhere, and one under way has no end yet. */
function matching({ accountId, flowId, from, to, tests }: Wanted) {
  const { sql } = pool()
  return allOf(sql, [
    sql`l.account_id = ${accountId} and l.side = 'seller' and l.flow_id = ${flowId}
      and l.status <> 'processing'`,
    !tests && sql`not l.is_test`,
    from !== undefined && sql`l.id >= ${firstIdAt(Date.parse(from))}`,
    to !== undefined && sql`l.id < ${firstIdAt(Date.parse(to))}`,
  ])
}

/** The newest leads there are to run: how many, and the ids of the first and the last of them. */
export type LogWindow = { total: number; oldest: string; newest: string }

/** Looks how many there are, `most` at most; undefined when there are none. */
export async function windowOf(wanted: Wanted, most: number): Promise<LogWindow | undefined> {
  const { sql } = pool()
  const [row] = await sql<{ total: number; oldest: string | null; newest: string | null }[]>`
    select count(*)::int as total, min(id::text) as oldest, max(id::text) as newest
    from (select l.id from leads l where ${matching(wanted)} order by l.id desc limit ${most}) newest`
  return row?.oldest && row.newest ? { total: row.total, oldest: row.oldest, newest: row.newest } : undefined
}

/** The next `limit` leads of a window behind the one with the id `after`, in the order they came: caps fill in it. */
export async function readLogged(
  wanted: Wanted,
  { oldest, newest }: Omit<LogWindow, 'total'>,
  { after, limit, open }: { after?: string | undefined; limit: number; open: Open },
): Promise<LoggedLead[]> {
  const { sql } = pool()
  const start = after === undefined ? sql`l.id >= ${oldest}` : sql`l.id > ${after}`
  const rows = await sql<LeadRow[]>`
    select l.id, l.flow_version, l.source_id, l.status, l.outcome, l.reason, l.data, l.submission, l.price_cents,
      l.revenue_cents, l.received_at
    from leads l where ${matching(wanted)} and ${start} and l.id <= ${newest} order by l.id limit ${limit}`
  const [deliveries, prices] = await Promise.all([deliveriesOf(wanted, rows), pricesOf(wanted, rows)])
  return rows.map((row) => loggedLead(row, deliveries.get(row.id) ?? [], prices.get(row.flow_version), open))
}

/** One lead of a flow, by its id. */
export async function findLogged(wanted: Wanted, leadId: string, open: Open): Promise<LoggedLead | undefined> {
  const window = { oldest: leadId, newest: leadId }
  return (await readLogged(wanted, window, { limit: 1, open }))[0]
}

async function deliveriesOf({ accountId }: Wanted, rows: readonly LeadRow[]): Promise<Map<string, DeliveryRow[]>> {
  const oldest = rows[0]?.id
  if (!oldest) return new Map()
  const { sql } = pool()
  const events = await sql<DeliveryRow[]>`
    select e.lead_id, e.step_id, e.name, e.outcome, e.reason, e.price_cents, e.buyer_lead_id
    from events e
    where e.account_id = ${accountId} and e.type = 'delivery' and e.step_id is not null
      and e.lead_id = any(${rows.map(({ id }) => id)}::uuid[]) and e.id >= ${oldest}
    order by e.id`
  const byLead = new Map<string, DeliveryRow[]>()
  for (const event of events) {
    const ofLead = byLead.get(event.lead_id)
    if (ofLead) ofLead.push(event)
    else byLead.set(event.lead_id, [event])
  }
  return byLead
}

type Prices = Map<string, number>

/** What each step charged by itself, by version: a price that differs from it was the buyer's own. */
async function pricesOf({ flowId }: Wanted, rows: readonly LeadRow[]): Promise<Map<number, Prices>> {
  const versions = [...new Set(rows.map((row) => row.flow_version))]
  const { sql } = pool()
  const found = await sql<{ version: number; document: FlowDocument }[]>`
    select version, document from flow_versions where flow_id = ${flowId} and version = any(${versions}::int[])`
  return new Map(found.map(({ version, document }) => [version, stepPrices(document)]))
}

function stepPrices(document: FlowDocument): Prices {
  const prices: Prices = new Map()
  for (const { step } of placedBuyers(document)) {
    const cents = centsOf(step.rules.price)
    if (cents !== undefined) prices.set(step.id, cents)
  }
  return prices
}

const told = new Set(['accepted', 'rejected', 'error', 'unknown'])

/** What a buyer said in truth. The step's own price is left out, so that the tried document's stands. */
function verdictOf(event: DeliveryRow, prices: Prices | undefined): Verdict | undefined {
  if (!told.has(event.outcome)) return undefined
  const verdict: Verdict = { outcome: event.outcome as Verdict['outcome'] }
  if (event.reason !== null) verdict.reason = event.reason
  if (event.buyer_lead_id !== null) verdict.buyerLeadId = event.buyer_lead_id
  const cents = event.price_cents === null ? undefined : Number(event.price_cents)
  if (cents !== undefined && cents !== prices?.get(event.step_id)) verdict.priceCents = cents
  return verdict
}

function loggedLead(row: LeadRow, events: DeliveryRow[], prices: Prices | undefined, open: Open): LoggedLead {
  const answers = new Map<string, Verdict>()
  for (const event of events) {
    const verdict = verdictOf(event, prices)
    if (verdict) answers.set(event.step_id, verdict)
  }
  return {
    leadId: row.id,
    submitted: submittedOf(row.id, row.data, open),
    receivedAt: Date.parse(row.received_at),
    sourceId: row.source_id,
    submission: { ip: row.submission?.ip ?? '', userAgent: row.submission?.userAgent ?? '' },
    before: {
      outcome: row.status === 'pending' ? 'pending' : (row.outcome ?? 'error'),
      ...(row.reason !== null && { reason: row.reason }),
      buyers: events.map((event) => ({
        stepId: event.step_id,
        name: event.name,
        outcome: event.outcome,
        ...(event.reason !== null && { reason: event.reason }),
        priceCents: Number(event.price_cents ?? 0),
      })),
      revenueCents: Number(row.revenue_cents),
      costCents: Number(row.price_cents),
    },
    answers,
  }
}

/**
 * The fields by name as they came, to be typed anew by the tried document. Sealed values are opened in memory: rules may
 * ask about them, and nothing of a lead is written into a result.
 */
function submittedOf(leadId: string, data: PackedLead, open: Open): Nested {
  const submitted: Nested = Object.create(null)
  for (const [name, packed] of Object.entries(data)) {
    const raw = sentAs(leadId, name, packed, open)
    if (raw !== undefined && raw !== null) submitted[name] = raw as Nested[string]
  }
  return submitted
}

function sentAs(leadId: string, name: string, packed: PackedLead[string], open: Open): unknown {
  // A step set it since: the tried steps do so themselves.
  if ('was' in packed) return packed.was
  if (packed.sealed !== undefined) return openedOf(leadId, name, packed.sealed, open)
  return 'raw' in packed ? packed.raw : packed.value
}

function openedOf(leadId: string, name: string, sealed: string, open: Open): unknown {
  try {
    return JSON.parse(open(leadId, name, sealed))
  } catch {
    // Sealed under a key that is gone: the lead is tried without the value.
    return undefined
  }
}
