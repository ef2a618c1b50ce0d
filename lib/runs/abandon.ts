import { pool } from '../../db/client'
import { type Awaiting, givenBack, type Moves, openAttempts, type StepResult } from '../engine/index'
import { forgetTries, type SettledBatch, settleWhole } from './commit-two'
import { eventIdAfter } from './event-id'
import type { SavedState } from './job'
import { type MailRow, mailRows } from './mails'
import { queueNotices } from './notices'
import { giveBack, lockMoves } from './reserve-batch'
import { type EventRow, eventIdOf, eventTypeOf } from './rows'

type LeadRow = {
  account_id: string
  is_test: boolean
  flow_id: string | null
  source_id: string | null
  received_at: string
}

/** What the saved run knew of its steps and the log does not; attempts that were under way are unknown. */
const stepsOf = ({ run, logged = 0 }: SavedState): StepResult[] => [
  ...run.results.slice(logged),
  ...openAttempts(run).flatMap(lostStep),
]

function lostStep({ type, stepId, eventId, startedAt, trace }: Awaiting): StepResult[] {
  const times = { startedAt, endedAt: startedAt }
  if (type === 'lookup') {
    const reason = 'Interrupted before the answer was kept'
    return [{ type, stepId, name: stepId, eventId, outcome: 'error', reason, ...times, trace }]
  }
  // A question to our own data left nothing behind.
  if (type) return []
  const lost = {
    type: 'buyer' as const,
    stepId,
    name: stepId,
    recipient: stepId,
    eventId,
    ...times,
    trace,
  }
  return [{ ...lost, outcome: 'unknown', priceCents: 0, reason: 'Delivery was interrupted' }]
}

/** Mails of steps that had accepted are still sent. Whose each was is not known here, so nobody reads what comes back. */
function mailsOwed({ run, exchanges }: SavedState, leadId: string, isTest: boolean): MailRow[] {
  return run.results.flatMap((result) => {
    const eventId = result.type === 'buyer' && result.outcome === 'accepted' ? result.eventId : undefined
    const exchange = eventId === undefined ? undefined : exchanges[eventId]
    return eventId && exchange ? mailRows(exchange, { eventId, leadId, isTest }, {}) : []
  })
}

const eventOf = (leadId: string, lead: LeadRow, result: StepResult): EventRow => ({
  id: eventIdOf(result) ?? eventIdAfter(leadId),
  account_id: lead.account_id,
  lead_id: leadId,
  type: eventTypeOf(result),
  outcome: result.outcome,
  reason: result.reason,
  is_test: lead.is_test,
  flow_id: lead.flow_id ?? undefined,
  source_id: lead.source_id ?? undefined,
  step_id: result.stepId,
  name: result.name,
  recipient: result.type === 'buyer' || result.type === 'ping' ? result.recipient : undefined,
  started_at: new Date(result.startedAt).toISOString(),
  duration_ms: result.endedAt - result.startedAt,
  price_cents: result.type === 'buyer' && result.outcome === 'accepted' ? result.priceCents : undefined,
  detail: { trace: result.trace },
})

const sellersLead = `
  select account_id, is_test, flow_id, source_id, received_at from leads where id = $1::uuid and side = 'seller'`

/** What an error gives back: all but what a buyer has or may have. */
function movesOf({ run }: SavedState, steps: StepResult[]): Moves {
  const isHeld = (result: StepResult) =>
    result.type === 'buyer' && (result.outcome === 'accepted' || result.outcome === 'unknown')
  const holds = [...run.results, ...steps].some(isHeld) ? [] : givenBack(run.holds ?? [])
  const collected = Object.values(run.selling?.collected ?? {})
  return {
    counters: [...(run.moves?.counters ?? []), ...holds, ...collected.flatMap(({ taken = [] }) => givenBack(taken))],
    claims: [...(run.moves?.claims ?? []), ...collected.flatMap(({ claims = [] }) => claims)],
  }
}

/**
 * The last resort for a run of ours that can't be continued (its flow can't be compiled any more, say): the lead ends
 * as an error with a reason that a person can act on, beside what is known of its steps.
 */
export async function abandonRun(leadId: string, state: string, reason: string): Promise<void> {
  const { sql } = pool()
  const [lead] = await sql.unsafe<LeadRow[]>(sellersLead, [leadId], { prepare: true })
  if (!lead) return
  const ended: EventRow = {
    id: eventIdAfter(leadId),
    account_id: lead.account_id,
    lead_id: leadId,
    type: 'source',
    outcome: 'error',
    reason,
    is_test: lead.is_test,
    flow_id: lead.flow_id ?? undefined,
    source_id: lead.source_id ?? undefined,
    name: 'Interrupted',
    started_at: new Date(lead.received_at).toISOString(),
    duration_ms: Math.max(0, Date.now() - Date.parse(lead.received_at)),
    price_cents: 0,
    detail: { trace: [{ kind: 'recovery', passed: false, text: reason }] },
  }
  const completedAt = new Date().toISOString()
  const saved = JSON.parse(state) as SavedState
  const steps = stepsOf(saved)
  const batch: SettledBatch = {
    ids: [leadId],
    ends: [
      {
        id: leadId,
        status: 'final',
        outcome: 'error',
        reason,
        price_cents: 0,
        revenue_cents: 0,
        completed_at: completedAt,
      },
    ],
    events: [...steps.map((result) => eventOf(leadId, lead, result)), ended],
    payloads: [],
    buyerLeads: [],
    keys: [],
    rollups: [],
    mails: mailsOwed(saved, leadId, lead.is_test),
  }
  const toldAnew = openAttempts(saved.run).flatMap(({ offer, eventId }) => (offer?.tries ? [eventId] : []))
  const moves = movesOf(saved, steps)
  await sql.begin(async (tx) => {
    await lockMoves(tx, [{ accountId: lead.account_id, moves }])
    await forgetTries(tx, [leadId], toldAnew)
    const settled = await settleWhole(tx, batch)
    if (!settled.get(leadId)) return
    await giveBack(tx, { accountId: lead.account_id, leadId }, moves)
    if (lead.source_id) await queueNotices(tx, [{ sourceId: lead.source_id, leadId }])
  })
}
