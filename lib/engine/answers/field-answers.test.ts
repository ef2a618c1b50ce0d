import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { type Answer, explainAnswer, parserTypes, ResponseSpec, readAnswer, type Verdict } from '../index'

type Spec = z.input<typeof ResponseSpec>
const answered = (body: string, status = 200, contentType?: string): Answer => ({
  kind: 'answer',
  status,
  headers: contentType === undefined ? {} : { 'content-type': contentType },
  body,
})
const read = (spec: Spec, body: string, status = 200, contentType?: string): Verdict =>
  readAnswer(ResponseSpec.parse(spec), answered(body, status, contentType))

const soap11 = (inner: string) =>
  `<?xml version="1.0"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>${inner}</soap:Body></soap:Envelope>`

/** Answers as buyers' systems give them. */
const fromTheField: [string, Spec, string, number, Partial<Verdict>][] = [
  [
    'JSON with everything in it',
    { parser: { success_path: 'status', success_value: 'Accepted', id_path: 'lead.id', price_path: 'lead.payout' } },
    '{"status":"accepted","lead":{"id":881,"payout":"$45.50"}}',
    201,
    { outcome: 'accepted', buyerLeadId: '881', priceCents: 4550 },
  ],
  [
    'JSON that refuses with 200 and lists of errors',
    { parser: { success_path: 'success', reason_path: 'errors.*.message' } },
    '{"success":false,"errors":[{"message":"zip not covered"},{"message":" age "},{"message":"age"}]}',
    200,
    { outcome: 'rejected', reason: 'age, zip not covered' },
  ],
  [
    'JSON that is called HTML',
    { parser: { success_path: 'result', success_value: 1 }, content_type: 'application/json' },
    '\ufeff  {"result":"1"}',
    200,
    { outcome: 'accepted' },
  ],
  [
    'JSON in a call, as for a script',
    { parser: { success_path: 'ok' } },
    'callback({"ok":true});',
    200,
    { outcome: 'accepted' },
  ],
  [
    'JSON in the XML of an old web service',
    { parser: { success_path: 'Status', success_value: 'OK', id_path: 'Id' } },
    '<?xml version="1.0" encoding="utf-8"?>\n<string xmlns="http://tempuri.org/">{&quot;Status&quot;:&quot;OK&quot;,&quot;Id&quot;:7}</string>',
    200,
    { outcome: 'accepted', buyerLeadId: '7' },
  ],
  [
    'XML by dots, with or without its root',
    {
      parser: {
        type: 'xml',
        success_path: 'status',
        success_value: 'success',
        id_path: 'response.lead.@id',
        price_path: 'price',
      },
    },
    '<response><status>Success</status><lead id="A-1"/><price currency="USD">1,234.5</price></response>',
    200,
    { outcome: 'accepted', buyerLeadId: 'A-1', priceCents: 123_450 },
  ],
  [
    'XML by XPath, with namespaces and CDATA',
    { parser: { type: 'xml', success_path: '/result/code[.="0"]', reason_path: '//msg/text()' } },
    '<r:result xmlns:r="urn:x"><r:code>17</r:code><r:errors><r:msg><![CDATA[No <b>phone</b>]]></r:msg><r:msg>Bad zip</r:msg></r:errors></r:result>',
    200,
    { outcome: 'rejected', reason: 'Bad zip, No <b>phone</b>' },
  ],
  [
    'a SOAP answer',
    { parser: { type: 'xml', success_path: '//SubmitResult/Success', id_path: '//LeadId', price_path: '//Price' } },
    soap11(
      '<m:SubmitResponse xmlns:m="urn:leads"><m:SubmitResult><m:Success>true</m:Success><m:LeadId>99</m:LeadId><m:Price>20</m:Price></m:SubmitResult></m:SubmitResponse>',
    ),
    200,
    { outcome: 'accepted', buyerLeadId: '99', priceCents: 2000 },
  ],
  [
    'a SOAP 1.1 fault',
    {},
    soap11(
      '<soap:Fault><faultcode>soap:Server</faultcode><faultstring>Object reference not set</faultstring></soap:Fault>',
    ),
    500,
    { outcome: 'error', reason: 'Object reference not set' },
  ],
  [
    'a SOAP 1.2 fault with 200',
    { parser: { type: 'xml', success_path: '//Success' } },
    '<env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope"><env:Body><env:Fault><env:Code><env:Value>env:Sender</env:Value></env:Code><env:Reason><env:Text xml:lang="en">Unknown operation</env:Text></env:Reason></env:Fault></env:Body></env:Envelope>',
    200,
    { outcome: 'error', reason: 'Unknown operation' },
  ],
  [
    'a SOAP fault that a condition knows as a refusal',
    {
      parser: { type: 'xml' },
      conditions: [{ path: '//faultstring', contains: 'zip', outcome: 'rejected', reason: '{{value}}' }],
    },
    soap11('<soap:Fault><faultstring>Zip is not covered</faultstring></soap:Fault>'),
    500,
    { outcome: 'rejected', reason: 'Zip is not covered' },
  ],
  [
    'an HTML page',
    {
      parser: {
        type: 'html',
        success_path: 'div.result.ok',
        reason_path: '#message @data-reason',
        id_path: 'ul > li:nth-child(2)',
      },
    },
    '<!doctype html><html><body><p>Hi<div class="result ok">Thanks</div><ul><li>a<li> L-5 </ul><i id=message data-reason="None"></i>',
    200,
    { outcome: 'accepted', buyerLeadId: 'L-5' },
  ],
  [
    'an HTML page that refuses',
    { parser: { type: 'html', success_path: '.ok', reason_path: 'td.error, p[class^=err]' } },
    '<table><tr><td class="error">  Bad\n  phone </td></tr></table><p class="err1">Bad phone</p>',
    200,
    { outcome: 'rejected', reason: 'Bad phone' },
  ],
  [
    'text in pieces',
    { parser: { type: 'text', success_path: '0', success_value: 'OK', id_path: '1', price_path: '2' } },
    'OK|123|45.00\n',
    200,
    { outcome: 'accepted', buyerLeadId: '123', priceCents: 4500 },
  ],
  [
    'text in pieces that refuses',
    { parser: { type: 'text', success_path: '0', success_value: 'OK', reason_path: '1' } },
    'ERROR|Invalid State',
    200,
    { outcome: 'rejected', reason: 'Invalid State' },
  ],
  [
    'text by patterns, capitals and all',
    { parser: { type: 'regex', success_path: '^accepted', reason_path: 'Error: (\\D+)', id_path: 'id=(\\w+)' } },
    'Rejected. ERROR: No Such State',
    200,
    { outcome: 'rejected', reason: 'No Such State' },
  ],
  [
    'a name and its values',
    { parser: { type: 'regex', success_path: '/\\bstatus=ok\\b/i', price_path: 'price=([\\d.]+)' } },
    'status=OK&price=12.5&id=4',
    200,
    { outcome: 'accepted', priceCents: 1250 },
  ],
  [
    '200 with an error in it',
    { conditions: [{ contains: 'exception', outcome: 'error', reason: 'Buyer is broken' }] },
    'Fatal Exception in lead.php on line 3',
    200,
    { outcome: 'error', reason: 'Buyer is broken' },
  ],
  [
    'a duplicate by its words',
    { conditions: [{ matches: 'duplicate|already (exists|received)', outcome: 'duplicate' }] },
    '{"error":"Lead already exists"}',
    422,
    { outcome: 'rejected', reason: 'Duplicate', duplicate: true },
  ],
  [
    'a duplicate by its path',
    { parser: { success_path: 'ok', duplicate_path: 'code', duplicate_value: 'DUP', id_path: 'id' } },
    '{"ok":false,"code":"dup","id":5}',
    409,
    { outcome: 'rejected', reason: 'Duplicate', duplicate: true },
  ],
  [
    'a success code of its own',
    { conditions: [{ codes: [302], outcome: 'accepted' }], fallback_price: 12.5 },
    '',
    302,
    { outcome: 'accepted', priceCents: 1250 },
  ],
  [
    'a refusal without words',
    { default_reason: 'Buyer said no', parser: { success_path: 'ok', reason_path: 'why' } },
    '{"ok":false}',
    200,
    { outcome: 'rejected', reason: 'Buyer said no' },
  ],
]

describe('an answer from the field is understood', () => {
  test.each(fromTheField)('%s', (_, spec, body, status, expected) => {
    expect(read(spec, body, status)).toEqual({ statusCode: status, ...expected })
  })
})

test.each([
  ['45', 4500],
  [45.5, 4550],
  ['$1,234.50', 123_450],
  ['45,00 €', 4500],
  ['1.234,50', 123_450],
  ['USD 45', 4500],
  ['£7', 700],
  ['45.00 USD', 4500],
  ['-5', undefined],
  ['free', undefined],
  ['', undefined],
  [true, undefined],
  [null, undefined],
])('a price of %j is %j cents', (price, cents) => {
  const spec: Spec = { parser: { price_path: 'price' } }
  expect(read(spec, JSON.stringify({ price })).priceCents).toBe(cents)
  expect(read({ ...spec, fallback_price: 1 }, JSON.stringify({ price })).priceCents).toBe(cents ?? 100)
})

describe('conditions', () => {
  const spec: Spec = {
    parser: { success_path: 'ok', reason_path: 'why' },
    conditions: [
      { codes: [400, 422], path: 'code', equals: 7, outcome: 'error', reason: 'Seven ({{status_code}}): {{reason}}' },
      { codes: [422], outcome: 'duplicate' },
      { path: 'sold', outcome: 'accepted' },
    ],
  }
  test('are tried in their order, and the first that fits decides', () => {
    expect(read(spec, '{"code":"7","why":"x"}', 422)).toMatchObject({ outcome: 'error', reason: 'Seven (422): x' })
    expect(read(spec, '{"code":8}', 422)).toMatchObject({ outcome: 'rejected', duplicate: true })
    expect(read(spec, '{"sold":"yes"}', 500)).toMatchObject({ outcome: 'accepted' })
    expect(read(spec, '{"sold":false,"ok":1}', 200)).toMatchObject({ outcome: 'accepted' })
  })
  test('leave everything else to the rules there are without them', () => {
    expect(read(spec, '{"ok":false,"why":"No"}', 200)).toMatchObject({ outcome: 'rejected', reason: 'No' })
    expect(read(spec, '', 503)).toMatchObject({ outcome: 'error' })
  })
  test('say which one decided, and what each saw', () => {
    const { verdict, decided, conditions } = explainAnswer(ResponseSpec.parse(spec), answered('{"code":8}', 422))
    expect(verdict.outcome).toBe('rejected')
    expect(decided).toEqual({ by: 'condition', at: 'conditions.1', words: 'Condition 2 decides: 422 is one of 422.' })
    expect(conditions.map(({ result }) => result)).toEqual(['does not fit', 'fits', 'not looked at'])
    expect(conditions[0]?.words).toBe('422 is one of 400, 422, but “code” is not one that is “7”: it says “8”')
  })
})

describe('captured values', () => {
  const good = { score: 'data.score', tags: 'data.tags.*', deep: 'data.deep', none: 'data.none' }
  test('are taken from refusals too: one by itself, several as a list, an object as JSON', () => {
    const body = '{"ok":false,"data":{"score":7.5,"tags":["a","b"],"deep":{"42":{"x":1}}}}'
    expect(read({ parser: { success_path: 'ok' }, capture: good }, body).captured).toEqual({
      score: 7.5,
      tags: ['a', 'b'],
      deep: '{"42":{"x":1}}',
    })
  })
  test('may have numbers in their paths', () => {
    expect(read({ capture: { first: 'a.0.1', key: '42.x' } }, '{"a":[[1,"two"]],"42":{"x":"y"}}').captured).toEqual({
      first: 'two',
      key: 'y',
    })
  })
  test('are bounded: long text is cut, a long object is left out', () => {
    const body = JSON.stringify({ text: 'x'.repeat(5000), object: { x: 'y'.repeat(5000) }, list: Array(500).fill(1) })
    const { captured } = read({ capture: { text: 'text', object: 'object', list: 'list' } }, body)
    expect(captured).toMatchObject({ text: 'x'.repeat(2000) })
    expect(captured?.['list']).toHaveLength(50)
    expect(captured).not.toHaveProperty('object')
  })
  test('have names that are names', () => {
    expect(ResponseSpec.safeParse({ capture: { 42: 'x' } }).success).toBe(false)
  })
})

describe('whatever a buyer answers', () => {
  const path = fc.oneof(
    fc.constantFrom(
      'a',
      'a.*.b',
      '0',
      '//a[b="x"][1]/text()',
      '/a/@*',
      'div > p',
      '.x:nth-child(2n+1) @id',
      '(.*)',
      'a*b',
    ),
    fc.string({ maxLength: 30 }),
  )
  const parser = fc.record(
    {
      type: fc.constantFrom(...parserTypes),
      success_path: path,
      duplicate_path: path,
      reason_path: path,
      price_path: path,
      id_path: path,
    },
    { requiredKeys: [] },
  )
  const condition = fc.record(
    {
      codes: fc.array(fc.constantFrom(200, 400, 500)),
      path,
      contains: fc.string({ maxLength: 5 }),
      reason: fc.string({ maxLength: 20 }),
      outcome: fc.constantFrom('accepted' as const, 'rejected' as const, 'duplicate' as const, 'error' as const),
    },
    { requiredKeys: ['outcome'] },
  )
  const specs = fc.record(
    {
      parser,
      conditions: fc.array(condition, { maxLength: 3 }),
      capture: fc.record({ one: path, two: path }),
      content_type: fc.string({ maxLength: 20 }),
    },
    { requiredKeys: [] },
  )
  const markup = fc
    .array(
      fc.constantFrom(
        '<a>',
        '</a>',
        '<a b="x">',
        '<b>x</b>',
        '<![CDATA[',
        ']]>',
        '<!--',
        '-->',
        '<!DOCTYPE a [<!ENTITY e "e">]>',
        '&e;',
        '&lt;',
        '<p',
        'x',
        '<soap:Envelope>',
        '<Body>',
        '<Fault>',
      ),
    )
    .map((parts) => parts.join(''))
  const bodies = fc.oneof(fc.string(), fc.json(), markup, fc.string({ unit: 'binary' }))
  const statuses = fc.oneof(fc.constantFrom(200, 204, 302, 400, 401, 422, 500), fc.integer({ min: 100, max: 599 }))

  test('reading it never throws, and explaining it says the same', () => {
    fc.assert(
      fc.property(specs, bodies, statuses, (spec, body, status) => {
        const parsed = ResponseSpec.parse(spec)
        const verdict = readAnswer(parsed, answered(body, status))
        expect(explainAnswer(parsed, answered(body, status)).verdict).toEqual(verdict)
        expect(['accepted', 'rejected', 'error']).toContain(verdict.outcome)
        expect(verdict.reason?.length ?? 0).toBeLessThanOrEqual(500)
        expect(verdict.outcome === 'accepted' || verdict.reason).toBeTruthy()
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    ['nested elements', 'xml', '//a//a//a//a[b]', '<a>'.repeat(60_000)],
    ['siblings', 'xml', '//a[b]/..//a[last()]', `<r>${'<a><b/></a>'.repeat(20_000)}</r>`],
    ['nested blocks', 'html', 'div div div div div:not(.x) ~ div @id', '<div>'.repeat(40_000)],
    ['a list', 'html', 'li ~ li ~ li + li:nth-child(2n)', `<ul>${'<li>x'.repeat(40_000)}`],
    ['deep lists', 'json', 'a.*.*', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['text that nearly fits', 'regex', '(a+)+b.*(a|aa)+$', 'a'.repeat(250_000)],
  ] as const)('%s of 256 KiB end soon', (_, type, hard, body) => {
    const spec = ResponseSpec.parse({
      parser: { type, success_path: hard, reason_path: hard },
      capture: { all: hard },
      conditions: [{ path: hard, equals: 'never', outcome: 'accepted' }],
    })
    expect(readAnswer(spec, answered(body.slice(0, 262_144))).statusCode).toBe(200)
  })
})
