import { assert, asyncProperty, boolean, double, integer, option, record, string } from 'fast-check'
import { expect, test } from 'vitest'
import { pool } from '../../db/client'
import { testDatabase } from '../../db/testing/index'
import { uuidv7 } from '../ids'
import { rowText } from './row-text'

testDatabase()

type Row = {
  id: string
  name?: string | null
  is_test: boolean
  count?: number | null
  cents: number
  at: string
  kept?: unknown
  data?: unknown
}
const rows = rowText<Row>({
  id: 'uuid',
  name: 'text',
  is_test: 'boolean',
  count: 'integer',
  cents: 'bigint',
  at: 'timestamptz',
  kept: 'document',
  data: 'jsonb',
})
const read = async (written: Row[]) => {
  const found = await pool().sql.unsafe(`select ${rows.columns} from ${rows.from(1)}`, [rows.text(written)])
  return found.map((row) => ({
    ...row,
    cents: Number(row['cents']),
    at: new Date(row['at'] as string).toISOString(),
    kept: row['kept'] === null ? null : JSON.parse(row['kept'] as string),
  }))
}

const writable = (text: string): string =>
  [...text.toWellFormed()].map((sign) => ('\0\u001d\u001e\u001f'.includes(sign) ? '\ufffd' : sign)).join('')
const inJson = (text: string): string => text.toWellFormed().replaceAll('\0', '\ufffd')
const anything = string({ unit: 'binary', maxLength: 40 })

test('rows of any texts, documents and gaps come out of the database as they went in', async () => {
  const some = record({
    name: option(anything),
    is_test: boolean(),
    count: option(integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
    cents: integer({ min: -(10 ** 15), max: 10 ** 15 }),
    kept: option(record({ text: anything, number: double({ noNaN: true, noDefaultInfinity: true }) })),
    data: option(record({ text: anything })),
  })
  await assert(
    asyncProperty(some, some, async (one, other) => {
      const written = [one, other].map((row) => ({ ...row, id: uuidv7(), at: '2026-11-26T13:00:00.123Z' }))
      const expected = written.map((row) => ({
        ...row,
        name: row.name === null ? null : writable(row.name),
        kept: row.kept && { ...row.kept, text: inJson(row.kept.text), number: row.kept.number + 0 },
        data: row.data && { text: inJson(row.data.text) },
      }))
      expect(await read(written)).toEqual(expected)
    }),
    { numRuns: 300 },
  )
})

test('half of a character, a NUL and the three separators do not refuse a row, and no other row', async () => {
  const row = { id: uuidv7(), is_test: false, cents: 1, at: '2026-11-26T13:00:00.000Z' }
  const bad = 'a\ud800b\0c\u001d\u001e\u001f'
  const found = await read([{ ...row, name: bad, kept: { text: bad }, data: { text: bad } }, row])
  expect(found).toEqual([
    {
      ...row,
      name: 'a\ufffdb\ufffdc\ufffd\ufffd\ufffd',
      count: null,
      kept: { text: 'a\ufffdb\ufffdc\u001d\u001e\u001f' },
      data: { text: 'a\ufffdb\ufffdc\u001d\u001e\u001f' },
    },
    { ...row, name: null, count: null, kept: null, data: null },
  ])
})

test('no rows are no rows', async () => {
  expect(await read([])).toEqual([])
})
