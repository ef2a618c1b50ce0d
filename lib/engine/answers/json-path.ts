const mostFound = 100

function step(value: unknown, part: string): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  if (part === '*') return Array.isArray(value) ? value : Object.values(value)
  return Object.hasOwn(value, part) ? [(value as Record<string, unknown>)[part]] : []
}

/** Most paths have no star, and lead to one value or none. */
function valueAt(document: unknown, parts: readonly string[]): unknown[] {
  let value = document
  for (const part of parts) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return []
    value = (value as Record<string, unknown>)[part]
  }
  return [value]
}

/** What stands at a path of a JSON document: `*` means every element or property, a number an element. At most 100. */
export function valuesAt(document: unknown, parts: readonly string[]): unknown[] {
  if (!parts.includes('*')) return valueAt(document, parts)
  let found: unknown[] = [document]
  for (const part of parts) found = found.slice(0, mostFound).flatMap((value) => step(value, part))
  return found.slice(0, mostFound)
}
