import type { DistributionStep } from '@/lib/engine/schema'

export type Table = NonNullable<DistributionStep['table']>

/** Values on one line with commas between them; one with a comma or a quote in it, or space around it, is quoted. */
export const textOfValues = (values: readonly string[]): string =>
  values.map((value) => (/[",]|^\s|\s$|^$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(', ')

/** The same read back. */
export function valuesOfText(text: string): string[] {
  const values: string[] = []
  for (const [, quoted, plain] of text.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(?:,|$)/g)) {
    const value = quoted === undefined ? (plain ?? '').trim() : quoted.replaceAll('""', '"')
    if (value !== '' || quoted !== undefined) values.push(value)
  }
  return [...new Set(values)]
}

export const valuesFor = ({ members }: Table, id: string): string[] =>
  Object.entries(members).flatMap(([value, member]) => (member === id ? [value] : []))

/** The table with other values that choose a member; where the others stand stays as it is. */
export function withValuesFor(table: Table, id: string, values: readonly string[]): Table {
  const others = Object.entries(table.members).filter(([, member]) => member !== id)
  return { ...table, members: Object.fromEntries([...others, ...values.map((value) => [value, id] as const)]) }
}

const folded = (value: string) => value.trim().toLowerCase()

/** A value that chooses another member already: letter case and space around it don't tell values apart. */
export function takenValue(
  table: Table,
  id: string,
  values: readonly string[],
): { value: string; by: string } | undefined {
  const taken = new Map(
    Object.entries(table.members).flatMap(([value, member]) =>
      member === id ? [] : [[folded(value), { value, by: member }] as const],
    ),
  )
  return values.map((value) => taken.get(folded(value))).find((one) => one !== undefined)
}
