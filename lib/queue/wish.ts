import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import { heldLeads } from '../../db/schema/index'
import { transact } from '../../db/transact'
import type { Actor } from '../actor'
import { conflict, notFound } from '../errors'
import { err, ok, type Result } from '../result'
import { noteLive } from '../runs/index'
import { mayWorkQueue } from './access'
import { type Deed, logDeed } from './log-wishes'
import type { QueueReport } from './schema'

export type HeldLead = Pick<
  typeof heldLeads.$inferSelect,
  'leadId' | 'flowId' | 'stepId' | 'name' | 'recipient' | 'wish'
> & { version: number }

/** Which leads a wish can't be done with and why, and what the one that it is for is called. */
export type Checked = { refused: Map<string, string>; name?: string }

/** What is to become of waiting leads. */
export type Wish = {
  set: { wish: 'release' | 'drop' | 'reassign'; wishStepId?: string; wishReason?: string }
  check?: (tx: Tx, rows: HeldLead[]) => Promise<Checked>
  deed: (name?: string) => Deed
}

const columns = {
  leadId: heldLeads.leadId,
  flowId: heldLeads.flowId,
  stepId: heldLeads.stepId,
  name: heldLeads.name,
  recipient: heldLeads.recipient,
  wish: heldLeads.wish,
  version: sql<number>`(${heldLeads.state}::json ->> 'version')::int`,
}

/** Locked until the transaction ends: a worker passes them by, or has taken them up before and they are gone. */
const lockHeld = (tx: Tx, actor: Actor, ids: string[]): Promise<HeldLead[]> =>
  tx
    .select(columns)
    .from(heldLeads)
    .where(and(eq(heldLeads.accountId, actor.accountId), inArray(heldLeads.leadId, ids)))
    .orderBy(asc(heldLeads.leadId))
    .for('update')

const wishWords = {
  release: 'It is being released already',
  drop: 'Somebody has just dropped it',
  reassign: 'Somebody has just sent it to another buyer',
  replay: 'It is being tried again already',
}

/** Which of these are leads that the account took in. */
export async function ownLeads(tx: Tx, actor: Actor, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await tx.execute<{ id: string }>(sql`
    select id from leads where account_id = ${actor.accountId} and side = 'seller'
      and id in (select value::uuid from json_array_elements_text(${JSON.stringify(ids)}::json))`)
  return new Set(rows.map(({ id }) => id))
}

async function whyNot(tx: Tx, actor: Actor, ids: string[], rows: HeldLead[], { check }: Wish) {
  const there = new Set(rows.map(({ leadId }) => leadId))
  const missing = ids.filter((id) => !there.has(id))
  const own = await ownLeads(tx, actor, missing)
  const reasons = new Map(
    missing.map((id) => [
      id,
      own.has(id) ? 'It does not wait any more: it was just taken up' : 'There is no such lead',
    ]),
  )
  for (const { leadId, wish } of rows) if (wish) reasons.set(leadId, wishWords[wish])
  const free = rows.filter(({ wish }) => !wish)
  const checked = free.length > 0 ? await check?.(tx, free) : undefined
  for (const [leadId, reason] of checked?.refused ?? []) reasons.set(leadId, reason)
  return { reasons, strangers: missing.filter((id) => !own.has(id)), name: checked?.name }
}

/**
 * Says what is to become of leads that wait; a worker does it in a moment. Each lead takes one wish: whoever comes
 * second, or after it was taken up, is told. Refused when it is none of them.
 */
export async function wishFor(actor: Actor, leadIds: string[], wish: Wish, tx?: Tx): Promise<Result<QueueReport>> {
  const allowed = mayWorkQueue(actor)
  if (!allowed.ok) return allowed
  const ids = [...new Set(leadIds.map((id) => id.toLowerCase()))]
  const said = await transact(async (run): Promise<Result<QueueReport>> => {
    const rows = await lockHeld(run, actor, ids)
    const { reasons, strangers, name } = await whyNot(run, actor, ids, rows, wish)
    const taken = rows.filter(({ leadId }) => !reasons.has(leadId))
    if (taken.length === 0) return err(noneOf(ids, reasons, strangers))
    await run
      .update(heldLeads)
      .set({ ...wish.set, dueAt: sql`least(${heldLeads.dueAt}, now())` })
      .where(
        inArray(
          heldLeads.leadId,
          taken.map(({ leadId }) => leadId),
        ),
      )
    // Whose batch is collected goes out with it, now.
    if (wish.set.wish === 'release') {
      const ids = JSON.stringify(taken.map(({ leadId }) => leadId))
      await run.execute(sql`update collected_leads set due_at = least(due_at, now())
        where lead_id in (select value::uuid from json_array_elements_text(${ids}::json))`)
    }
    const touched = taken.map((row) => ({ ...row, name: row.name ?? row.stepId }))
    await logDeed(run, actor, touched, wish.deed(name))
    return ok({ done: taken.length, passedOver: [...reasons].map(([leadId, reason]) => ({ leadId, reason })) })
  }, tx)
  if (said.ok) noteLive(actor.accountId)
  return said
}

function noneOf(ids: string[], reasons: Map<string, string>, strangers: string[]) {
  if (strangers.length === ids.length) return notFound(ids.length === 1 ? 'The lead' : 'None of these leads')
  const [first] = [...reasons].filter(([id]) => !strangers.includes(id))
  return conflict(`${first?.[1] ?? 'None of these leads waits any more'}.`)
}
