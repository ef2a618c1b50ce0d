import { createHash } from 'node:crypto'
import type postgres from 'postgres'
import { pool } from '../../db/client'
import { flowRules } from '../flows/index'
import { isUuid, uuidv7 } from '../ids'
import { noteLive } from '../runs/index'
import { isFeedbackType, refusalOf } from './rules'
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

/**
 * Takes a buyer's feedback on a delivery. The event id says who gives it, on which step, by which rules, so no key is
 * asked for. Every decision is an event on the lead for both sides; an identical repeat gets the first answer again.
 */
export async function receiveFeedback(eventId: string, input: FeedbackInput): Promise<FeedbackDecision> {
  const id = plainId(eventId)
  const { sql } = pool()
  const [event] = isUuid(id) ? await sql.unsafe<EventRow[]>(aboutEvent, [id], { prepare: true }) : []
  if (!event) {
    const [lead] = isUuid(id) ? await sql.unsafe(isLead, [id], { prepare: true }) : []
    return lead
      ? { outcome: 'failure', reason: 'This is a lead ID; send the event ID', status: 201 }
      : { outcome: 'error', reason: 'No event has this ID', status: 404 }
  }
  const rules = await flowRules(event.flow_id ?? '')
  if (!rules) return { outcome: 'error', reason: 'No event has this ID', status: 404 }
  const reason = refusalOf(
    { type: event.type, outcome: event.outcome, isTest: event.is_test, deliveredAt: Number(event.delivered_at) },
    rules,
    input,
    Date.now(),
  )
  const outcome = reason === undefined ? 'success' : 'failure'
  const decision: FeedbackDecision = { outcome, ...(reason !== undefined && { reason }), status: 201 }
  if (event.type !== 'delivery') return decision
  return record(event, input, decision)
}

type Earlier = { outcome: FeedbackDecision['outcome']; reason: string | null }

/** Writes feedback of a known type once. Answers the earlier decision when the same was said before. */
async function claim(
  tx: postgres.TransactionSql,
  event: EventRow,
  feedbackEventId: string,
  input: FeedbackInput,
  { outcome, reason = null }: { outcome: FeedbackDecision['outcome']; reason?: string | null },
): Promise<Earlier | undefined> {
  if (!isFeedbackType(input.type)) return undefined
  const contentHash = hashOf(input)
  const [made] = await tx`
    insert into feedbacks (event_id, content_hash, account_id, feedback_event_id, type, outcome, reason)
    values (${event.id}, ${contentHash}, ${event.account_id}, ${feedbackEventId}, ${input.type}, ${outcome}, ${reason})
    on conflict do nothing returning event_id`
  if (made) return undefined
  const [earlier] = await tx<Earlier[]>`
    select outcome, reason from feedbacks where event_id = ${event.id} and content_hash = ${contentHash}`
  return earlier
}

async function record(event: EventRow, input: FeedbackInput, decision: FeedbackDecision): Promise<FeedbackDecision> {
  const id = uuidv7()
  const { outcome, reason = null } = decision
  const detail = JSON.stringify({ feedback: { type: input.type, reason: input.reason ?? null, fields: input.fields } })
  const earlier = await pool().sql.begin(async (tx) => {
    const first = await claim(tx, event, id, input, { outcome, reason })
    if (first) return first
    // Once per side that has the delivery: the seller's row knows the flow, the buyer's does not.
    await tx`
      insert into events (id, account_id, lead_id, type, outcome, reason, is_test, flow_id, source_id, step_id,
        connection_id, destination_id, name, recipient, started_at, duration_ms, about_event_id, detail)
      select ${id}, account_id, lead_id, 'feedback', ${outcome}, ${reason}, is_test, flow_id, source_id, step_id,
        connection_id, destination_id, ${input.type || 'feedback'}, recipient, now(), 0, id, ${detail}::text::jsonb
      from events where id = ${event.id}`
    return undefined
  })
  if (!earlier) {
    await noteBothSides(event.id)
    return decision
  }
  return { outcome: earlier.outcome, ...(earlier.reason !== null && { reason: earlier.reason }), status: 201 }
}

async function noteBothSides(eventId: string): Promise<void> {
  const rows = await pool().sql<{ account_id: string }[]>`select account_id from events where id = ${eventId}`
  for (const row of rows) noteLive(row.account_id)
}
