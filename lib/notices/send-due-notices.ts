import { pool } from '../../db/client'
import type { SourceSettings } from '../engine/index'
import { log } from '../log'
import { pauseMs } from '../notify/index'
import { answerFromLog, answerTree, asJson, noteLive } from '../runs/index'
import { once } from '../runtime'
import { dayMs } from '../time'
import { callWebhook, type Webhook } from './call-webhook'
import type { TriedWebhook } from './schema'

type Row = {
  id: string
  account_id: string
  source_id: string
  lead_id: string
  attempts: number
  age_ms: string
  settings: SourceSettings
  webhook_secret: string | null
  is_test: boolean | null
}

const giveUpAfterMs = dayMs
/** Longer than a call may take, so that nobody else takes a notice that is on its way. */
const leaseSeconds = 60
const mostAtOnce = 50
/** A source that hangs holds up its own notices, not those of others. */
const mostOfSource = 5

type UnderWay = { notices: Set<Promise<boolean>>; bySource: Map<string, number> }
const underWay = () =>
  once(
    'source-notices',
    (): UnderWay => ({ notices: new Set(), bySource: new Map() }),
    async (held) => {
      await Promise.all(held.notices)
    },
  )

/** Due notices of sources that are not busy ($1), a few of each, taken for the length of a lease ($4). */
const takeDue = `
  with waiting as (
    select id, row_number() over (partition by source_id order by due_at, id) as place from source_notices
    where sent_at is null and not gave_up and due_at <= now() and not source_id = any($1::uuid[])),
  due as (
    select id from source_notices
    where id in (select id from waiting where place <= $2::int)
      and sent_at is null and not gave_up and due_at <= now()
    order by due_at limit $3::int for update skip locked),
  taken as (
    update source_notices n set due_at = now() + make_interval(secs => $4::int) from due where n.id = due.id
    returning n.id, n.account_id, n.source_id, n.lead_id, n.attempts, n.created_at)
  select t.id, t.account_id, t.source_id, t.lead_id, t.attempts, s.settings, s.webhook_secret, l.is_test,
    (extract(epoch from now() - t.created_at) * 1000)::bigint as age_ms
  from taken t join sources s on s.id = t.source_id
  left join leads l on l.id = t.lead_id and l.account_id = t.account_id`

/** Takes up what is due, and answers with what is under way then. Safe in several workers at once. */
async function takeUp(): Promise<Promise<boolean>[]> {
  const { notices, bySource } = underWay()
  const room = mostAtOnce - notices.size
  if (room <= 0) return []
  const busy = [...bySource].flatMap(([id, count]) => (count >= mostOfSource ? [id] : []))
  const rows = await pool().sql.unsafe<Row[]>(takeDue, [busy, mostOfSource, room, leaseSeconds], { prepare: true })
  return rows.map((row) => {
    bySource.set(row.source_id, (bySource.get(row.source_id) ?? 0) + 1)
    const told = tell(row).finally(() => {
      notices.delete(told)
      const left = (bySource.get(row.source_id) ?? 1) - 1
      if (left > 0) bySource.set(row.source_id, left)
      else bySource.delete(row.source_id)
    })
    notices.add(told)
    return told
  })
}

/**
 * Begins to tell sources the ends of their leads that are due. A failure is tried again with growing pauses for 24 hours,
 * then given up.
 */
export async function startDueNotices(): Promise<void> {
  await takeUp()
}

/** The same, to its end: answers how many sources were told. */
export async function sendDueNotices(): Promise<number> {
  const told = await Promise.all(await takeUp())
  return told.filter(Boolean).length
}

const webhookOf = ({
  account_id: accountId,
  settings: { webhook },
  webhook_secret: secret,
}: Row): Webhook | undefined => webhook && { accountId, url: webhook.url, secret }

/** The answer of the lead as the source would get it now; its id is always in it. */
async function bodyOf({ lead_id: leadId, account_id: accountId, source_id: sourceId, settings }: Row) {
  const answer = await answerFromLog(leadId, accountId, sourceId, settings)
  const wanted = settings.response_fields
  return answer && JSON.stringify(answerTree(answer, wanted?.length ? [...wanted, 'lead.id'] : undefined))
}

async function tell(row: Row): Promise<boolean> {
  try {
    const webhook = webhookOf(row)
    if (!webhook) return await note(row, 'failed', { passed: false, message: 'The source has no webhook any more.' })
    const body = await bodyOf(row)
    if (body === undefined) return await note(row, 'failed', { passed: false, message: 'The lead is gone.' })
    const notice = { id: row.id, leadId: row.lead_id, isTest: row.is_test === true, body }
    const tried = await callWebhook(webhook, notice).catch((error: unknown) => ({
      passed: false,
      message: error instanceof Error ? error.message : String(error),
    }))
    return await note(row, tried.passed ? 'sent' : Number(row.age_ms) >= giveUpAfterMs ? 'failed' : 'waiting', tried)
  } catch (error) {
    // Its lease ends, and it is taken up again.
    log.error({ err: error, notice: row.id }, 'a source could not be told the end of its lead')
    return false
  }
}

const noteTry = `
  with tried as (
    update source_notices set attempts = $2::int, last_error = $3, gave_up = $4 = 'failed',
      sent_at = case when $4 = 'sent' then now() end,
      due_at = now() + make_interval(secs => $5::float8)
    where id = $1::uuid returning account_id, lead_id)
  update events e set detail = coalesce(e.detail, '{}') || ($6::text::jsonb -> 0)
  from tried t
  where e.lead_id = t.lead_id and e.account_id = t.account_id and e.id >= t.lead_id and e.type = 'source'`

/** Writes down how a try went: in the outbox, and on the lead's last event for its seller to see. */
async function note(row: Row, state: 'sent' | 'waiting' | 'failed', tried: TriedWebhook): Promise<boolean> {
  const tries = row.attempts + 1
  const { status, message } = tried
  const detail = { notice: { state, tries, at: new Date().toISOString(), ...(status && { status }), message } }
  await pool().sql.unsafe(
    noteTry,
    [row.id, tries, tried.passed ? null : message.slice(0, 500), state, pauseMs(tries) / 1_000, asJson([detail])],
    { prepare: true },
  )
  if (!tried.passed) log.warn({ notice: row.id, source: row.source_id, tries, state, message }, 'a webhook failed')
  noteLive(row.account_id)
  return tried.passed
}

/** Days for which a notice is kept after it was written. */
const keptDays = 30

/** Forgets notices whose time is over. */
export async function sweepNotices(): Promise<void> {
  await pool().sql`delete from source_notices where created_at < now() - make_interval(days => ${keptDays})`
}
