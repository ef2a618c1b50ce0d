import type { SavedState } from './job'
import type { RollupRow } from './rollup'
import { rowText } from './row-text'
import type { EventRow, KeyRow, LeadEnd, LeadRow, PayloadRow } from './rows'

/** A run as commit 1 makes it. */
export type RunRow = {
  lead_id: string
  account_id: string
  source_id: string
  body_hash: string | null
  key: string | null
  state: SavedState | null
}
export const runTexts = rowText<RunRow>({
  lead_id: 'uuid',
  account_id: 'uuid',
  source_id: 'uuid',
  body_hash: 'text',
  key: 'text',
  state: 'document',
})

export type Progress = { lead_id: string; state: SavedState }
export const progressTexts = rowText<Progress>({ lead_id: 'uuid', state: 'document' })

export const leadTexts = rowText<LeadRow>({
  id: 'uuid',
  account_id: 'uuid',
  side: 'text',
  flow_id: 'uuid',
  flow_version: 'integer',
  source_id: 'uuid',
  connection_id: 'uuid',
  is_test: 'boolean',
  status: 'text',
  outcome: 'text',
  reason: 'text',
  data: 'jsonb',
  submission: 'jsonb',
  price_cents: 'bigint',
  revenue_cents: 'bigint',
  received_at: 'timestamptz',
  completed_at: 'timestamptz',
})

export const endTexts = rowText<LeadEnd>({
  id: 'uuid',
  status: 'text',
  outcome: 'text',
  reason: 'text',
  price_cents: 'bigint',
  revenue_cents: 'bigint',
  completed_at: 'timestamptz',
  data: 'jsonb',
})

export const keyTexts = rowText<KeyRow>({ account_id: 'uuid', kind: 'text', value: 'text', lead_id: 'uuid' })

export const eventTexts = rowText<EventRow>({
  id: 'uuid',
  account_id: 'uuid',
  lead_id: 'uuid',
  type: 'text',
  outcome: 'text',
  reason: 'text',
  is_test: 'boolean',
  flow_id: 'uuid',
  source_id: 'uuid',
  step_id: 'text',
  connection_id: 'uuid',
  destination_id: 'uuid',
  name: 'text',
  recipient: 'text',
  started_at: 'timestamptz',
  duration_ms: 'integer',
  price_cents: 'bigint',
  status_code: 'integer',
  buyer_lead_id: 'text',
  detail: 'jsonb',
})

export const payloadTexts = rowText<PayloadRow>({
  id: 'uuid',
  account_id: 'uuid',
  request: 'document',
  response: 'document',
})

export const rollupTexts = rowText<RollupRow>({
  account_id: 'uuid',
  hour: 'timestamptz',
  subject: 'text',
  subject_id: 'text',
  outcome: 'text',
  latency_bucket: 'smallint',
  count: 'integer',
  cents: 'bigint',
})

/** A counter to lock; `expires_at` is of one that may have to be made. */
export type CounterRow = { account_id: string; key: string; expires_at: string | null }
export const counterTexts = rowText<CounterRow>({ account_id: 'uuid', key: 'text', expires_at: 'timestamptz' })

export type CounterName = { account_id: string; key: string }
export const counterNameTexts = rowText<CounterName>({ account_id: 'uuid', key: 'text' })

export type CounterMove = { account_id: string; key: string; delta: number }
export const counterMoveTexts = rowText<CounterMove>({ account_id: 'uuid', key: 'text', delta: 'bigint' })

/** What a batch takes from a counter, and what may be in it then at the most. */
export type RoomRow = { account_id: string; key: string; delta: number; most: number }
export const roomTexts = rowText<RoomRow>({ account_id: 'uuid', key: 'text', delta: 'bigint', most: 'bigint' })

/** What one lead of it takes. */
export type TakenRow = { lead_id: string; account_id: string; key: string; delta: number }
export const takenTexts = rowText<TakenRow>({ lead_id: 'uuid', account_id: 'uuid', key: 'text', delta: 'bigint' })
