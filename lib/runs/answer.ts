import { pool } from '../../db/client'
import { answerOf, type PackedLead, stepKey } from '../engine/index'
import type { LoadedSource } from '../flows/index'
import { amountOf } from '../money'
import type { Job, SourceAnswer } from './job'

type Settings = LoadedSource['settings']
type Appended = Job['run']['appended']

const leadPath = /^lead\./i
const appendedPath = /^appended\.([^.]+)\.([^.]+)$/

const isAsked = (path: string) => (leadPath.test(path) && path.toLowerCase() !== 'lead.id') || appendedPath.test(path)

/** What a source wants back in its answer beside the usual, by the path it listed. */
function answerFields(settings: Settings, lead: (name: string) => unknown, appended: Appended) {
  const wanted = settings.response_fields?.filter(isAsked)
  if (!wanted?.length) return {}
  const valueAt = (path: string): unknown => {
    const [, key = '', name = ''] = appendedPath.exec(path) ?? []
    if (key === '') return lead(path.slice('lead.'.length))
    const step = Object.hasOwn(appended, key) ? appended[key] : undefined
    return step && Object.hasOwn(step, name) ? step[name] : undefined
  }
  return { fields: Object.fromEntries(wanted.map((path) => [path, valueAt(path)])) }
}

/** What the source of a run is told, now that it is done or that its time is up. */
export function sourceAnswer(job: Job): SourceAnswer {
  const { reason, status, outcome, priceCents } = answerOf(job.run)
  return {
    leadId: job.run.leadId,
    outcome,
    ...(reason !== undefined && { reason }),
    ...(status && { status }),
    priceCents,
    ...answerFields(job.source.settings, (name) => job.packed[name]?.value, job.run.appended),
  }
}

/** The answer while the result is not known yet. */
export const pendingAnswer = (leadId: string): SourceAnswer => ({
  leadId,
  outcome: 'success',
  status: 'pending',
  priceCents: 0,
})

type LeadRow = {
  status: 'processing' | 'pending' | 'final'
  outcome: SourceAnswer['outcome'] | null
  reason: string | null
  price_cents: string
  data: PackedLead
}

const leadAnswer = `
  select l.status, l.outcome, l.reason, l.price_cents, l.data
  from leads l where l.id = $1::uuid and l.account_id = $2::uuid and l.source_id = $3::uuid and l.side = 'seller'`

/**
 * The same answer read from the log: for a join, a replay after a restart, and a source that asks later.
 * `undefined` when this source never submitted such a lead.
 */
export async function answerFromLog(
  leadId: string,
  accountId: string,
  sourceId: string,
  settings: Settings,
): Promise<(SourceAnswer & { processing: boolean }) | undefined> {
  const [row] = await pool().sql.unsafe<LeadRow[]>(leadAnswer, [leadId, accountId, sourceId], { prepare: true })
  if (!row) return undefined
  const processing = row.status === 'processing'
  const asksSteps = row.status === 'final' && settings.response_fields?.some((path) => appendedPath.test(path))
  const appended = asksSteps ? await appendedInLog(leadId, accountId) : {}
  const fields = answerFields(settings, (name) => row.data[name]?.value, appended)
  if (row.status !== 'final') return { ...pendingAnswer(leadId), processing, ...fields }
  return {
    leadId,
    outcome: row.outcome ?? 'error',
    ...(row.reason !== null && { reason: row.reason }),
    priceCents: Number(row.price_cents),
    processing,
    ...fields,
  }
}

type StepRow = {
  step_id: string
  outcome: string
  reason: string | null
  price_cents: string | null
  buyer_lead_id: string | null
  captured: Record<string, unknown> | null
}

/** Events of a lead are no older than it is, so older partitions need no look. */
const stepsOfLead = `
  select e.step_id, e.outcome, e.reason, e.price_cents, e.buyer_lead_id, e.detail -> 'captured' as captured
  from events e where e.lead_id = $1::uuid and e.account_id = $2::uuid and e.id >= $1::uuid
    and e.step_id is not null and e.type <> 'source' and e.outcome <> 'skipped' order by e.id limit 500`

/** What the steps of a lead appended, as their events tell it. */
async function appendedInLog(leadId: string, accountId: string): Promise<Appended> {
  const rows = await pool().sql.unsafe<StepRow[]>(stepsOfLead, [leadId, accountId], { prepare: true })
  return Object.fromEntries(
    rows.map(({ step_id: stepId, outcome, reason, price_cents: cents, buyer_lead_id: id, captured }) => [
      stepKey(stepId),
      {
        ...captured,
        outcome,
        ...(reason !== null && { reason }),
        ...(cents !== null && { price: amountOf(Number(cents)) }),
        ...(id !== null && { id }),
      },
    ]),
  )
}

const keyOfSource = `
  select lead_id, encode(body_hash, 'hex') as body_hash, answer from idempotency_keys
  where source_id = $1::uuid and key = $2 and account_id = $3::uuid`

/** What an idempotency key was used for: the lead, the hash of its body, and the answer once there is one. */
export async function findIdempotencyKey(sourceId: string, key: string, accountId: string) {
  type KeyRow = { lead_id: string; body_hash: string; answer: string | null }
  const [row] = await pool().sql.unsafe<KeyRow[]>(keyOfSource, [sourceId, key, accountId], { prepare: true })
  if (!row) return undefined
  const answer = row.answer === null ? undefined : (JSON.parse(row.answer) as SourceAnswer)
  return { leadId: row.lead_id, bodyHash: Buffer.from(row.body_hash, 'hex'), answer }
}
