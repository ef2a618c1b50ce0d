import { pool } from '../../db/client'
import { timeOfId, uuidv7 } from '../ids'
import { processOwner } from './owner'

/**
 * The last resort for a run of ours that can't be continued (its flow can't be compiled any more, say): the lead ends
 * as an error with a reason that a person can act on, so that none stays in between.
 */
export async function abandonRun(leadId: string, reason: string): Promise<void> {
  const eventId = uuidv7(Math.max(Date.now(), timeOfId(leadId)))
  await pool().sql.begin(async (tx) => {
    const fenced = await tx`
      update runs set settled_at = now(), state = null
      where lead_id = ${leadId} and owner = ${processOwner()} and settled_at is null returning lead_id`
    if (fenced.length === 0) return
    await tx`
      update leads set status = 'final', outcome = 'error', reason = ${reason}, completed_at = now()
      where id = ${leadId} and side = 'seller'`
    await tx`
      insert into events (id, account_id, lead_id, type, outcome, reason, is_test, flow_id, source_id, name, started_at,
        duration_ms, detail)
      select ${eventId}, l.account_id, l.id, 'source', 'error', ${reason}, l.is_test, l.flow_id, l.source_id,
        coalesce(s.name, ''), l.received_at, extract(epoch from now() - l.received_at) * 1000, '{}'
      from leads l left join sources s on s.id = l.source_id
      where l.id = ${leadId} and l.side = 'seller'`
  })
}
