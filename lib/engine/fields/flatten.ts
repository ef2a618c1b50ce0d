import type { Nested, NestedValue } from '../types'
import { isForbiddenKey } from './names'

export const maxFields = 500
const maxDepth = 16
const maxVisits = 10_000

type Entry = [name: string, value: NestedValue]
type Walk = { entries: Entry[]; visits: number }

/**
 * Values by dotted name. An array of plain values stays one value; an array that holds objects or arrays is taken
 * apart by position ("vehicle.0.make"). Leaves out keys that could reach a prototype; at most 500 fields.
 */
export function flattenNested(nested: Nested): [name: string, value: NestedValue][] {
  const walk: Walk = { entries: [], visits: 0 }
  visit(walk, '', nested, 0)
  return walk.entries
}

function visit(walk: Walk, prefix: string, value: object, depth: number): void {
  if (depth > maxDepth) return
  for (const [key, child] of entriesOf(value)) {
    if (walk.entries.length >= maxFields || ++walk.visits > maxVisits) return
    if (reachesPrototype(key)) continue
    const name = prefix === '' ? key : `${prefix}.${key}`
    if (isBranch(child)) visit(walk, name, child, depth + 1)
    else walk.entries.push([name, child])
  }
}

function entriesOf(value: object): Entry[] {
  try {
    return Object.entries(value)
  } catch {
    // A getter or a proxy that throws: nothing there can be read.
    return []
  }
}

function isBranch(value: NestedValue): value is NestedValue[] | Nested {
  if (typeof value !== 'object' || value === null) return false
  return !Array.isArray(value) || value.some((element) => typeof element === 'object' && element !== null)
}

const reachesPrototype = (key: string): boolean =>
  key.includes('.') ? key.split('.').some(isForbiddenKey) : isForbiddenKey(key)
