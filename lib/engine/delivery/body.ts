import { pathParts } from './paths'

/** One value of a body and where it goes. */
export type Placed = { parts: readonly string[]; value: unknown }

type Branch = Map<string, unknown>
const isBranch = (value: unknown): value is Branch => value instanceof Map
const isIndex = (part: string) => /^(?:0|[1-9]\d{0,3})$/.test(part)

function place(root: Branch, { parts, value }: Placed): void {
  let branch = root
  for (const part of parts.slice(0, -1)) {
    const next = branch.get(part)
    if (isBranch(next)) branch = next
    else {
      const made: Branch = new Map()
      branch.set(part, made)
      branch = made
    }
  }
  branch.set(parts.at(-1) ?? '', value)
}

/** Numbered parts make a list; what was left out of it leaves no hole. The root is always an object. */
function build(branch: Branch, isRoot: boolean): unknown {
  const entries = [...branch]
  if (!isRoot && entries.length > 0 && entries.every(([part]) => isIndex(part))) {
    return entries
      .sort(([a], [b]) => Number(a) - Number(b))
      .map(([, value]) => (isBranch(value) ? build(value, false) : value))
  }
  // fromEntries defines properties instead of assigning them: no name reaches a prototype.
  return Object.fromEntries(entries.map(([part, value]) => [part, isBranch(value) ? build(value, false) : value]))
}

/** JSON of values at dotted paths, in their order; a later value of the same path replaces an earlier one. */
export function jsonBody(placed: readonly Placed[]): string {
  const root: Branch = new Map()
  for (const one of placed) place(root, one)
  return JSON.stringify(build(root, true))
}

/** Flat bodies, the usual kind, are written without building a tree. */
export function flatJsonBody(placed: readonly Placed[]): string {
  let body = ''
  for (const { parts, value } of placed) {
    const json = JSON.stringify(value)
    if (json !== undefined) body += `${body === '' ? '' : ','}${JSON.stringify(parts[0])}:${json}`
  }
  return `{${body}}`
}

/** Two mappings that can't both have their place: `a` and `a.b`. */
export function conflictsOf(keys: readonly string[]): { key: string; message: string }[] {
  const paths = keys.map((key) => ({ key, parts: pathParts(key) }))
  const leaves = new Map(paths.map(({ key, parts }) => [parts?.join('.') ?? key, key]))
  const found: { key: string; message: string }[] = []
  for (const { key, parts } of paths) {
    if (!parts) {
      found.push({ key, message: `“${key}” can’t name a property. Use names with dots between them.` })
      continue
    }
    const above = parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('.'))
    const clash = above.find((path) => leaves.has(path))
    if (clash) found.push({ key, message: `“${key}” has no place: “${leaves.get(clash)}” is a value already.` })
  }
  return found
}
