import { fieldLabels } from '@/app/field-labels'
import { alwaysSendable, type Sendable } from '@/components/destination/mapping-rows'
import type { Actor } from '@/lib/actor'
import { listConnections } from '@/lib/connections'
import type { BuyerConnectionView, Permissions } from '@/lib/connections/schema'
import { type FieldType, typeOfField, type VariableChoice, variables } from '@/lib/engine'

/** Offered when no seller has said yet what it shares. */
const usual = ['first_name', 'last_name', 'email', 'phone_1', 'address_1', 'city', 'state', 'postal_code']
const usuallyTold = ['city', 'state', 'postal_code']

/** What surrounds a destination that is being set up: for whose leads, and what of them can be sent. */
export type SetupContext = {
  /** The connection whose setup this is. */
  connection: BuyerConnectionView | undefined
  /** Those that deliver here already. */
  delivering: BuyerConnectionView[]
  /** Fields that come; `undefined` while nobody has said. */
  sharedFields: string[] | undefined
  offered: Sendable[]
  variables: VariableChoice[]
  told: Told
}

/** The same of a ping: what may be told before the buyer buys. */
export type Told = { pingFields: string[] | undefined; offered: Sendable[]; variables: VariableChoice[] }

function variablesOf(names: readonly string[]): VariableChoice[] {
  const fields = names.map((name): { name: string; type: FieldType } => ({ name, type: typeOfField(name) ?? 'string' }))
  const isShared = (path: string) => names.some((name) => path === `lead.${name}` || path.startsWith(`lead.${name}.`))
  const always = new Set(['Event', 'Lead', 'Time'])
  return variables({ fields }).filter(({ path, group }) => always.has(group) || isShared(path))
}

/** Reads the account's connections once and says what they mean for a destination. */
export async function setupContext(actor: Actor, destinationId?: string, connectionId?: string): Promise<SetupContext> {
  const all = await listConnections(actor)
  const bought = all.filter((each): each is BuyerConnectionView => each.side === 'buyer' && each.status !== 'revoked')
  const connection = bought.find(({ id }) => id === connectionId)
  const delivering = bought.filter(
    ({ destination }) => destinationId !== undefined && destination?.id === destinationId,
  )
  const telling = connection ? [connection, ...delivering] : delivering
  const sharedFields = telling.length > 0 ? [...new Set(telling.flatMap((each) => each.sharedFields))] : undefined
  const pingFields = telling.length > 0 ? [...new Set(telling.flatMap((each) => each.pingFields))] : undefined
  return {
    connection,
    delivering,
    sharedFields,
    ...choicesOf(sharedFields ?? usual),
    told: { pingFields, ...choicesOf(pingFields ?? usuallyTold) },
  }
}

function choicesOf(names: readonly string[]): { offered: Sendable[]; variables: VariableChoice[] } {
  const fields = fieldLabels(names).map(({ name, label }) => ({ path: `lead.${name}`, label }))
  return { offered: [...alwaysSendable, ...fields], variables: variablesOf(names) }
}

/** Who keeps this part to itself, if a seller that delivers here does. */
export const keeperOf = ({ delivering }: SetupContext, permission: keyof Permissions): string | undefined =>
  delivering.find(({ permissions }) => !permissions[permission])?.partner.name

/** A connection may be tied to its destination before it is live only while every part may still be changed. */
export const mayAttachEarly = (connection: BuyerConnectionView): boolean =>
  connection.destination === null && Object.values(connection.permissions).every(Boolean)
