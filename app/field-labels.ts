import { catalogue } from '@/lib/engine'

export type FieldLabel = { name: string; label: string; group: string }

const known = new Map(catalogue.map(({ name, label, group }) => [name, { name, label, group }]))

const inWords = (name: string) => {
  const words = name.replaceAll(/[._]+/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Fields with words for people; one that the catalogue does not know is read from its name. */
export const fieldLabels = (names: readonly string[]): FieldLabel[] =>
  names.map((name) => known.get(name) ?? { name, label: inWords(name), group: 'Own fields' })

/** What people call a field that has no label of its own. */
export const usualLabel = (name: string): string => known.get(name)?.label ?? inWords(name)
