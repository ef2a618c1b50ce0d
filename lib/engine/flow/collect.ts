import { momentWords } from '../selling/hours'
import type { Collecting, Holding, InBatch, Offer, Run, Selling, TraceEntry, Wait } from '../types'
import type { CompiledBuyer, CompiledFlow } from './compiled'
import type { Moment } from './moment'

/** Whether a buyer that may have the lead gets it with others, later. A test is sent at once, and a bid sells nothing. */
export const isCollected = ({ batch }: CompiledBuyer, { goesOut }: Offer, { isTest, isPing }: Run): boolean =>
  batch !== undefined && !goesOut && !isTest && !isPing

/** Puts a lead by for a buyer's next batch, with what it holds there: a place that nobody else is offered meanwhile. */
export function collect({ flow, run, now }: Moment, step: CompiledBuyer, offer: Offer, held: Holding): void {
  const { selling } = run
  if (!selling || !step.batch) return
  const at = now + step.batch.windowMs
  const when = momentWords(at, now, flow.flow.timeZone)
  selling.met.push(step.id)
  const before = selling.collected?.[step.id]
  if (!before) selling.collected = { ...selling.collected, [step.id]: held }
  selling.waits.push({
    offer: { ...offer, collectedAt: now },
    at,
    reason: `Collected for ${step.recipient}, goes out by ${when} or at ${step.batch.leads} leads`,
    cause: 'batch',
  })
}

/** True for a wait that ends when a batch goes out. */
export const endsWithBatch = ({ cause, offer }: Wait): boolean => cause === 'batch' || offer.batchId !== undefined

/** Buyers that surely are to get the lead, with their next batch. */
export const collecting = ({ waits }: Selling): number => waits.filter(({ cause }) => cause === 'batch').length

/** The batches that a lead is put aside for. */
export const collectsOf = ({ buyers }: Pick<CompiledFlow, 'buyers'>, { waits }: Selling): Collecting[] =>
  waits.filter(endsWithBatch).map(({ offer: { stepId, batchId }, at }) => {
    if (batchId !== undefined) return { stepId, at, batchId }
    return { stepId, at, most: buyers.get(stepId)?.batch?.leads ?? 1 }
  })

/** A batch goes out: whom it was collected for is asked before all others. */
export function wakeBatch(selling: Selling, stepId: string): void {
  const wait = selling.waits.find((one) => one.offer.stepId === stepId && endsWithBatch(one))
  if (!wait) return
  selling.waits = selling.waits.filter((one) => one !== wait)
  selling.met = selling.met.filter((met) => met !== stepId)
  selling.rounds.unshift({ offers: [{ ...wait.offer, goesOut: true }] })
}

function wordsOf({ size }: InBatch, { collectedAt }: Offer, flow: CompiledFlow, now: number): string {
  const sent = `sent ${momentWords(now, now, flow.flow.timeZone)}`
  const from = collectedAt === undefined ? '' : `Collected ${momentWords(collectedAt, now, flow.flow.timeZone)}, `
  const words = size === 1 ? `${sent} as a batch of its own` : `${sent} in a batch of ${size}`
  return from === '' ? words[0]?.toUpperCase() + words.slice(1) : from + words
}

/** The open attempt has its place in a batch; anew where somebody else has left that before it went out. */
export function placeInBatch(flow: CompiledFlow, run: Run, batch: InBatch, now: number): void {
  const { awaiting } = run
  if (!awaiting) return
  const trace = awaiting.batch ? awaiting.trace.slice(0, -1) : awaiting.trace
  const entry: TraceEntry = { kind: 'queue', passed: true, text: wordsOf(batch, awaiting.offer ?? awaiting, flow, now) }
  run.awaiting = { ...awaiting, batch, trace: [...trace, entry] }
}
