import { pool } from '../../db/client'
import type { Actor } from '../actor'
import { contactKeys, parseField } from '../engine/index'
import { isUuid } from '../ids'

/** What a search text may stand for among a lead's keys: an email or a phone, in the form they are kept in. */
const searchKeys = (q: string) => contactKeys({ email: parseField('email', q), phone_1: parseField('phone', q) })

/**
 * Ids of the account's leads that a search text stands for, newest first, at most 500: a lead's own id, the id of one
 * of its events, an email, a phone.
 */
export async function findLeadIds(actor: Actor, q: string): Promise<string[]> {
  const text = q.trim().replace(/^TEST_/i, '')
  if (isUuid(text)) return [text, ...(await leadOfEvent(actor, text))]
  const keys = searchKeys(text)
  if (keys.length === 0) return []
  const { sql } = pool()
  const rows = await sql<{ lead_id: string }[]>`
    select distinct k.lead_id from lead_keys k
    join unnest(${keys.map((key) => key.kind)}::text[], ${keys.map((key) => key.value)}::text[]) as x(kind, value)
      on k.kind = x.kind and k.value = x.value
    where k.account_id = ${actor.accountId} order by k.lead_id desc limit 500`
  return rows.map((row) => row.lead_id)
}

async function leadOfEvent(actor: Actor, eventId: string): Promise<string[]> {
  const rows = await pool().sql<{ lead_id: string }[]>`
    select lead_id from events where id = ${eventId} and account_id = ${actor.accountId}`
  return rows.map((row) => row.lead_id)
}
