/** One part of where a value goes: a name, or a place in a list. */
export type Part = string | number

/** One value of a body and where it goes. */
export type Placed = { parts: readonly Part[]; value: unknown }

const forbidden = new Set(['__proto__', 'constructor', 'prototype'])
const isIndex = (piece: string) => /^(?:0|[1-9]\d{0,3})$/.test(piece)
const longestPath = 200

/** Dots part; a dot after a backslash belongs to a name. */
function piecesOf(path: string): string[] | undefined {
  const pieces = path.split(/(?<!\\)\./).map((piece) => piece.trim().replaceAll('\\.', '.'))
  return pieces.every((piece) => piece !== '' && !forbidden.has(piece)) ? pieces : undefined
}

/** The root is always an object, so that a first number is a name; `{3}` is a name anywhere. */
const partOf = (piece: string, index: number): Part => {
  const named = /^\{(\d+)\}$/.exec(piece)?.[1]
  if (named !== undefined) return named
  return index > 0 && isIndex(piece) ? Number(piece) : piece
}

/** Where a mapping goes in JSON: `a.b`, `a.0`, `a[0].b`; undefined when it is no path. */
export function jsonTarget(key: string): Part[] | undefined {
  const path = key
    .trim()
    .replace(/^\$\.?/, '')
    .replaceAll(/\.?(\{\d+\})/g, '.$1')
    .replaceAll(/\.?\[(\d+)\]/g, '.$1')
    .replace(/^\./, '')
  if (path.length > longestPath) return undefined
  return piecesOf(path)?.map(partOf)
}

/** Where a mapping goes in XML: as in JSON, with `@name` for an attribute, `#text` and `#cdata` at the end. */
export function xmlTarget(key: string): Part[] | undefined {
  const path = key
    .trim()
    .replaceAll(/\.?\[(\d+)\]/g, '.$1')
    .replace(/\.?(@[^.@#]+|#text|#cdata)$/, '.$1')
    .replace(/^\./, '')
  if (path.length > longestPath) return undefined
  return piecesOf(path)?.map(partOf)
}

/** Where a mapping goes in a form: its name as it is written; a number at the end is its place among several. */
export function formTarget(key: string): Part[] | undefined {
  const name = key.trim()
  if (name === '' || name.length > longestPath) return undefined
  const [, list, index] = /^(.+)\.(\d{1,4})$/.exec(name) ?? []
  return list !== undefined && isIndex(index ?? '') ? [list, Number(index)] : [name]
}
