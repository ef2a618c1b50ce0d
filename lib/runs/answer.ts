import { pool } from '../../db/client'
import { answerOf, type PackedLead } from '../engine/index'
import type { LoadedSource } from '../flows/index'
import type { Job, SourceAnswer } from './job'

const leadPath = /^lead\./i

/** The fields of the lead that a source wants back in its answer, by the path it listed. */
function answerFields(settings: LoadedSource['settings'], value: (name: string) => unknown) {
  const wanted = settings.response_fields?.filter((path) => leadPath.test(path) && path.toLowerCase() !== 'lead.id')
  if (!wanted?.length) return {}
  return { fields: Object.fromEntries(wanted.map((path) => [path, value(path.slice('lead.'.length))])) }
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
    ...answerFields(job.source.settings, (name) => job.packed[name]?.value),
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
  settings: LoadedSource['settings'],
): Promise<(SourceAnswer & { processing: boolean }) | undefined> {
  const [row] = await pool().sql.unsafe<LeadRow[]>(leadAnswer, [leadId, accountId, sourceId], { prepare: true })
  if (!row) return undefined
  const processing = row.status === 'processing'
  const fields = answerFields(settings, (name) => row.data[name]?.value)
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
