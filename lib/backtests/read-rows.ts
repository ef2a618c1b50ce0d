import { parse } from 'csv-parse/sync'
import type { Nested } from '../engine/index'
import { invalid } from '../errors'
import { err, ok, type Result } from '../result'
import { mostLeads } from './schema'

/** Reads a CSV file with names in its first row: a lead a row, columns by name, blank cells left out. */
export function readRows(text: string): Result<Nested[]> {
  const refuse = (message: string) => err(invalid(message, [{ path: 'leads.csv', message }]))
  let rows: string[][]
  try {
    rows = parse(text, { bom: true, skip_empty_lines: true, relax_column_count: true, relax_quotes: true, trim: true })
  } catch (error) {
    return refuse(`The file can’t be read: ${error instanceof Error ? error.message : 'it is no CSV'}`)
  }
  const [names = [], ...leads] = rows
  if (names.every((name) => name === '')) return refuse('The first row has to name the columns.')
  if (leads.length === 0) return refuse('There is no lead below the names of the columns.')
  if (leads.length > mostLeads)
    return refuse(`A backtest takes at most 10,000 leads, and the file has ${leads.length.toLocaleString('en-US')}.`)
  return ok(leads.map((cells) => leadOf(names, cells)))
}

function leadOf(names: readonly string[], cells: readonly string[]): Nested {
  const lead: Nested = {}
  for (const [index, name] of names.entries()) {
    const cell = cells[index]
    if (name !== '' && cell !== undefined && cell !== '') lead[name] = cell
  }
  return lead
}
