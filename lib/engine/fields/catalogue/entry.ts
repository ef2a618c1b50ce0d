import type { FieldType } from '../../schema'

/**
 * One standard field: its name, type and label, a value as people send it, and other names it goes by, parted by spaces
 * (in lower case; each means this field wherever a flow does not list it as one of its own).
 */
export type Entry = readonly [
  name: string,
  type: FieldType,
  label: string,
  example: string | number | boolean,
  aliases?: string,
]
export type Groups = Readonly<Record<string, readonly Entry[]>>
