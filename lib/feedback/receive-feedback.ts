import { createHash } from 'node:crypto'
import { pool } from '../../db/client'
import { flowRules } from '../flows/index'
import { isUuid } from '../ids'
import { asJson, eventIdAfter, noteLive } from '../runs/index'
import { mostFeedbacks, refusalOf } from './rules'
import type { FeedbackDecision, FeedbackInput } from './schema'

type EventRow = {
  id: string
  account_id: string
  lead_id: string
  type: string
  outcome: string
  is_test: boolean
  flow_id: string | null
  source_id: string | null
  step_id: string | null
  connection_id: string | null
  recipient: string | null
  name: string
  delivered_at: number
}

const aboutEvent = `
  select id, account_id, lead_id, type, outcome, is_test, flow_id, source_id, step_id, connection_id, recipient, name,
         extract(epoch from started_at) * 1000 + duration_ms as delivered_at
  from events where id = $1::uuid and flow_id is not null`

const isLead = `select 1 from leads where id = $1::uuid limit 1`

/** Test leads carry `TEST_` before their ids; a buyer may send the id back as it came. */
const plainId = (eventId: string) =>
  eventId
    .trim()
    .replace(/^TEST_/i, '')
    .toLowerCase()

const hashOf = (input: FeedbackInput) =>
  createHash('sha256')
    .update(JSON.stringify([input.type, input.reason ?? '', Object.entries(input.fields).sort()]))
    .digest()

type Earlier = { content_hash: Buffer; type: string; outcome: FeedbackDecision['outcome']; reason: string | null }

const decisionOf = ({ outcome, reason }: Pick<Earlier, 'outcome' | 'reason'>): FeedbackDecision => ({
  outcome,
  ...(reason !== null && { reason }),
  status: 201,
})

const noSuchEvent: FeedbackDecision = { outcome: 'error', reason: 'No event has this ID', status: 404 }
const thatIsALead: FeedbackDecision = {
  outcome: 'failure',
  reason: 'This is a lead ID; send the event ID',
  status: 201,
}

/** Words of a stranger: without what Postgres can't keep. */
const clean = (text: string): string => text.toWellFormed().replaceAll('\0', '')

/**
 * Takes a buyer's feedback on a delivery. The event id says who gives it, on which step, by which rules, so no key is
 * asked for. Every decision is an event on the lead for both sides; an identical repeat gets the first answer again.
 */
export async function receiveFeedback(eventId: string, input: FeedbackInput): Promise<FeedbackDecision> {
  const id = plainId(eventId)
  const { sql } = pool()
  if (!isUuid(id)) return noSuchEvent
  const [event] = await sql.unsafe<EventRow[]>(aboutEvent, [id], { prepare: true })
  const rules = event && (await flowRules(event.flow_id ?? ''))
  if (!rules) return (await sql.unsafe(isLead, [id], { prepare: true })).length > 0 ? thatIsALead : noSuchEvent
  const hash = hashOf(input)
  const earlier = await sql<Earlier[]>`
    select content_hash, type, outcome, reason from feedbacks where event_id = ${event.id} order by created_at limit 100`
  const same = earlier.find((one) => one.content_hash.equals(hash))
  if (same) return decisionOf(same)
  const about = {
    type: event.type,
    outcome: event.outcome,
    isTest: event.is_test,
    deliveredAt: Number(event.delivered_at),
    feedbacks: earlier.length,
    isReturned: earlier.some((one) => one.type === 'return' && one.outcome === 'success'),
  }
  const reason = refusalOf(about, rules, input, Date.now()) ?? null
  const decision = decisionOf({ outcome: reason === null ? 'success' : 'failure', reason })
  if (event.type !== 'delivery' || about.feedbacks >= mostFeedbacks) return decision
  return record(event, input, hash, decision)
}

async function record(
  event: EventRow,
  input: FeedbackInput,
  hash: Buffer,
  decision: FeedbackDecision,
): Promise<FeedbackDecision> {
  const id = eventIdAfter(event.lead_id)
  const { outcome, reason = null } = decision
  const said = { type: clean(input.type), reason: clean(input.reason ?? '') || null, fields: input.fields }
  const detail = asJson([{ feedback: said }])
  const isFirst = await pool().sql.begin(async (tx) => {
    const [made] = await tx`
      insert into feedbacks (event_id, content_hash, account_id, feedback_event_id, type, outcome, reason)
      values (${event.id}, ${hash}, ${event.account_id}, ${id}, ${said.type}, ${outcome}, ${reason})
      on conflict do nothing returning event_id`
    if (!made) return false
    // Once per side that has the delivery: the seller's row knows the flow, the buyer's does not.
    await tx`
      insert into events (id, account_id, lead_id, type, outcome, reason, is_test, flow_id, source_id, step_id,
        connection_id, destination_id, name, recipient, started_at, duration_ms, about_event_id, detail)
      select ${id}, account_id, lead_id, 'feedback', ${outcome}, ${reason}, is_test, flow_id, source_id, step_id,
        connection_id, destination_id, ${said.type || 'feedback'}, recipient, now(), 0, id, (${detail}::text::jsonb) -> 0
      from events where id = ${event.id}`
    return true
  })
  // The same, or another return, was decided at this very moment: now it is found as an earlier one.
  if (!isFirst) return receiveFeedback(event.id, input)
  await noteBothSides(event.id)
  return decision
}

async function noteBothSides(eventId: string): Promise<void> {
  const rows = await pool().sql<{ account_id: string }[]>`select account_id from events where id = ${eventId}`
  for (const row of rows) noteLive(row.account_id)
}
