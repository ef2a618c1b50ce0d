import type { FieldType } from '../../schema'
import type { Entry } from './entry'
import { insurance } from './insurance'
import { marketing } from './marketing'
import { money } from './money'
import { people } from './people'
import { services } from './services'

export type CatalogueField = {
  name: string
  type: FieldType
  label: string
  group: string
  /** A value as people send it. */
  example: Entry[3]
  /** Other names it goes by, in lower case. */
  aliases: readonly string[]
}

const none: readonly string[] = []
const fieldOf = (group: string, [name, type, label, example, aliases]: Entry): CatalogueField => ({
  name,
  type,
  label,
  group,
  example,
  aliases: aliases?.split(' ') ?? none,
})

/** The standard fields, in the order in which people look for them. */
export const catalogue: readonly CatalogueField[] = [people, marketing, money, insurance, services].flatMap((groups) =>
  Object.entries(groups).flatMap(([group, entries]) => entries.map((entry) => fieldOf(group, entry))),
)

/** Sensitive fields that nobody should find in a catalogue, and that must not lie in the log as plain text. */
const sensitive: [string, FieldType][] = [
  ['password', 'credential'],
  ['passcode', 'credential'],
  ['pin', 'credential'],
  ['api_key', 'credential'],
  ['cvv', 'credential'],
  ['cvv2', 'credential'],
  ['cvc', 'credential'],
  ['credit_card', 'credit_card'],
  ['card_number', 'credit_card'],
  ['cc_number', 'credit_card'],
  ['spouse_ssn', 'ssn'],
  ['tax_id', 'ssn'],
]

const byName = new Map(catalogue.map((field) => [field.name, field]))
const types = new Map<string, FieldType>([...sensitive, ...catalogue.map(({ name, type }) => [name, type] as const)])
const position = /\.\d+(?=\.|$)/g

/** The type of a standard field; "vehicle.0.year" is one of several "vehicle.year". */
export function typeOfField(name: string): FieldType | undefined {
  return types.get(name) ?? (name.includes('.') ? types.get(name.replace(position, '')) : undefined)
}

/** A standard field by its own name. */
export const standardField = (name: string): CatalogueField | undefined => byName.get(name)
