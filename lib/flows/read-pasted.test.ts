import fc from 'fast-check'
import { expect, test } from 'vitest'
import { must, refusal } from '../../db/testing/index'
import { readPasted } from './read-pasted'
import { pastedBuyer } from './testing'

test('a configuration is read as it stands in a partner’s guide', () => {
  expect(must(readPasted(pastedBuyer()))).toMatchObject({
    manualBuyerConfig: {
      endpoint: { auth: { type: 'bearer', token: 'process.env.BUYER_API_TOKEN' } },
      request: { mappings: { zip: '{{lead.zip_code}}' } },
      response: { success_codes: [200, 201] },
    },
  })
})

test('bare keys, single quotes, comments, commas at the end and several declarations are read', () => {
  const text = `export const a = { 'x': [1, -2.5e1, .5,], y: \`two
lines\`, /* not */ z: true, w: undefined, } // end
let b = { token: process.env["KEY"], n: null };`
  expect(must(readPasted(text))).toEqual({
    a: { x: [1, -25, 0.5], y: 'two\nlines', z: true },
    b: { token: 'process.env["KEY"]', n: null },
  })
})

test('what can’t be read is refused with its line and character, and nothing is ever run', () => {
  const at = (text: string) => refusal(readPasted(text)).message
  expect(at('{\n  url: "https://x",\n  when: new Date()\n}')).toContain('line 3, character 9')
  expect(at('{ "a": 1 ')).toContain('A comma or } is missing')
  expect(at('{ "a": "open }')).toContain('A closing quote is missing')
  expect(at('')).toContain('Paste a configuration')
  expect(at('{ a: alert(1) }')).toContain('“alert” is not a value')
  expect(at(`${'['.repeat(5000)}`)).toContain('nested too deep')
})

test('all that JSON can say is read as JSON reads it, and no text throws', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(must(readPasted(text))).toEqual(JSON.parse(text))
      // The same text with something behind it takes the other way.
      expect(must(readPasted(`${text} // and so on`))).toEqual(JSON.parse(text))
    }),
  )
  fc.assert(fc.property(fc.string(), (text) => ['boolean'].includes(typeof readPasted(text).ok)))
})
