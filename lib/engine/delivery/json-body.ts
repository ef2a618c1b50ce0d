import type { Placed } from './targets'
import { type Branch, isBranch, listOf, treeOf } from './tree'

function plain(value: unknown): unknown {
  if (!isBranch(value)) return value
  return listOf(value)?.map(plain) ?? objectOf(value)
}

/** fromEntries defines properties instead of assigning them: no name reaches a prototype. */
const objectOf = (branch: Branch): Record<string, unknown> =>
  Object.fromEntries([...branch].map(([part, value]) => [part, plain(value)]))

/** JSON of values at their paths. Numbered parts make a list; what was left out of it leaves no hole. */
export const jsonBody = (placed: readonly Placed[]): string => JSON.stringify(objectOf(treeOf(placed)))

/** Flat bodies, the usual kind, are written without building a tree. */
export function flatJsonBody(placed: readonly Placed[]): string {
  let body = ''
  for (const { parts, value } of placed) {
    const json = JSON.stringify(value)
    if (json !== undefined) body += `${body === '' ? '' : ','}${JSON.stringify(parts[0])}:${json}`
  }
  return `{${body}}`
}
