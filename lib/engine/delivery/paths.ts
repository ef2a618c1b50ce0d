const forbidden = new Set(['__proto__', 'constructor', 'prototype'])

const remembered = new Map<string, string[] | undefined>()

/** Parts of a dotted path; `a[0].b` and `$.a.0.b` say the same. Undefined when it is not one. */
export function pathParts(path: string): string[] | undefined {
  if (remembered.has(path)) return remembered.get(path)
  const parts = splitPath(path)
  if (remembered.size < 5_000) remembered.set(path, parts)
  return parts
}

function splitPath(path: string): string[] | undefined {
  const plain = path
    .trim()
    .replace(/^\$\.?/, '')
    .replaceAll(/\[(\d+|\*)\]/g, '.$1')
    .replace(/^\./, '')
  if (plain === '' || plain.length > 200) return undefined
  const parts = plain.split('.')
  return parts.some((part) => part.trim() === '' || forbidden.has(part)) ? undefined : parts
}

const mostFound = 100

function step(value: unknown, part: string): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  if (part === '*') return Array.isArray(value) ? value : Object.values(value)
  return Object.hasOwn(value, part) ? [(value as Record<string, unknown>)[part]] : []
}

/** What stands at a path of a JSON document: `*` means every element or property, a number an element. At most 100. */
export function valuesAt(document: unknown, parts: readonly string[]): unknown[] {
  let found: unknown[] = [document]
  for (const part of parts) found = found.slice(0, mostFound).flatMap((value) => step(value, part))
  return found.slice(0, mostFound)
}
