import { type FlowDocument, placedBuyers } from '@/lib/engine'

/** The buyers of a document that an answer can be assumed of, those inside of a distribution too. */
export const buyerStepsOf = (document: FlowDocument): { id: string; name: string }[] =>
  placedBuyers(document).map(({ step: { id, name } }) => ({ id, name }))
