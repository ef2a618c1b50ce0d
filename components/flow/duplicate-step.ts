import type { BuyerStep, DistributionStep, FlowDocument, Step } from '@/lib/engine/schema'
import { stepsWithin } from './distribution-members'
import { type InviteConnection, insertStep, stepIdFor } from './draft-document'

const nameOfCopy = (name: string) => `${name.slice(0, 113)} (copy)`

/** The ids of the step and of all that stands in it, each with the id that its copy gets. */
function idsOfCopies(step: Step, taken: readonly Step[]): Map<string, string> {
  const made: { id: string }[] = [...taken]
  return new Map(
    stepsWithin([step]).map(({ id, name }) => {
      const copy = stepIdFor(nameOfCopy(name), made)
      made.push({ id: copy })
      return [id, copy]
    }),
  )
}

type IdOf = (id: string) => string
type Conditions = NonNullable<BuyerStep['conditional_delivery']>

function copiedConditions(conditions: Conditions, idOf: IdOf): Conditions {
  const copy = structuredClone(conditions)
  const { time_restrictions: times, caps, quality_requirements: quality } = copy
  if (times?.alternate_buyer) times.alternate_buyer = idOf(times.alternate_buyer)
  const exceeded = caps?.when_exceeded
  if (exceeded?.backup_buyer) exceeded.backup_buyer = idOf(exceeded.backup_buyer)
  const unmet = quality?.when_not_met
  if (unmet?.remediation_buyer) unmet.remediation_buyer = idOf(unmet.remediation_buyer)
  return copy
}

function copiedFailover(failover: NonNullable<BuyerStep['failover']>, idOf: IdOf): BuyerStep['failover'] {
  const copy = structuredClone(failover)
  if (copy.primary_buyer) copy.primary_buyer = idOf(copy.primary_buyer)
  for (const link of copy.failover_chain) if ('buyer' in link) link.buyer = idOf(link.buyer)
  return copy
}

function copiedTable(table: NonNullable<DistributionStep['table']>, idOf: IdOf): DistributionStep['table'] {
  const members = Object.fromEntries(Object.entries(table.members).map(([value, id]) => [value, idOf(id)]))
  return { ...table, members, ...(table.default && { default: idOf(table.default) }) }
}

/** The step under its new id. What it says of steps that are copied with it means their copies. */
function copied<Kind extends Step>(step: Kind, idOf: IdOf): Kind {
  const copy: Step = { ...step, id: idOf(step.id) }
  if (copy.type === 'distribution') {
    if (copy.table) copy.table = copiedTable(copy.table, idOf)
    copy.buyers = copy.buyers.map((member) => copied(member, idOf))
  }
  if (copy.type === 'buyer') {
    // Whoever was invited for the first is not for this.
    if (copy.connection.method === 'invite') copy.connection = withoutInvitation(copy.connection)
    if (copy.conditional_delivery) copy.conditional_delivery = copiedConditions(copy.conditional_delivery, idOf)
    if (copy.failover) copy.failover = copiedFailover(copy.failover, idOf)
  }
  return copy as Kind
}

function withoutInvitation({ invitation_id: _, ...connection }: InviteConnection): InviteConnection {
  return connection
}

/** The same step once more, below it, under a name and ids of its own, with all that stands in it. */
export function duplicateStep(document: FlowDocument, id: string): { document: FlowDocument; id: string } {
  const index = document.steps.findIndex((step) => step.id === id)
  const step = document.steps[index]
  if (!step) return { document, id }
  const ids = idsOfCopies(step, stepsWithin(document.steps))
  const copy: Step = { ...copied(step, (of) => ids.get(of) ?? of), name: nameOfCopy(step.name) }
  return { document: insertStep(document, copy, index + 1), id: copy.id }
}
