import { DOMParser, type Element } from '@xmldom/xmldom'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aBuyer, aFlow, begin, now } from '../fixtures'
import { type Request, renderRequest } from '../index'

type Values = Record<string, string>

const flowWith = (request: Partial<Request>, headers: Values = {}) =>
  aFlow({
    fields: ['one', 'two', 'three'].map((name) => ({ name, type: 'string' })),
    steps: [
      aBuyer('b', {
        connection: {
          method: 'manual',
          endpoint: { url: 'https://b.example.com/leads?own=1', headers },
          request: { mappings: {}, ...request },
        },
      }),
    ],
  })

function rendered(made: ReturnType<typeof flowWith>, lead: Values) {
  const { run } = begin(made, {})
  for (const [name, value] of Object.entries(lead))
    run.lead[name] = { type: 'string', raw: value, normal: value, valid: true }
  const request = renderRequest(made.flow, run, { stepId: 'b', eventId: 'e1', now })
  if (!request) throw new Error('nothing to send')
  return request
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: fc.constantFrom(...'<>&"\'\\/{}[]%=;:#\r\n\t ]]>-!a\ud800\udc00'), maxLength: 40 }),
  fc.constantFrom(
    ']]>',
    '<![CDATA[x]]>',
    '</r>',
    '<!--',
    '"/><x a="',
    '&amp;',
    '{{lead.two}}',
    '\r\nX-Evil: 1',
    '\ufffe',
    '__proto__',
  ),
)
const aLead = fc.record({ one: anyText, two: anyText })
const isSent = (text: string) => text.trim() !== ''
const legal = (text: string) => text.replace(/[^\P{Cc}\t\n\r\u007f-\u009f]|\p{Surrogate}|[\ufffe\uffff]/gu, '')
/** What a reader of XML makes of line ends that are written as they are. */
const linesOf = (text: string) => text.replace(/\r\n?/g, '\n')

function parsed(xml: string): Element {
  const errors: string[] = []
  const document = new DOMParser({ onError: (level, message) => errors.push(`${level}: ${message}`) }).parseFromString(
    xml,
    'text/xml',
  )
  expect(errors).toEqual([])
  if (!document.documentElement) throw new Error('no element')
  return document.documentElement
}

const childrenOf = (element: Element) => [...element.childNodes].filter((node): node is Element => node.nodeType === 1)
const namesIn = (element: Element): string[] => [element.localName ?? '', ...childrenOf(element).flatMap(namesIn)]

describe('whatever the values', () => {
  test('JSON parses back to them', () => {
    const mapped = flowWith({ mappings: { one: '{{lead.one}}', 'in.0.two': '{{lead.two}}' } })
    const written = flowWith({ body: '{"a":"<{{lead.one}}>","b":{{lead.two}},"c":[{{lead.three}}]}' })
    fc.assert(
      fc.property(aLead, (lead) => {
        expect(JSON.parse(rendered(mapped, lead).body)).toEqual({
          ...(isSent(lead.one) && { one: lead.one }),
          ...(isSent(lead.two) && { in: [{ two: lead.two }] }),
        })
        const { body, problem } = rendered(written, lead)
        expect(problem).toBeUndefined()
        expect(JSON.parse(body)).toEqual({ a: `<${lead.one}>`, b: isSent(lead.two) ? lead.two : null, c: [null] })
      }),
    )
  })

  test('XML parses back to them, and nothing adds an element', () => {
    const made = flowWith({
      format: 'xml',
      root: 'r',
      omit_when_empty: false,
      mappings: {
        't.@a': '{{lead.one}}',
        't.#text': '{{lead.two}}',
        'c.#cdata': '{{lead.one}}',
        'l.0': '{{lead.one}}',
        'l.1': 'x',
      },
    })
    fc.assert(
      fc.property(aLead, (lead) => {
        const root = parsed(rendered(made, lead).body)
        expect(namesIn(root)).toEqual(['r', 't', 'c', 'l', 'l'])
        const [t, c] = childrenOf(root)
        const sent = (text: string) => (isSent(text) ? legal(text) : '')
        expect(t?.getAttribute('a')).toBe(sent(lead.one))
        expect(t?.textContent).toBe(sent(lead.two))
        expect(c?.textContent).toBe(linesOf(sent(lead.one)))
      }),
    )
  })

  test('XML of a template parses back to them, and nothing adds an element', () => {
    const made = flowWith({
      format: 'xml',
      body: '<r a="{{lead.one}}" b=\'{{lead.two}}\'><t>{{lead.two}}</t><c><![CDATA[{{lead.one}}]]></c></r>',
    })
    fc.assert(
      fc.property(aLead, (lead) => {
        const { body, problem } = rendered(made, lead)
        expect(problem).toBeUndefined()
        const root = parsed(body)
        expect(namesIn(root)).toEqual(['r', 't', 'c'])
        const [t, c] = childrenOf(root)
        expect(t?.textContent).toBe(legal(lead.two))
        expect(c?.textContent).toBe(linesOf(legal(lead.one)))
      }),
    )
  })

  test('SOAP holds them, as XML within a text too', () => {
    const made = flowWith({
      format: 'soap12',
      omit_when_empty: false,
      mappings: { key: '{{lead.one}}', 'LeadXML.Lead.Name': '{{lead.two}}' },
      soap: { operation: 'Add', namespace: 'urn:x', text_arguments: ['LeadXML'], headers: { 'A.B': '{{lead.one}}' } },
    })
    fc.assert(
      fc.property(aLead, (lead) => {
        const envelope = parsed(rendered(made, lead).body)
        expect(namesIn(envelope)).toEqual(['Envelope', 'Header', 'A', 'B', 'Body', 'Add', 'key', 'LeadXML'])
        const inner = parsed(envelope.getElementsByTagName('LeadXML')[0]?.textContent ?? '')
        expect(namesIn(inner)).toEqual(['Lead', 'Name'])
        expect(inner.textContent).toBe(isSent(lead.two) ? legal(lead.two) : '')
      }),
    )
  })

  test('a form and an address decode back to them', () => {
    const mappings = { one: '{{lead.one}}', 'x[two]': '{{lead.two}}', list: '{{lead.one}}' }
    const [form, query] = [flowWith({ format: 'form', mappings }), flowWith({ format: 'query', mappings })]
    const wrapped = flowWith({ parameter: 'p', mappings: { one: '{{lead.one}}' }, parameters: { two: '{{lead.two}}' } })
    fc.assert(
      fc.property(aLead, (lead) => {
        const sent = Object.entries({ one: lead.one, 'x[two]': lead.two, list: lead.one })
          .filter(([, text]) => isSent(text))
          .map(([name, text]) => [name, text.toWellFormed()])
        expect([...new URLSearchParams(rendered(form, lead).body)]).toEqual(sent)
        expect([...new URL(rendered(query, lead).url).searchParams]).toEqual([['own', '1'], ...sent])
        const outer = new URLSearchParams(rendered(wrapped, lead).body)
        expect(JSON.parse(outer.get('p') ?? '{}')).toEqual(isSent(lead.one) ? { one: lead.one } : {})
      }),
    )
  })

  test('no header is added or broken', () => {
    const made = flowWith(
      { format: 'soap11', soap: { operation: 'A', action: 'urn:"a"' } },
      { 'X-A': '{{lead.one}}', 'X-B': 'b{{lead.two}}' },
    )
    fc.assert(
      fc.property(aLead, (lead) => {
        const { headers } = rendered(made, lead)
        for (const value of Object.values(headers)) expect(value).not.toMatch(/[\r\n\0]/)
        expect(new Set(Object.keys(headers))).toEqual(
          new Set(['SOAPAction', 'Content-Type', 'Accept', 'X-B', ...(headers['X-A'] === undefined ? [] : ['X-A'])]),
        )
      }),
    )
  })

  test('in ASCII everything is ASCII, and still the same document', () => {
    const made = flowWith({ ascii: true, body: '{"é":"“{{lead.one}}”","b":{{lead.two}}}' })
    const xml = flowWith({
      ascii: true,
      format: 'xml',
      root: 'r',
      mappings: { 'a.#text': '{{lead.one}}', 'b.@c': '{{lead.two}}' },
    })
    fc.assert(
      fc.property(aLead, (lead) => {
        const { body, problem } = rendered(made, lead)
        expect(problem).toBeUndefined()
        expect(body).toMatch(/^[\0-\x7f]*$/)
        const written = rendered(xml, lead).body
        expect(written).toMatch(/^[\0-\x7f]*$/)
        parsed(written)
      }),
    )
  })
})

test('whatever the paths, nothing throws, and XML is XML', () => {
  const key = fc.oneof(
    fc.string({ minLength: 1, maxLength: 12 }),
    fc.string({ unit: fc.constantFrom(...'ab.01@#[]{}:\\ '), minLength: 1, maxLength: 10 }),
  )
  fc.assert(
    fc.property(fc.dictionary(key, fc.constantFrom('x', '<', '{{lead.one}}'), { maxKeys: 6 }), (mappings) => {
      for (const format of ['json', 'form', 'query', 'xml', 'soap11'] as const) {
        const { body } = rendered(flowWith({ format, mappings, root: 'r', soap: { operation: 'o' } }), { one: '&' })
        if (format === 'json') JSON.parse(body)
      }
    }),
  )
})
