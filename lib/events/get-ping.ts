import { pool } from '../../db/client'
import type { Actor } from '../actor'
import { notFound } from '../errors'
import { isUuid } from '../ids'
import { err, ok, type Result } from '../result'
import { isoOf } from '../time'
import { eventsOfLead } from './queries'
import type { PingDetail } from './schema'

type BidRow = { expires_at: string; lead_id: string | null }

/** Whether the actor has such a ping of a source. */
export async function hasPing(actor: Actor, id: string): Promise<boolean> {
  if (!isUuid(id)) return false
  const rows = await pool().sql`
    select 1 from events
    where lead_id = ${id} and account_id = ${actor.accountId} and id >= ${id} and type = 'ping' and step_id is null
      and flow_id is not null limit 1`
  return rows.length > 0
}

/** Whether the actor was asked for a bid, as a buyer, under this event id. */
export async function wasPinged(actor: Actor, eventId: string): Promise<boolean> {
  if (!isUuid(eventId)) return false
  const rows = await pool().sql`
    select 1 from events where id = ${eventId} and account_id = ${actor.accountId} and type = 'ping' and flow_id is null`
  return rows.length > 0
}

/** A source's ping of the actor's account with what buyers said to it. In the log it stands in the place of its lead. */
export async function getPing(actor: Actor, id: string): Promise<Result<PingDetail>> {
  if (!isUuid(id)) return err(notFound('The ping'))
  const { sql } = pool()
  const [{ events }, [bid]] = await Promise.all([
    eventsOfLead(actor, id, {}),
    sql<BidRow[]>`select expires_at, lead_id from source_bids where id = ${id} and account_id = ${actor.accountId}`,
  ])
  const own = events.find(({ type, stepId, flowId }) => type === 'ping' && stepId === undefined && flowId !== undefined)
  if (!own) return err(notFound('The ping'))
  const { outcome, reason, isTest, flowId, flowName, name, startedAt, durationMs, priceCents } = own
  return ok({
    id,
    outcome,
    ...(reason !== undefined && { reason }),
    isTest,
    ...(flowId !== undefined && { flowId }),
    ...(flowName !== undefined && { flowName }),
    sourceName: name,
    receivedAt: startedAt,
    durationMs,
    ...(priceCents !== undefined && { priceCents }),
    ...(bid && { expiresAt: isoOf(bid.expires_at) }),
    ...(bid?.lead_id && { leadId: bid.lead_id }),
    fields: own.sentFields ?? [],
    trace: own.trace,
    pings: events.filter((event) => event !== own),
  })
}
