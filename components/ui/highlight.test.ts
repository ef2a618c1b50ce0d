import fc from 'fast-check'
import { expect, test } from 'vitest'
import { highlight, type Language, prettyJson, prettyXml } from './highlight'

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

test('XML is set out over lines, and nothing of it is lost', () => {
  expect(prettyXml('<?xml version="1.0"?><a x="1>0"><b>text</b><c/><d><e><![CDATA[<x>]]></e></d></a>')).toBe(
    '<?xml version="1.0"?>\n<a x="1>0">\n  <b>text</b>\n  <c/>\n  <d>\n    <e><![CDATA[<x>]]></e>\n  </d>\n</a>',
  )
  expect(prettyXml('no XML')).toBe('no XML')
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(prettyXml(text).replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''))
    }),
  )
})
