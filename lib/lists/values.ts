import { createHash } from 'node:crypto'
import { parse } from 'csv-parse/sync'
import { type FieldType, parseField, resolveAlias, typeOfField } from '../engine/index'
import type { ListHash, RefusedValue } from './schema'

type Kind = { type: FieldType; hash: ListHash }
type Line = { line: number; value: string }

const digests: Record<Exclude<ListHash, 'none'>, RegExp> = {
  md5: /^[0-9a-f]{32}$/i,
  sha1: /^[0-9a-f]{40}$/i,
  sha256: /^[0-9a-f]{64}$/i,
}
const longest = 500

const digestOf = (hash: Exclude<ListHash, 'none'>, text: string) => createHash(hash).update(text).digest('hex')

/** A value in the form that it is compared in: normal for its type, lower case. */
function plainOf(type: FieldType, value: string): { value: string } | { reason: string } {
  const text = value.trim()
  if (text.length > longest) return { reason: `It is longer than ${longest} characters.` }
  if (type === 'string') return { value: text.toLowerCase() }
  const { valid, normal } = parseField(type, text)
  return valid && normal !== null
    ? { value: String(normal).toLowerCase() }
    : { reason: `It is no ${type.replaceAll('_', ' ')}.` }
}

/** What is kept of a value; one that is a digest already stays, and others are hashed in a list of hashes. */
export function entryOf({ type, hash }: Kind, value: string): { value: string } | { reason: string } {
  if (hash === 'none') return plainOf(type, value)
  if (digests[hash].test(value.trim())) return { value: value.trim().toLowerCase() }
  const plain = plainOf(type, value)
  return 'reason' in plain ? plain : { value: digestOf(hash, plain.value) }
}

/** What to look for when a lead's value, in normal form and lower case, is looked up. */
export const keyOf = (hash: ListHash, value: string): string => (hash === 'none' ? value : digestOf(hash, value))

/** Names that a column of such values goes by. */
function isHeadOf(type: FieldType, cell: string): boolean {
  const name = cell.trim().toLowerCase().replaceAll(/\s+/g, '_')
  return (
    name === type ||
    name === 'value' ||
    name === 'values' ||
    typeOfField(resolveAlias(name)) === type ||
    /^(md5|sha1|sha256|hash|hashed_\w+)$/.test(name)
  )
}

function columnOf(head: readonly string[], type: FieldType, column: string | undefined): number | undefined {
  if (column === undefined || column === '')
    return Math.max(
      0,
      head.findIndex((cell) => isHeadOf(type, cell)),
    )
  const named = head.findIndex((cell) => cell.trim().toLowerCase() === column.toLowerCase())
  if (named >= 0) return named
  return /^\d+$/.test(column) && Number(column) >= 1 && Number(column) <= head.length ? Number(column) - 1 : undefined
}

type CsvRow = { info: { lines: number }; record: string[] }

/**
 * The values of a file, each with its line: of CSV the column that is asked for, else the one whose heading names the
 * type, else the first. A heading is no value. Says in words why there is nothing to read.
 */
export function linesOf(text: string, { type, hash }: Kind, column?: string): Line[] | { problem: string } {
  let rows: CsvRow[]
  try {
    rows = parse(text, {
      bom: true,
      delimiter: [',', ';', '\t'],
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    }) as unknown as CsvRow[]
  } catch (cause) {
    return { problem: `The file can’t be read: ${cause instanceof Error ? cause.message : 'it is no CSV'}.` }
  }
  const head = rows[0]?.record ?? []
  const at = columnOf(head, type, column)
  if (at === undefined) return { problem: `There is no column “${column}”; there are ${head.join(', ')}.` }
  const first = head[at] ?? ''
  const isHeading =
    isHeadOf(type, first) ||
    (column !== undefined && first.trim().toLowerCase() === column.toLowerCase()) ||
    (type !== 'string' && head.length > 1 && 'reason' in entryOf({ type, hash }, first))
  return rows.slice(isHeading ? 1 : 0).flatMap(({ info, record }) => {
    const value = record[at] ?? ''
    return value.trim() === '' ? [] : [{ line: info.lines, value }]
  })
}

const mostRefused = 100

/** Values as they are kept, without doubles, and what is refused of them. */
export function readValues(lines: readonly Line[], kind: Kind) {
  const entries = new Set<string>()
  const refused: RefusedValue[] = []
  let refusedCount = 0
  for (const { line, value } of lines) {
    if (value.trim() === '') continue
    const entry = entryOf(kind, value)
    if ('value' in entry) {
      entries.add(entry.value)
      continue
    }
    refusedCount++
    if (refused.length < mostRefused) refused.push({ line, value: value.slice(0, 100), reason: entry.reason })
  }
  return { entries: [...entries], refused, refusedCount, given: lines.length }
}
