import { givenBack, movedBy } from '../selling/reserve'
import type { Holding, Run } from '../types'
import type { CompiledBuyer, CompiledDistribution } from './compiled'

/** A step that sells a lead: to one buyer, or by a strategy to some. */
export type Seller = CompiledBuyer | CompiledDistribution

export const sellTo = (step: Seller): number => (step.type === 'buyer' ? 1 : step.sellTo)

/** What a buyer pays in this step: the shared price where the lead may go to several. */
export const priceIn = (step: Seller | undefined, buyer: CompiledBuyer): number | undefined =>
  step && sellTo(step) > 1 ? (buyer.sharedPriceCents ?? buyer.priceCents) : buyer.priceCents

/** What a buyer said that it pays for this lead, before anybody sells it to it. */
export function bidOf({ bids }: Run, stepId: string): number | undefined {
  const bid = bids && Object.hasOwn(bids, stepId) ? bids[stepId] : undefined
  return bid && 'priceCents' in bid ? bid.priceCents : undefined
}

const moveOf = (run: Run) => {
  run.moves = { counters: [...(run.moves?.counters ?? [])], claims: [...(run.moves?.claims ?? [])] }
  return run.moves
}

/** What an attempt held is given back with the next commit. */
export function letGo(run: Run, held: Holding): void {
  if (!held.taken?.length && !held.claims?.length) return
  const moves = moveOf(run)
  moves.counters.push(...givenBack(held.taken ?? []))
  moves.claims.push(...(held.claims ?? []))
}

/** Gives back what the lead holds at a buyer that it is collected for and does not go to. */
export function letGoCollected(run: Run, stepId: string): void {
  letGo(run, takeCollected(run, stepId))
}

/** What the lead holds at a buyer that it is collected for is the attempt's now. */
export function takeCollected({ selling }: Run, stepId: string): Holding {
  const { [stepId]: held, ...rest } = selling?.collected ?? {}
  if (selling && held) selling.collected = rest
  return held ?? {}
}

/** Nobody is asked any more, and nothing is held of what was not sent. */
export function endSelling(run: Run): void {
  for (const stepId of Object.keys(run.selling?.collected ?? {})) letGoCollected(run, stepId)
  delete run.selling
}

/** The price that was reckoned with gives way to the one that was paid. */
export function payFor(run: Run, taken: Run['holds'], priceCents: number): void {
  const sums = (taken ?? []).filter(({ cents }) => cents)
  if (sums.some(({ delta }) => delta !== priceCents)) {
    moveOf(run).counters.push(...sums.map((sum) => movedBy(sum, priceCents - sum.delta)))
  }
}
