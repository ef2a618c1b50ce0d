import { and, eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { db, sqlOf, type Tx } from '../../db/client'
import { undecidedAttempts } from '../../db/schema/index'
import { transact } from '../../db/transact'
import type { Actor } from '../actor'
import { conflict, notFound } from '../errors'
import { type LoadedFlow, loadVersion } from '../flows/index'
import { isUuid } from '../ids'
import { parseInput } from '../input'
import { centsOf, formatMoney } from '../money'
import { err, ok, type Result } from '../result'
import { noteLive, settleDecision } from '../runs/index'
import { mayWorkQueue, whoIs } from './access'
import { logDeed } from './log-wishes'
import { type AttemptDecision, DecideInput } from './schema'

type Attempt = typeof undecidedAttempts.$inferSelect

const isDecided = 'Somebody has just said what became of it.'

/** The attempt with all that is kept of its lead, locked in the order in which a replay locks too. */
async function lockAttempt(tx: Tx, actor: Actor, eventId: string) {
  const mine = and(eq(undecidedAttempts.eventId, eventId), eq(undecidedAttempts.accountId, actor.accountId))
  const [known] = isUuid(eventId) ? await tx.select().from(undecidedAttempts).where(mine) : []
  if (!known) return undefined
  await tx.execute(sql`select 1 from dead_letters where lead_id = ${known.leadId} for update`)
  const [lead] = await tx.execute<{ state: string }>(
    sql`select state from undecided_leads where lead_id = ${known.leadId} for update`,
  )
  const [attempt] = await tx.select().from(undecidedAttempts).where(mine).for('update')
  return { attempt, state: lead?.state }
}

/** The flow of an attempt, in the version that its lead ended on. */
async function flowOf(actor: Actor, eventId: string): Promise<LoadedFlow | undefined> {
  if (!isUuid(eventId)) return undefined
  const [row] = await db().execute<{ flow_id: string; version: number }>(sql`
    select a.flow_id, (l.state::json ->> 'version')::int as version
    from undecided_attempts a join undecided_leads l on l.lead_id = a.lead_id
    where a.event_id = ${eventId} and a.account_id = ${actor.accountId}`)
  return row && loadVersion(row.flow_id, row.version)
}

/** A lead that is tried again just now, or waits to be, is not at its end. */
async function isUnderWay(tx: Tx, leadId: string): Promise<boolean> {
  const rows = await tx.execute(sql`
    select 1 from held_leads where lead_id = ${leadId}
    union all select 1 from runs where lead_id = ${leadId} and settled_at is null`)
  return rows.length > 0
}

async function eventThere(tx: Tx, actor: Actor, eventId: string): Promise<boolean> {
  if (!isUuid(eventId)) return false
  const rows = await tx.execute(sql`
    select 1 from events where id = ${eventId} and account_id = ${actor.accountId} and type = 'delivery' and flow_id is not null`)
  return rows.length > 0
}

const wordsOf = (
  { recipient }: Attempt,
  { accepted, priceCents }: Pick<AttemptDecision, 'accepted' | 'priceCents'>,
  actor: Actor,
) =>
  accepted
    ? `${recipient} took it for ${formatMoney(priceCents)}, says ${whoIs(actor)}`
    : `${recipient} did not take it, says ${whoIs(actor)}`

type Said = z.output<typeof DecideInput>
type Locked = { attempt: Attempt; state: string; flow: LoadedFlow | undefined }

async function settle(tx: Tx, actor: Actor, { attempt, state, flow }: Locked, said: Said) {
  const { leadId, eventId, stepId, name, recipient } = attempt
  const { accepted } = said
  const priceCents = accepted ? (centsOf(said.price) ?? attempt.priceCents) : 0
  const words = wordsOf(attempt, { accepted, priceCents }, actor)
  const end = accepted ? { accepted, priceCents, words } : { accepted, words }
  const deciding = { accountId: actor.accountId, leadId, eventId, end }
  const settled = flow && (await settleDecision(sqlOf(tx), deciding, state, flow))
  if (!settled) return err(conflict('Its flow or its source is gone, so the lead can’t be settled any more.'))
  await logDeed(tx, actor, [{ leadId, stepId, name, recipient }], {
    outcome: 'decided',
    action: 'attempt.decide',
    reason: words,
    more: { buyer: recipient, accepted, ...(accepted && { price: formatMoney(priceCents) }) },
  })
  return ok({ ...settled, decision: { leadId, eventId, accepted, priceCents } })
}

/**
 * Says what became of an attempt that nobody knew the end of. Accepted: it is charged at the price, and keeps its places
 * in caps. Not accepted: it gives them back. The lead, its source, its money and its counts follow, for both sides. Each
 * attempt is decided once; refused while its lead is being tried elsewhere.
 */
export async function decideAttempt(actor: Actor, input: unknown, tx?: Tx): Promise<Result<AttemptDecision>> {
  const allowed = mayWorkQueue(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(DecideInput, input)
  if (!parsed.ok) return parsed
  const { eventId } = parsed.value
  // Before the transaction: whoever holds a connection must not wait for a second one.
  const flow = await flowOf(actor, eventId)
  const said = await transact(async (run) => {
    const locked = await lockAttempt(run, actor, eventId)
    if (!locked) return err((await eventThere(run, actor, eventId)) ? conflict(isDecided) : notFound('The attempt'))
    const { attempt, state } = locked
    if (!attempt) return err(conflict(isDecided))
    if (state === undefined || (await isUnderWay(run, attempt.leadId))) {
      return err(conflict('The lead is being tried with another buyer just now. Decide when that has ended.'))
    }
    return settle(run, actor, { attempt, state, flow }, parsed.value)
  }, tx)
  if (!said.ok) return said
  noteLive(actor.accountId)
  noteLive(said.value.buyerAccountId)
  return ok(said.value.decision)
}
