/** One value that a change set: where, from what, to what. Absent is "not there". */
export type ValueChange = { path: string; before?: string; after?: string }

const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const plural = (count: number) => `${count} ${count === 1 ? 'entry' : 'entries'}`

function textOf(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'nothing'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (!Array.isArray(value)) return isGroup(value) ? JSON.stringify(value) : String(value)
  if (value.length === 0) return 'none'
  return value.some(isGroup) ? plural(value.length) : value.map(textOf).join(', ')
}

function flat(value: unknown, path: string, into: Map<string, string>): void {
  if (isGroup(value)) for (const [key, item] of Object.entries(value)) flat(item, path ? `${path}.${key}` : key, into)
  else if (value !== undefined && value !== null) into.set(path || 'value', textOf(value))
}

const flattened = (value: unknown) => {
  const values = new Map<string, string>()
  flat(value, '', values)
  return values
}

const ids = /(^|\.)(id|by|[a-z]+_id|[a-z]+Id)$/
const empty = new Set(['none', 'nothing', undefined])

/** Ids say nothing to a person, nor does an empty setting of something new. */
const isDull = (path: string, was: string | undefined, is: string | undefined) =>
  ids.test(path) || (empty.has(was) && empty.has(is))

/** What a change changed, value by value; what stayed is left out. */
export function changesOf(before: unknown, after: unknown): ValueChange[] {
  const [old, fresh] = [flattened(before), flattened(after)]
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .filter((path) => old.get(path) !== fresh.get(path) && !isDull(path, old.get(path), fresh.get(path)))
    .map((path) => {
      const [was, is] = [old.get(path), fresh.get(path)]
      return { path, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) }
    })
}

/** "sharedFields" and "live_version" as people read them. */
export const pathWords = (path: string): string =>
  path
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()
