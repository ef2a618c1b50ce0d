import {
  contactKeys,
  type PackedLead,
  type RecordedRequest,
  type RecordedResponse,
  type Run,
  type StepResult,
  type StepTarget,
  stepKey,
  type TypedLead,
  tellHeld,
  type Verdict,
  waitsSince,
} from '../engine/index'
import { changedFields } from './changed-fields'
import { eventIdFor } from './event-id'
import type { Exchanged, Job } from './job'
import { type MailRow, mailDetail, mailRows } from './mails'

export type EventRow = {
  id: string
  account_id: string
  lead_id: string
  type: 'source' | 'delivery' | 'queue' | Exclude<StepResult['type'], 'buyer'>
  outcome: string
  reason?: string | undefined
  is_test: boolean
  flow_id?: string | undefined
  source_id?: string | undefined
  step_id?: string | undefined
  connection_id?: string | undefined
  destination_id?: string | undefined
  name: string
  recipient?: string | undefined
  started_at: string
  duration_ms: number
  price_cents?: number | undefined
  status_code?: number | undefined
  buyer_lead_id?: string | undefined
  detail: unknown
}
export type PayloadRow = {
  id: string
  account_id: string
  request: RecordedRequest
  response?: RecordedResponse | undefined
}
export type LeadRow = {
  id: string
  account_id: string
  side: 'seller' | 'buyer'
  flow_id?: string | undefined
  flow_version?: number | undefined
  source_id?: string | undefined
  connection_id?: string | undefined
  is_test: boolean
  status: Run['status']
  outcome?: string | undefined
  reason?: string | undefined
  data: PackedLead
  submission?: unknown | undefined
  price_cents: number
  revenue_cents: number
  received_at: string
  completed_at?: string | undefined
}
export type LeadEnd = {
  id: string
  status: Run['status']
  outcome?: string | undefined
  reason?: string | undefined
  price_cents: number
  revenue_cents: number
  completed_at?: string | undefined
  /** Fields that steps have set since commit 1 wrote the lead. */
  data?: PackedLead | undefined
}
export type KeyRow = { account_id: string; kind: string; value: string; lead_id: string }

let writtenMs = Number.NaN
let written = ''
/** A moment as ISO 8601. The rows of a batch share most of theirs. */
export function iso(ms: number): string {
  if (ms !== writtenMs) {
    written = new Date(ms).toISOString()
    writtenMs = ms
  }
  return written
}
const endOf = ({ receivedAt, results, endedAt }: Run) =>
  Math.max(receivedAt, endedAt ?? receivedAt, results.at(-1)?.endedAt ?? receivedAt)

/** The seller's row of a lead, as commit 1 writes it. */
export function sellerLeadRow({ run, flow, packed, version }: Job): LeadRow {
  const ended = run.state === 'done'
  return {
    id: run.leadId,
    account_id: flow.flow.accountId,
    side: 'seller' as const,
    flow_id: flow.flow.id,
    flow_version: version,
    source_id: run.source.id,
    is_test: run.isTest,
    status: run.status,
    outcome: run.outcome,
    reason: run.reason,
    data: packed,
    submission: run.submission,
    price_cents: run.costCents,
    revenue_cents: run.revenueCents,
    received_at: iso(run.receivedAt),
    completed_at: ended ? iso(endOf(run)) : undefined,
  }
}

/** What commit 2 changes in the seller's row. */
export const leadEnd = ({ run, packed, loggedChanges }: Job): LeadEnd => ({
  id: run.leadId,
  status: run.status,
  outcome: run.outcome,
  reason: run.reason,
  price_cents: run.costCents,
  revenue_cents: run.revenueCents,
  completed_at: run.state === 'held' ? undefined : iso(endOf(run)),
  ...(run.changed !== loggedChanges && { data: changedFields({ run, packed }) }),
})

/** Sealed text stays under the seller's key: a buyer's row keeps the mask only, and nothing of what was not sent. */
function sharedData(packed: PackedLead, names: string[]): PackedLead {
  const shared: PackedLead = {}
  for (const name of names) {
    const value = packed[name]
    if (!value) continue
    const { sealed: _, was: __, ...clear } = value
    shared[name] = clear
  }
  return shared
}

const buyerOutcome: Record<string, string | undefined> = { accepted: 'success', rejected: 'failure', error: 'error' }

/** Leads that reached an invited buyer stand in that buyer's log too, with nothing but what was sent. */
function buyerLeadRow(job: Job, result: StepResult, target: StepTarget, names: string[]): LeadRow {
  const { run, packed } = job
  return {
    id: run.leadId,
    account_id: target.buyerAccountId ?? '',
    side: 'buyer' as const,
    connection_id: target.connectionId,
    is_test: run.isTest,
    status: result.outcome === 'unknown' ? ('pending' as const) : ('final' as const),
    outcome: buyerOutcome[result.outcome],
    reason: result.reason,
    data: sharedData(packed, names),
    price_cents: result.type === 'buyer' ? result.priceCents : 0,
    revenue_cents: 0,
    received_at: iso(result.startedAt),
    completed_at: iso(result.endedAt),
  }
}

/** Normalised email and phones, for search, duplicate windows and erasure. */
export const contactRows = (accountId: string, leadId: string, lead: TypedLead): KeyRow[] =>
  contactKeys(lead).map(({ kind, value }) => ({ account_id: accountId, kind, value, lead_id: leadId }))

const pick = (lead: TypedLead, names: string[]): TypedLead =>
  Object.fromEntries(names.flatMap((name) => (lead[name] ? [[name, lead[name]]] : [])))

export type Settled = {
  events: EventRow[]
  payloads: PayloadRow[]
  buyerLeads: LeadRow[]
  keys: KeyRow[]
  mails: MailRow[]
}

type Viewer = { isSeller: boolean; isOwnMail: boolean }

/** The id of a step's event, where the engine named it: of what left the house, or was asked. */
export const eventIdOf = (result: StepResult): string | undefined => ('eventId' in result ? result.eventId : undefined)
const verdictOf = (result: StepResult): Verdict | undefined => ('verdict' in result ? result.verdict : undefined)

/** True where the seller configured what was sent itself. */
const isSellers = (target: StepTarget | undefined, exchange: Exchanged | undefined): boolean =>
  !target?.buyerAccountId && !exchange?.buyerAccountId

/** How a buyer came to the lead, or who else was considered: of other buyers, and so for the seller alone. */
function wayOf(result: StepResult) {
  if (result.type === 'distribution') return { considered: result.considered, order: result.order }
  if (result.type === 'ping') return { within: result.within }
  if (result.type !== 'buyer') return {}
  const { within, via, of, tries } = result
  return { within, via, of, tries }
}

function detailOf(result: StepResult, exchange: Exchanged | undefined, viewer: Viewer): Record<string, unknown> {
  const detail: Record<string, unknown> = viewer.isSeller ? { trace: result.trace, ...wayOf(result) } : {}
  const alert = verdictOf(result)?.alert
  if (alert) detail['alert'] = alert
  if (!exchange) return detail
  if (exchange.timings) {
    detail['timings'] = exchange.timings
    detail['reused_socket'] = exchange.reusedSocket
  }
  // How much an invited buyer is sent is a part of its configuration.
  if (exchange.sizes && (viewer.isOwnMail || !viewer.isSeller)) detail['sizes'] = exchange.sizes
  if (result.type === 'buyer' && result.batch) detail['batch'] = result.batch
  detail['sent_fields'] = exchange.sentFields
  return Object.assign(detail, mailDetail(exchange, viewer.isOwnMail, viewer.isSeller))
}

/** Values that a step appended beside its outcome: for who configured it, as the answer itself. */
function capturedOf({ appended }: Run, result: StepResult) {
  if (result.outcome === 'skipped') return {}
  const captured =
    result.type === 'buyer' || result.type === 'ping' ? result.verdict?.captured : valuesOf(appended, result)
  return captured && Object.keys(captured).length > 0 ? { captured } : {}
}

function valuesOf(appended: Run['appended'], { stepId }: StepResult) {
  const { outcome: _, reason: __, ...values } = appended[stepKey(stepId)] ?? {}
  return values
}

/** A ping may stand in a log without its lead, which would say that a date of birth is in it. */
const birthOf = ({ run }: Job, { type }: StepResult, exchange: Exchanged | undefined) =>
  type === 'ping' && exchange?.sentFields.some((name) => run.lead[name]?.type === 'dob') ? { sends_birth: true } : {}

function addPayload(rows: Settled, id: string, accountId: string, exchange: Exchanged | undefined): void {
  if (!exchange?.request) return
  rows.payloads.push({ id, account_id: accountId, request: exchange.request, response: exchange.response })
}

/**
 * The buyer's own rows of an attempt. What never left for it (the connection was refused, say) is an event without the
 * lead: an endpoint that is down must not become a way to read leads unpaid. A ping tells no more than its own exchange:
 * the lead is not the buyer's.
 */
function addBuyerSide(rows: Settled, job: Job, result: StepResult, event: EventRow, target: StepTarget): void {
  const exchange = job.exchanges[event.id]
  const accountId = target.buyerAccountId
  if (!accountId || !exchange || result.outcome === 'skipped') return
  const { flow_id: _, source_id: __, step_id: ___, ...mine } = event
  const detail = detailOf(result, exchange, { isSeller: false, isOwnMail: true })
  rows.events.push({
    ...mine,
    account_id: accountId,
    name: job.flow.flow.accountName,
    recipient: target.destinationName ?? target.recipient,
    detail: { ...detail, ...birthOf(job, result, exchange), ...capturedOf(job.run, result) },
  })
  if (exchange.notSent) return
  addPayload(rows, event.id, accountId, exchange)
  if (result.type === 'ping') return
  rows.buyerLeads.push(buyerLeadRow(job, result, target, exchange.sentFields))
  if (!job.run.isTest)
    rows.keys.push(...contactRows(accountId, job.run.leadId, pick(job.run.lead, exchange.sentFields)))
}

/** The event of a step, for each side that may see it. */
export function addSides(rows: Settled, job: Job, result: StepResult, event: EventRow): void {
  const { accountId } = job.flow.flow
  const target = job.flow.targets[result.stepId]
  const exchange = job.exchanges[event.id]
  rows.events.push(event)
  // A seller sees of an invited buyer what was shared and what came of it, never the exchange itself.
  if (isSellers(target, exchange)) addPayload(rows, event.id, accountId, exchange)
  const isAnothers = exchange?.buyerAccountId !== undefined && exchange.buyerAccountId !== target?.buyerAccountId
  if (target && !isAnothers) addBuyerSide(rows, job, result, event, target)
}

const best = ['success', undefined, 'failure', 'error']
const better = (a: LeadRow, b: LeadRow) => (best.indexOf(a.outcome) <= best.indexOf(b.outcome) ? a : b)

/** Two steps of one flow may reach the same buyer: its log has the lead once, by the best of what became of it. */
export function mergeBuyerLeads(rows: LeadRow[]): LeadRow[] {
  const merged = new Map<string, LeadRow>()
  for (const row of rows) {
    const first = merged.get(row.account_id)
    const price = (first?.price_cents ?? 0) + row.price_cents
    const both = first && {
      ...better(first, row),
      data: { ...first.data, ...row.data },
      received_at: first.received_at,
    }
    merged.set(row.account_id, { ...(both ?? row), price_cents: price })
  }
  return [...merged.values()]
}

/** What a step's event is called in the log. */
export const eventTypeOf = ({ type }: StepResult): EventRow['type'] => (type === 'buyer' ? 'delivery' : type)

/** The event of a step, for who has the flow. */
export function stepEvent(job: Job, result: StepResult, id: string): EventRow {
  const { run, flow } = job
  const buyer = result.type === 'buyer' ? result : undefined
  const ping = result.type === 'ping' ? result : undefined
  const target = flow.targets[result.stepId]
  const isOwn = isSellers(target, job.exchanges[id])
  return {
    id,
    account_id: flow.flow.accountId,
    lead_id: run.leadId,
    type: eventTypeOf(result),
    outcome: result.outcome,
    reason: result.reason,
    is_test: run.isTest,
    flow_id: flow.flow.id,
    source_id: run.source.id,
    step_id: result.stepId,
    connection_id: target?.connectionId,
    destination_id: target?.destinationId,
    name: result.name,
    recipient: buyer?.recipient ?? ping?.recipient,
    started_at: iso(result.startedAt),
    duration_ms: result.endedAt - result.startedAt,
    price_cents: buyer?.outcome === 'accepted' ? buyer.priceCents : ping?.bidCents,
    status_code: verdictOf(result)?.statusCode,
    buyer_lead_id: (buyer ?? ping)?.verdict?.buyerLeadId,
    detail: {
      ...detailOf(result, job.exchanges[id], { isSeller: true, isOwnMail: isOwn }),
      ...birthOf(job, result, job.exchanges[id]),
      ...(isOwn && capturedOf(run, result)),
    },
  }
}

/** Mail follows what was accepted: the buyer's own in its name, the seller's in the seller's. */
function addMails(rows: Settled, { run, flow, exchanges }: Job, result: StepResult, eventId: string): void {
  const exchange = exchanges[eventId]
  if (result.outcome !== 'accepted' || !exchange) return
  const copy = flow.flow.accountId
  const by = { mail: flow.targets[result.stepId]?.buyerAccountId ?? copy, copy }
  rows.mails.push(...mailRows(exchange, { eventId, leadId: run.leadId, isTest: run.isTest }, by))
}

export const ofLead = ({ run, flow }: Job) => ({
  account_id: flow.flow.accountId,
  lead_id: run.leadId,
  is_test: run.isTest,
  flow_id: flow.flow.id,
  source_id: run.source.id,
})

/** The last of a lead's events: what its source is told. */
function sourceEvent(job: Job, id: string): EventRow {
  const { run, flow } = job
  const detail: Record<string, unknown> = { trace: run.trace, steps: run.results.length }
  if (run.bid && 'priceCents' in run.bid) detail['ping_id'] = run.bid.id
  return {
    id,
    account_id: flow.flow.accountId,
    lead_id: run.leadId,
    type: 'source',
    outcome: run.status === 'pending' ? 'pending' : (run.outcome ?? 'error'),
    reason: run.reason,
    is_test: run.isTest,
    flow_id: flow.flow.id,
    source_id: run.source.id,
    name: run.source.name,
    started_at: iso(waitsSince(run)),
    duration_ms: Math.max(0, endOf(run) - waitsSince(run)),
    price_cents: run.costCents,
    detail,
  }
}

/** A lead is put aside: until when, and what for. */
function queueEvent(job: Job, id: string): EventRow {
  const { hold } = job
  const step = hold && job.compiled.buyers.get(hold.stepId)
  const now = Date.now()
  const until = new Date(hold?.until ?? now).toISOString()
  const { selling } = job.run
  const trace = [{ kind: 'queue', passed: false, text: `Held: ${hold?.reason ?? ''}` }]
  return {
    ...ofLead(job),
    id,
    type: 'queue',
    outcome: 'held',
    reason: hold?.reason,
    step_id: hold?.stepId,
    name: step?.name ?? hold?.stepId ?? '',
    recipient: step?.recipient,
    started_at: iso(now),
    duration_ms: 0,
    detail: { trace, until, ...(selling && tellHeld(selling, job.compiled)) },
  }
}

/** Everything commit 2 writes for a run that is done, for each side that may see it. The source's event comes last. */
export function settledRows(job: Job): Settled {
  const { run } = job
  const rows: Settled = { events: [], payloads: [], buyerLeads: [], keys: [], mails: [] }
  const nextId = () => eventIdFor(run)
  for (const result of run.results.slice(job.logged ?? 0)) {
    const id = eventIdOf(result) ?? nextId()
    const event = stepEvent(job, result, id)
    addSides(rows, job, result, event)
    addMails(rows, job, result, id)
  }
  rows.events.push(run.state === 'held' ? queueEvent(job, nextId()) : sourceEvent(job, nextId()))
  return rows
}
