import type { Considered, Told, TraceEntry, Via, Waiting } from '../engine/index'

/** What an event's detail says of the way to its buyer, or of the buyers that a step considered. */
export type WayDetail = {
  trace?: TraceEntry[]
  within?: string
  via?: Via
  of?: string
  tries?: number
  considered?: Considered[]
  order?: string[]
  waits?: Waiting[]
}

type Row = {
  id: string
  type: string
  outcome: string
  reason: string | null
  step_id: string | null
  name: string
  recipient: string | null
  price_cents: string | null
  buyer_lead_id: string | null
  detail: WayDetail | null
}

function buyerOf(row: Row): Told {
  const { trace = [], within, via, of, tries } = row.detail ?? {}
  return {
    type: 'buyer',
    stepId: row.step_id ?? '',
    recipient: row.recipient ?? row.name,
    outcome: row.outcome,
    eventId: row.id,
    trace,
    ...(row.reason !== null && { reason: row.reason }),
    ...(row.price_cents !== null && { priceCents: Number(row.price_cents) }),
    ...(row.buyer_lead_id !== null && { buyerLeadId: row.buyer_lead_id }),
    ...(within !== undefined && { within }),
    ...(via !== undefined && { via }),
    ...(of !== undefined && { of }),
    ...(tries !== undefined && { tries }),
  }
}

const bidOf = ({ step_id: stepId, price_cents: cents }: Row): Told[] =>
  stepId === null || cents === null ? [] : [{ type: 'bid', stepId, bidCents: Number(cents) }]

const saleOf = (stepId: string, { detail }: Row, waits: Waiting[]) => ({
  type: 'sale' as const,
  stepId,
  considered: detail?.considered ?? [],
  order: detail?.order ?? [],
  waits,
})

/**
 * What a lead's events, in their order, tell of its buyers. A step that put the lead aside speaks at its end, and until
 * then by the event that held it. Nobody is waited for once the lead has an end, until a replay puts it aside again.
 */
export function toldOf(rows: readonly Row[]): Told[] {
  const held = rows.findLast(({ type, outcome }) => type === 'queue' && outcome === 'held')
  const lastOf = (wanted: string, stepId?: string) =>
    rows.findLastIndex((row) => row.type === wanted && (stepId === undefined || row.step_id === stepId))
  const saleOfHeld = (row: Row, index: number): Told[] => {
    const { within, waits = [] } = row.detail ?? {}
    if (within === undefined || lastOf('distribution', within) > index) return []
    return [saleOf(within, row, row === held && lastOf('source') < index ? waits : [])]
  }
  const tellers: Record<string, (row: Row, index: number) => Told[]> = {
    delivery: (row) => [buyerOf(row)],
    ping: bidOf,
    distribution: (row) => [{ ...saleOf(row.step_id ?? '', row, []), name: row.name }],
    queue: saleOfHeld,
  }
  return rows.flatMap((row, index) => tellers[row.type]?.(row, index) ?? [])
}
