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
