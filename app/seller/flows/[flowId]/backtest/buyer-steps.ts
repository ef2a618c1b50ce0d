import type { FlowDocument } from '@/lib/engine'

/** The buyers of a document that an answer can be assumed of, those inside of a group too. */
export function buyerStepsOf(document: FlowDocument): { id: string; name: string }[] {
  return document.steps.flatMap((step) => {
    if (step.type === 'buyer') return [{ id: step.id, name: step.name }]
    return 'buyers' in step ? (step.buyers as { id: string; name: string }[]).map(({ id, name }) => ({ id, name })) : []
  })
}
