import fc from 'fast-check'
import { expect, test } from 'vitest'
import { highlight, type Language, prettyJson } from './highlight'

const languages: Language[] = ['json', 'shell', 'http', 'xml', 'text']

test('colouring never changes, loses or adds a character', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom(...languages), (code, language) => {
      expect(
        highlight(code, language)
          .map(({ text }) => text)
          .join(''),
      ).toBe(code)
    }),
  )
})

test('a key of JSON is told from a text', () => {
  expect(highlight('{"email": "a@b.test"}', 'json').map(({ kind }) => kind)).toContain('key')
})

test('what is not JSON is shown as it came', () => {
  expect(prettyJson('<html>')).toBe('<html>')
  expect(prettyJson('{"a":1}')).toBe('{\n  "a": 1\n}')
})
