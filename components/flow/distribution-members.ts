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

type Place = Extract<Step, { type: 'buyer' | 'distribution' }>

const isMovable = (step: Step): step is Place => step.type === 'buyer' || step.type === 'distribution'

/** The distributions that a buyer or group may become a member of: not where it is, not itself, nothing within it. */
export function distributionsFor(steps: readonly Step[], id: string): DistributionStep[] {
  const placed = placedSteps(steps)
  const found = placed.find(({ step }) => step.id === id)
  if (!found || !isMovable(found.step)) return []
  const inside = new Set(stepsWithin([found.step]).map((step) => step.id))
  return placed.flatMap(({ step }) =>
    step.type === 'distribution' && step.id !== found.within?.id && !inside.has(step.id) ? [step] : [],
  )
}

/** Who may become a member of a distribution: buyers and groups from anywhere else in the flow. */
export const membersFor = (steps: readonly Step[], into: string): Place[] =>
  stepsWithin(steps).filter(
    (step): step is Place => isMovable(step) && distributionsFor(steps, step.id).some(({ id }) => id === into),
  )

function withoutStep(document: FlowDocument, { step, within }: PlacedStep): FlowDocument {
  if (within) return removeMember(document, within.id, step.id)
  return { ...document, steps: document.steps.filter((one) => one !== step) }
}

/** A buyer or a group becomes the last member of a distribution, wherever it stood. */
export function moveIntoDistribution(document: FlowDocument, id: string, into: string): FlowDocument {
  const found = placedSteps(document.steps).find(({ step }) => step.id === id)
  if (!found || !isMovable(found.step) || !distributionsFor(document.steps, id).some((one) => one.id === into))
    return document
  return addMember(withoutStep(document, found), into, found.step)
}

/** A member becomes a step of the flow, right below the step that it stood in. */
export function takeOutOfDistribution(document: FlowDocument, id: string): FlowDocument {
  const found = placedSteps(document.steps).find(({ step }) => step.id === id)
  if (!found?.within) return document
  const { steps } = withoutStep(document, found)
  return { ...document, steps: steps.toSpliced(Number(found.path.split('.')[1]) + 1, 0, found.step) }
}
