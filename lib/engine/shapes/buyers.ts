import type { FlowDocument } from './flow'
import type { BuyerStep, DistributionStep, Step } from './steps'

/** A buyer step, where in the document it stands, and the index of the step of the flow that it belongs to. */
export type PlacedBuyer = { step: BuyerStep; path: string; index: number }

function* within(step: Step | DistributionStep, path: string, index: number): Generator<PlacedBuyer> {
  if (step.type === 'buyer') yield { step, path, index }
  if (step.type !== 'distribution') return
  for (const [at, member] of step.buyers.entries()) yield* within(member, `${path}.buyers.${at}`, index)
}

/** Every buyer step of a document in its order, those within distributions too. */
export const placedBuyers = ({ steps }: Pick<FlowDocument, 'steps'>): PlacedBuyer[] =>
  steps.flatMap((step, index) => [...within(step, `steps.${index}`, index)])

type Change = (step: BuyerStep, path: string) => BuyerStep

function changed<Kind extends Step | DistributionStep>(step: Kind, path: string, change: Change): Kind {
  if (step.type === 'buyer') return change(step, path) as Kind
  if (step.type !== 'distribution') return step
  const buyers = step.buyers.map((member, at) => changed(member, `${path}.buyers.${at}`, change))
  return { ...step, buyers }
}

/** The same document with every buyer step changed, wherever it stands. */
export const withBuyers = <Document extends Pick<FlowDocument, 'steps'>>(
  document: Document,
  change: Change,
): Document => ({
  ...document,
  steps: document.steps.map((step, index) => changed(step, `steps.${index}`, change)),
})
