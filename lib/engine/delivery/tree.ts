import type { Part, Placed } from './targets'

/** Values by path, in the order in which they were placed. A map, so that no name reaches a prototype. */
export type Branch = Map<Part, unknown>

export const isBranch = (value: unknown): value is Branch => value instanceof Map

function branchAt(branch: Branch, part: Part): Branch {
  const next = branch.get(part)
  if (isBranch(next)) return next
  const made: Branch = new Map()
  branch.set(part, made)
  return made
}

/** A tree of values at their paths; a later value of the same path replaces an earlier one. */
export function treeOf(placed: readonly Placed[]): Branch {
  const root: Branch = new Map()
  for (const { parts, value } of placed) {
    let branch = root
    for (let at = 0; at < parts.length - 1; at++) branch = branchAt(branch, parts[at] ?? '')
    branch.set(parts.at(-1) ?? '', value)
  }
  return root
}

/** The elements of a branch whose parts are all numbers, in their order and without holes; else undefined. */
export function listOf(branch: Branch): unknown[] | undefined {
  if (branch.size === 0) return undefined
  for (const part of branch.keys()) if (typeof part !== 'number') return undefined
  return [...branch].sort(([a], [b]) => Number(a) - Number(b)).map(([, value]) => value)
}
