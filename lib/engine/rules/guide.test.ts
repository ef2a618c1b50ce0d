import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fieldTypes, opsFitting, phraseOf, ruleFunctions, ruleOps, ruleTable } from '../schema'

/* The guide is written for people, its tables by this: what is not in the engine can't stand in it. */

const cell = (text: string) => text.replaceAll('|', String.raw`\|`)
const row = (...cells: string[]) => `| ${cells.map(cell).join(' | ')} |`

const operatorRows = ruleOps.map((op) => {
  const { is, time, example, meaning } = ruleTable[op]
  const words = time ? `${is}; of days and times: ${time.is}` : is
  return row(words, `\`${op}\``, `\`${example}\``, meaning)
})
const typeRows = [...fieldTypes, 'weekday', 'clock'].map((type) =>
  row(
    `\`${type}\``,
    opsFitting(type)
      .map((op) => phraseOf(op, type).is)
      .join(', '),
  ),
)

/** Tables are padded to be read: how much is of no matter. */
const lines = (text: string) => text.split('\n').map((line) => line.replaceAll(/ +/g, ' ').trim())

const guide = readFileSync(new URL('../../../docs/guides/rules.md', import.meta.url), 'utf8')
const tableAfter = (heading: string) => {
  const [, rest = ''] = guide.split(`\n${heading}\n`)
  const [section = ''] = rest.split('\n## ')
  return lines(section)
    .filter((line) => line.startsWith('| '))
    .slice(2)
}

test('the guide names every operator with its words, its expression and its meaning, and no other', () => {
  expect(tableAfter('## Operators')).toEqual(lines(operatorRows.join('\n')))
})

test('the guide says of every type which operators fit it', () => {
  expect(tableAfter('## Which fit which')).toEqual(lines(typeRows.join('\n')))
})

test('the guide names every function', () => {
  const [, named = ''] = /Functions: ([^.]*)\./.exec(guide.replaceAll('\n', ' ')) ?? []
  expect(named.split(', ').map((name) => name.replaceAll('`', ''))).toEqual(Object.keys(ruleFunctions))
})
