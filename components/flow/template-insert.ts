import { type FilterName, filterTable } from '@/lib/engine/schema'

/** A text after something was put in, and where the cursor goes. */
export type Inserted = { text: string; caret: number }

/** The output that a position stands in, or right behind: from its braces to what follows them. */
function outputAt(text: string, at: number): { open: number; close: number } | undefined {
  // Behind "}}" a filter belongs to what it closes.
  const before = text.slice(0, at).trimEnd().endsWith('}}') ? text.lastIndexOf('}}', at - 1) : at
  const open = text.lastIndexOf('{{', before)
  if (open < 0) return undefined
  const close = text.indexOf('}}', open)
  return close < 0 || close < before ? undefined : { open, close }
}

/** True where a position stands between the braces of an output. */
const isInside = (text: string, at: number) => text.lastIndexOf('{{', at - 1) > text.lastIndexOf('}}', at - 1)

/** Puts a variable where the cursor stands, in braces unless it stands in some. */
export function insertVariable(text: string, start: number, end: number, path: string): Inserted {
  const piece = isInside(text, start) ? path : `{{${path}}}`
  return { text: text.slice(0, start) + piece + text.slice(end), caret: start + piece.length }
}

/** "upcase", "slice: 0, 3": a filter as it is written, with the arguments it is usually given. */
export function filterText(name: FilterName): string {
  const entry = filterTable[name]
  return 'args' in entry ? `${name}: ${entry.args}` : name
}

/** Puts a filter behind the variable that the cursor is at; where there is none, with braces that wait for one. */
export function insertFilter(text: string, at: number, name: FilterName): Inserted {
  const output = outputAt(text, at)
  const written = filterText(name)
  if (!output) {
    const piece = `{{ | ${written}}}`
    return { text: text.slice(0, at) + piece + text.slice(at), caret: at + 2 }
  }
  const inner = text.slice(0, output.close).trimEnd()
  const next = `${inner} | ${written}`
  return { text: next + text.slice(output.close), caret: next.length }
}
