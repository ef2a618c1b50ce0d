import { asJson } from './as-json'

/** Column types of rows that are sent as text. A `document` is a JSON value that the table keeps as it was written. */
type ColumnType = 'uuid' | 'text' | 'boolean' | 'smallint' | 'integer' | 'bigint' | 'timestamptz' | 'jsonb' | 'document'
type Columns<Row> = { readonly [Name in keyof Row]-?: ColumnType }

/** How rows of one kind travel as one parameter of a prepared statement. */
export type RowText<Row> = {
  /** The names of the columns, for an `insert`. */
  columns: string
  /** A `from` item named `x`: the rows of the statement's parameter $n. */
  from: (n: number) => string
  /** The parameter. */
  text: (rows: readonly Row[]) => string
}

// Control characters that JSON escapes and no text of a lead has; where one does have them, it loses them.
const noValue = '\x1d'
const rowEnd = '\x1e'
const columnEnd = '\x1f'
const reserved = new RegExp(`[\\0${noValue}-${columnEnd}]`, 'g')

const clean = (text: string): string => (text.search(reserved) < 0 ? text : text.replace(reserved, '\ufffd'))

const writers: Partial<Record<ColumnType, (value: never) => string>> = {
  text: clean,
  jsonb: asJson,
  document: asJson,
}

/**
 * Rows as one text, split in the statement and cast there. Postgres reads it in half the time of `json_to_recordset`,
 * which checks the text, parses it, and parses documents in it once more (decision 100).
 */
export function rowText<Row extends object>(columns: Columns<Row>): RowText<Row> {
  const types = Object.entries(columns) as [keyof Row & string, ColumnType][]
  const names = types.map(([name]) => `"${name}"`).join(', ')
  const casts = types.map(
    ([name, type], index) => `a[${index + 1}]::${type === 'document' ? 'text' : type} as "${name}"`,
  )
  const written = types.map(([name, type], index) => ({
    name,
    before: index === 0 ? '' : columnEnd,
    write: writers[type] as ((value: unknown) => string) | undefined,
  }))
  const ofRow = (row: Row): string => {
    let text = ''
    for (const { before, name, write } of written) {
      const value = row[name]
      text += before
      text += value === undefined || value === null ? noValue : write ? write(value) : String(value)
    }
    return text
  }
  return {
    columns: names,
    from: (n) => `(select ${casts.join(', ')} from (
      select string_to_array(r, E'\\x1f', E'\\x1d') as a
      from unnest(string_to_array($${n}::text, E'\\x1e')) as r offset 0) as r) as x`,
    text: (rows) => rows.map(ofRow).join(rowEnd),
  }
}
