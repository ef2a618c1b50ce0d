import { sql } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import { eventIdAfter } from '../runs/index'

/** A lead that a person has decided about, and the step that it was for. */
export type Touched = { leadId: string; stepId: string; name: string; recipient: string | null }

/** What was done, as the log calls it (`released`) and the audit log (`queue.release`). */
export type Deed = { outcome: string; action: string; reason: string; more?: Record<string, unknown> }

const mostNamed = 50

/** Writes what a person decided about leads: an event on each, and who did it, in the transaction of the deed itself. */
export async function logDeed(tx: Tx, actor: Actor, leads: readonly Touched[], deed: Deed): Promise<void> {
  const ids = leads.map(({ leadId }) => leadId).sort()
  const rows = leads.map(({ leadId, stepId, name, recipient }) => ({
    id: eventIdAfter(leadId),
    lead_id: leadId,
    step_id: stepId,
    name,
    recipient,
  }))
  const detail = { trace: [{ kind: 'queue', passed: true, text: deed.reason }] }
  await tx.execute(sql`
    insert into events (id, account_id, lead_id, type, outcome, reason, is_test, flow_id, source_id, step_id, name,
      recipient, started_at, duration_ms, detail)
    select x.id, l.account_id, l.id, 'queue', ${deed.outcome}, ${deed.reason}, l.is_test, l.flow_id, l.source_id,
      x.step_id, x.name, x.recipient, now(), 0, ${JSON.stringify(detail)}::text::jsonb
    from json_to_recordset(${JSON.stringify(rows)}::text::json)
      as x(id uuid, lead_id uuid, step_id text, name text, recipient text)
    join leads l on l.id = x.lead_id and l.account_id = ${actor.accountId}
      and l.id between ${ids[0] ?? ''}::uuid and ${ids.at(-1) ?? ''}::uuid`)
  const [only] = ids.length === 1 ? ids : []
  await recordAudit(tx, actor, {
    action: deed.action,
    subjectKind: only ? 'lead' : 'queue',
    subjectId: only ?? actor.accountId,
    after: { leads: ids.length, ...deed.more, ...(!only && { leadIds: ids.slice(0, mostNamed) }) },
  })
}
