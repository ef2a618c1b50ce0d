import { pool } from '../../db/client'
import type { Finding, Question } from '../engine/index'
import { firstIdAt, timeOfId } from '../ids'
import { once } from '../runtime'
import { asJson } from './as-json'
import { type Batcher, createBatcher } from './batcher'
import type { Job } from './job'
import { isOneRows } from './journal'
import { keptKey, writeLateKeys } from './lead-keys'

type DuplicateQuestion = Extract<Question, { kind: 'duplicate' }>
type Found = Extract<Finding, { kind: 'found' | 'none' }>

/**
 * The latest lead with the same keys that came before this one. Its own rows of the same keys say what is before; a test
 * lead has none, and hears of any. Of leads that may still be accepted only what is certain comes first.
 */
const earlierLead = `
  select a.n, f.id, f.status, f.fields
  from json_to_recordset($1::text::json) as a(n integer, lead_id uuid, account_id uuid, since uuid, flow_id uuid,
    source_id uuid, accepted boolean, need integer, keys json)
  cross join lateral (
    select l.id, l.status, m.fields
    from (
      select k.lead_id, array_agg(distinct q.field) as fields
      from json_to_recordset(a.keys) as q(field text, kind text, value text)
      join lead_keys k on k.account_id = a.account_id and k.kind = q.kind and k.value = q.value
        and k.lead_id >= a.since and k.lead_id <> a.lead_id
      left join lead_keys mine on mine.account_id = a.account_id and mine.kind = q.kind and mine.value = q.value
        and mine.lead_id = a.lead_id
      where mine.lead_id is null or k.seq < mine.seq
      group by k.lead_id having count(distinct q.field) >= a.need) m
    join leads l on l.id = m.lead_id and l.account_id = a.account_id and l.side = 'seller' and l.id >= a.since
    where (a.flow_id is null or l.flow_id = a.flow_id) and (a.source_id is null or l.source_id = a.source_id)
      and (not a.accepted or l.outcome = 'success' or l.status = 'processing')
    order by a.accepted and l.status = 'processing', l.id desc limit 1) f`

type Asked = ReturnType<typeof askedOf>
type Row = { n: number; id: string; status: string; fields: string[] }

function askedOf(
  { run, flow }: Pick<Job, 'run' | 'flow'>,
  { keys, match, scope, against, windowMs }: DuplicateQuestion,
) {
  return {
    lead_id: run.leadId,
    account_id: flow.flow.accountId,
    since: firstIdAt(windowMs === 0 ? 0 : run.receivedAt - windowMs),
    flow_id: scope === 'flow' ? flow.flow.id : null,
    source_id: scope === 'source' ? run.source.id : null,
    accepted: against === 'accepted',
    need: match === 'all' ? new Set(keys.map(({ field }) => field)).size : 1,
    keys: keys.map(({ field, key, value }) => ({ field, ...keptKey({ kind: key, value }) })),
  }
}

async function findAll(asked: Asked[]): Promise<(Row | undefined)[]> {
  const rows = await pool().sql.unsafe<Row[]>(earlierLead, [asJson(asked.map((one, n) => ({ n, ...one })))], {
    prepare: true,
  })
  const found = new Map(rows.map((row) => [row.n, row]))
  return asked.map((_, n) => found.get(n))
}

/** Leads that ask at the same time share a query. */
const lookups = (): Batcher<Asked, Row | undefined> =>
  once('duplicate-checks', () => createBatcher(findAll, { most: 100, flushers: 2, isOneItems: isOneRows }))

const patienceMs = 30_000

/**
 * Whether an earlier lead is the same person. Where only accepted leads count, one that is still on its way is waited
 * for, as it may be accepted; after half a minute it counts, because selling a lead twice is worse than losing one.
 */
export async function findDuplicate(job: Job, question: DuplicateQuestion): Promise<Found> {
  // Values that a step has set since commit 1 have no keys yet.
  if (!job.run.isPing && job.run.changed !== job.loggedChanges) await writeLateKeys(pool().sql, job)
  const asked = askedOf(job, question)
  const until = Date.now() + patienceMs
  for (let wait = 20; ; wait = Math.min(wait * 2, 500)) {
    const row = await lookups().add(asked)
    const isOpen = asked.accepted && row?.status === 'processing'
    if (!isOpen || job.run.isTest || job.run.isPing || Date.now() > until) return foundOf(asked, row)
    await new Promise((resolve) => setTimeout(resolve, wait))
  }
}

function foundOf({ accepted }: Asked, row: Row | undefined): Found {
  if (!row) return { kind: 'none' }
  const isOpen = accepted && row.status === 'processing'
  return {
    kind: 'found',
    fields: row.fields,
    leadId: row.id,
    at: timeOfId(row.id),
    ...(isOpen && { inProgress: true }),
  }
}

/** The same as the log stands, for a lead that is only tried. */
export async function findDuplicateNow(tried: Pick<Job, 'run' | 'flow'>, question: DuplicateQuestion): Promise<Found> {
  const asked = askedOf(tried, question)
  return foundOf(asked, await lookups().add(asked))
}
