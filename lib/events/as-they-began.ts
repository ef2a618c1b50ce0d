import type { WayDetail } from './told'

type Row = { id: string; type: string; detail: WayDetail | null }

/** The distribution of an attempt. One that was tried again ends long after it began, with others between. */
const groupOf = ({ type, detail }: Row) =>
  type === 'delivery' && detail?.tries === undefined ? detail?.within : undefined

/**
 * Events in the order in which they ended, but for attempts of a distribution that were open beside each other: those
 * stand as they began, which is what their ids say.
 */
export function asTheyBegan<Some extends Row>(rows: readonly Some[]): Some[] {
  const ordered: Some[] = []
  for (let at = 0; at < rows.length; ) {
    const first = rows[at] as Some
    const group = groupOf(first)
    let end = at + 1
    while (group !== undefined && end < rows.length && groupOf(rows[end] as Some) === group) end++
    ordered.push(...rows.slice(at, end).sort((a, b) => (a.id < b.id ? -1 : 1)))
    at = end
  }
  return ordered
}
