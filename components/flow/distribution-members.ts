import type { DistributionStep, FlowDocument, Step } from '@/lib/engine/schema'

export type Member = DistributionStep['buyers'][number]
/** A step, where in the document it stands, and the distribution that it belongs to. */
export type PlacedStep = { step: Step; path: string; within?: DistributionStep }

const placedMembers = (within: DistributionStep, path: string): PlacedStep[] =>
  within.buyers.flatMap((step, at) => {
    const here = `${path}.buyers.${at}`
    return [{ step, path: here, within }, ...(step.type === 'distribution' ? placedMembers(step, here) : [])]
  })

/** Every step of a flow, those within distributions right after the distribution they stand in. */
export const placedSteps = (steps: readonly Step[]): PlacedStep[] =>
  steps.flatMap((step, index) => {
    const path = `steps.${index}`
    return [{ step, path }, ...(step.type === 'distribution' ? placedMembers(step, path) : [])]
  })

export const stepsWithin = (steps: readonly Step[]): Step[] => placedSteps(steps).map(({ step }) => step)

function withMembers<Kind extends Step>(step: Kind, id: string, change: (members: Member[]) => Member[]): Kind {
  if (step.type !== 'distribution') return step
  const members = step.id === id ? change(step.buyers) : step.buyers
  return { ...step, buyers: members.map((member) => withMembers(member, id, change)) }
}

const changed = (document: FlowDocument, id: string, change: (members: Member[]) => Member[]): FlowDocument => ({
  ...document,
  steps: document.steps.map((step) => withMembers(step, id, change)),
})

/** A new member at the end of a distribution. */
export function addMember(document: FlowDocument, into: string, member: Member): FlowDocument {
  if (stepsWithin(document.steps).some(({ id }) => id === member.id)) return document
  return changed(document, into, (members) => [...members, member])
}

/** Moves a member by one or more places; the ends stay where they are. */
export const moveMember = (document: FlowDocument, within: string, id: string, by: number): FlowDocument =>
  changed(document, within, (members) => {
    const from = members.findIndex((member) => member.id === id)
    const member = members[from]
    const to = Math.max(0, Math.min(from + by, members.length - 1))
    return member ? members.toSpliced(from, 1).toSpliced(to, 0, member) : members
  })

export const removeMember = (document: FlowDocument, within: string, id: string): FlowDocument =>
  changed(document, within, (members) => members.filter((member) => member.id !== id))

/** A buyer step of the flow becomes the last member of a distribution. */
export function moveIntoDistribution(document: FlowDocument, id: string, into: string): FlowDocument {
  const step = document.steps.find((one) => one.id === id)
  if (step?.type !== 'buyer' || !document.steps.some((one) => one.id === into)) return document
  return addMember({ ...document, steps: document.steps.filter((one) => one !== step) }, into, step)
}

/** A member becomes a step of the flow, right below the step that it stood in. */
export function takeOutOfDistribution(document: FlowDocument, id: string): FlowDocument {
  const found = placedSteps(document.steps).find(({ step }) => step.id === id)
  if (!found?.within) return document
  const steps = removeMember(document, found.within.id, id).steps
  return { ...document, steps: steps.toSpliced(Number(found.path.split('.')[1]) + 1, 0, found.step) }
}
