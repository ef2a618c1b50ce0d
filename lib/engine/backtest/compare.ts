import type { Run } from '../types'

/** What became of a lead with one buyer step. */
export type BuyerEnd = { stepId: string; name: string; outcome: string; reason?: string; priceCents: number }

/** How a lead ended, as it happened or as it would have. */
export type LeadEnding = {
  /** `pending`: no usable answer came, so it is not known. */
  outcome: 'success' | 'failure' | 'error' | 'pending'
  reason?: string
  buyers: BuyerEnd[]
  revenueCents: number
  costCents: number
}

/** How the two differ, worst first: `moved` went to another buyer, `repriced` is the same sale for other money. */
export const changeKinds = ['lost', 'won', 'moved', 'repriced', 'outcome', 'reason', 'same', 'new'] as const
export type ChangeKind = (typeof changeKinds)[number]

/** Why a lead is put aside: of all it waits for, what comes first. */
function waitsFor({ selling }: Run): string {
  const [first] = selling?.waits.toSorted((a, b) => a.at - b.at) ?? []
  return first ? `Waits: ${first.reason}` : 'A backtest can’t tell how this goes on'
}

/** The end of a simulated run, as the log would tell it. */
export function endingOfRun(run: Run): LeadEnding {
  const buyers = run.results.flatMap((result): BuyerEnd[] => {
    if (result.type !== 'buyer') return []
    const { stepId, name, outcome, reason, priceCents } = result
    return [{ stepId, name, outcome, priceCents, ...(reason !== undefined && { reason }) }]
  })
  const { revenueCents, costCents } = run
  const reason = run.state === 'done' ? run.reason : waitsFor(run)
  const outcome = run.state !== 'done' || run.status === 'pending' ? 'pending' : (run.outcome ?? 'error')
  return { outcome, buyers, revenueCents, costCents, ...(reason !== undefined && { reason }) }
}

const soldTo = ({ buyers }: LeadEnding): string =>
  buyers
    .filter(({ outcome }) => outcome === 'accepted')
    .map(({ stepId }) => stepId)
    .sort()
    .join(' ')

/** How a lead's end differs from what happened; `new` where nothing happened to compare with. */
export function changeOf(before: LeadEnding | undefined, after: LeadEnding): ChangeKind {
  if (!before) return 'new'
  const wasSold = soldTo(before)
  const isSold = soldTo(after)
  if (wasSold !== '' && isSold === '') return 'lost'
  if (wasSold === '' && isSold !== '') return 'won'
  if (wasSold !== isSold) return 'moved'
  if (before.revenueCents !== after.revenueCents || before.costCents !== after.costCents) return 'repriced'
  if (before.outcome !== after.outcome) return 'outcome'
  return (before.reason ?? '') === (after.reason ?? '') ? 'same' : 'reason'
}

/** What one buyer step was offered, and what came of it. */
export type BuyerTotals = {
  stepId: string
  name: string
  accepted: number
  rejected: number
  error: number
  unknown: number
  skipped: number
  revenueCents: number
}
export type SideTotals = {
  leads: number
  sold: number
  success: number
  failure: number
  error: number
  pending: number
  revenueCents: number
  costCents: number
  buyers: BuyerTotals[]
}
/** `before` counts what happened, where it is known; `changes` the leads by how they differ. */
export type BacktestTotals = { before: SideTotals; after: SideTotals; changes: Partial<Record<ChangeKind, number>> }

const noTotals = (): SideTotals => ({
  leads: 0,
  sold: 0,
  success: 0,
  failure: 0,
  error: 0,
  pending: 0,
  revenueCents: 0,
  costCents: 0,
  buyers: [],
})

export const emptyTotals = (): BacktestTotals => ({ before: noTotals(), after: noTotals(), changes: {} })

const counted = new Set(['accepted', 'rejected', 'error', 'unknown', 'skipped'])

function addBuyer(totals: SideTotals, end: BuyerEnd): void {
  let buyer = totals.buyers.find(({ stepId }) => stepId === end.stepId)
  if (!buyer) {
    const { stepId, name } = end
    buyer = { stepId, name, accepted: 0, rejected: 0, error: 0, unknown: 0, skipped: 0, revenueCents: 0 }
    totals.buyers.push(buyer)
  }
  if (counted.has(end.outcome)) buyer[end.outcome as 'accepted']++
  buyer.revenueCents += end.priceCents
}

function addEnding(totals: SideTotals, ending: LeadEnding): void {
  totals.leads++
  totals[ending.outcome]++
  if (ending.buyers.some(({ outcome }) => outcome === 'accepted')) totals.sold++
  totals.revenueCents += ending.revenueCents
  totals.costCents += ending.costCents
  for (const buyer of ending.buyers) addBuyer(totals, buyer)
}

/** Adds one lead to the totals, which are changed. */
export function addLead(
  totals: BacktestTotals,
  before: LeadEnding | undefined,
  after: LeadEnding,
  change: ChangeKind,
): void {
  if (before) addEnding(totals.before, before)
  addEnding(totals.after, after)
  totals.changes[change] = (totals.changes[change] ?? 0) + 1
}
