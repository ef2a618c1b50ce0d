import { describe, expect, test } from 'vitest'
import { aBuyer, aFlow, begin, inputOf, now } from '../fixtures'
import { checkFlow, type Nested, type Request, type RequestMethod, renderRequest } from '../index'

type RequestInput = Partial<Request>
type More = {
  url?: string
  method?: RequestMethod
  headers?: Record<string, string>
}

const flowWith = (request: RequestInput, { url = 'https://b.example.com/leads', ...more }: More = {}) => ({
  fields: [
    ...['fname', 'lname', 'note', 'many'].map((name) => ({ name, type: 'string' as const })),
    { name: 'postal_code', type: 'postal_code' as const },
    { name: 'phone_1', type: 'phone' as const },
    { name: 'boolean', type: 'boolean' as const },
    { name: 'gender', type: 'gender' as const },
    { name: 'number', type: 'number' as const },
    { name: 'range', type: 'range' as const },
    { name: 'ssn', type: 'ssn' as const },
    { name: 'dob', type: 'dob' as const },
  ],
  steps: [
    aBuyer('b', {
      connection: { method: 'manual', endpoint: { url, ...more }, request: { mappings: {}, ...request } },
    }),
  ],
})

function sent(request: RequestInput, submitted: Nested = {}, more: More = {}) {
  const made = aFlow(flowWith(request, more))
  const { run } = begin(made, submitted)
  const rendered = renderRequest(made.flow, run, { stepId: 'b', eventId: 'e1', now })
  if (!rendered) throw new Error('nothing to send')
  return rendered
}
const body = (request: RequestInput, submitted: Nested = {}) => sent(request, submitted).body
const xml = (request: RequestInput, submitted: Nested = {}) =>
  body({ format: 'xml', ...request }, submitted).replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n?/, '')
const problems = (request: RequestInput, more: More = {}) =>
  checkFlow(
    inputOf({ ...flowWith(request, more), feedback: { return: { allowed: false }, conversion: { allowed: false } } }),
  ).map(({ severity, path, message }) => `${severity} ${path.replace('steps.0.connection.', '')}: ${message}`)

describe('JSON', () => {
  test.each<[RequestInput['mappings'], unknown]>([
    [
      { fname: 'Mel', lname: 'Gibson' },
      { fname: 'Mel', lname: 'Gibson' },
    ],
    [{ 'foo.bar.baz': 'bip' }, { foo: { bar: { baz: 'bip' } } }],
    [{ 'foo.0': 'baz', 'foo.1': '{{lead.fname}}', 'foo.2': 'bip' }, { foo: ['baz', 'bip'] }],
    [
      { '0.foo.bar': 'baz', bip: 'bap' },
      { 0: { foo: { bar: 'baz' } }, bip: 'bap' },
    ],
    [{ 'a[1].x': 1, 'a[0].x': 2 }, { a: [{ x: 2 }, { x: 1 }] }],
    [{ 'data{123}.value': 'v' }, { data: { 123: { value: 'v' } } }],
    [{ 'a\\.b': 1 }, { 'a.b': 1 }],
  ])('%j becomes %j', (mappings, expected) => {
    expect(JSON.parse(body({ mappings: mappings ?? {} }))).toEqual(expected)
  })

  test('holds typed values in their normal form', () => {
    const mappings = {
      postal_code: '{{lead.postal_code}}',
      phone: '{{lead.phone_1}}',
      boolean: '{{lead.boolean}}',
      gender: '{{lead.gender}}',
      number: '{{lead.number}}',
      range: '{{lead.range}}',
    }
    const submitted = {
      postal_code: '78704',
      phone_1: '512-789-1111 x123',
      boolean: 'T',
      gender: 'F',
      number: '$100,000.00',
      range: '1,000-2,000',
    }
    expect(body({ mappings }, submitted)).toBe(
      '{"postal_code":"78704","phone":"5127891111x123","boolean":true,"gender":"female","number":100000,"range":"1000-2000"}',
    )
  })

  test('goes by any method that carries a body', () => {
    expect(sent({ mappings: { a: 1 } }, {}, { method: 'PUT' }).method).toBe('PUT')
    expect(problems({ mappings: { a: 1 } }, { method: 'GET' })).toEqual([
      'error endpoint.method: GET has no body. Choose query parameters as the format, or another method.',
    ])
  })
})

describe('a form', () => {
  test.each<[RequestInput, string]>([
    [{ mappings: { 'foo.bar.baz.0': 'bip', 'foo.bar.baz.1': 'bap' } }, 'foo.bar.baz=bip&foo.bar.baz=bap'],
    [{ mappings: { 'a.1': 'second', b: 'x', 'a.0': 'first' } }, 'a=first&a=second&b=x'],
    [{ mappings: { 'foo[bar]': 42, 'foo[baz]': 'zippity[do]' } }, 'foo%5Bbar%5D=42&foo%5Bbaz%5D=zippity%5Bdo%5D'],
    [
      { mappings: { 'foo[bar]': 42, 'foo[baz]': 'zippity[do]' }, encode_names: false },
      'foo[bar]=42&foo[baz]=zippity%5Bdo%5D',
    ],
    [{ mappings: { a: '{{lead.many}}' }, lists: 'brackets' }, 'a%5B%5D=x&a%5B%5D=y'],
    [{ mappings: { 'a[]': '{{lead.many}}' }, encode_names: false }, 'a[]=x&a[]=y'],
    [{ mappings: { a: '{{lead.many}}' }, lists: 'indexes', encode_names: false }, 'a[0]=x&a[1]=y'],
    [{ mappings: { a: '{{lead.many}}' }, lists: 'commas' }, 'a=x%2Cy'],
    [{ mappings: { 'a&b=': 'c&d=e é' }, encode_names: false }, 'a%26b%3D=c%26d%3De%20%C3%A9'],
  ])('of %j is %s', (request, expected) => {
    const rendered = sent({ format: 'form', ...request }, { many: ['x', 'y'] })
    expect(rendered.body).toBe(expected)
    expect(rendered.headers['Content-Type']).toBe('application/x-www-form-urlencoded; charset=utf-8')
  })

  test('carries JSON or XML in a parameter, with others beside it', () => {
    const wrapped: RequestInput = { parameter: 'element', parameters: { key: 'k1', st: '{{lead.note}}' } }
    const submitted = { fname: 'Mel & "Co"' }
    const json = sent({ ...wrapped, mappings: { 'a.n': '{{lead.fname}}' } }, submitted)
    expect(new URLSearchParams(json.body).get('element')).toBe('{"a":{"n":"Mel & \\"Co\\""}}')
    expect(new URLSearchParams(json.body).get('key')).toBe('k1')
    expect(json.headers['Content-Type']).toMatch(/^application\/x-www-form-urlencoded/)
    const inXml = body({ ...wrapped, format: 'xml', mappings: { 'l.n': '{{lead.fname}}' } }, submitted)
    expect(new URLSearchParams(inXml).get('element')).toMatch(/<l><n>Mel &amp; "Co"<\/n><\/l>$/)
    expect(body({ ...wrapped, mappings: {} })).toBe('key=k1')
  })
})

describe('query parameters', () => {
  test('are asked for by GET, without a body', () => {
    expect(
      sent({ format: 'query', mappings: { fname: 'Mel', lname: 'Gibson' } }, {}, { url: 'http://foo.bar' }),
    ).toMatchObject({
      method: 'GET',
      url: 'http://foo.bar?fname=Mel&lname=Gibson',
      body: '',
      headers: { Accept: expect.any(String) },
    })
  })

  test('are merged into those of the address', () => {
    const mappings = { first_name: 'Joe', last_name: 'Blow', email: 'jblow@test.com', price: 1.5 }
    const { url } = sent({ format: 'query', mappings }, {}, { url: 'https://x.com/?first_name=Bobby&aff_id=123#top' })
    expect(url).toBe('https://x.com/?first_name=Joe&aff_id=123&last_name=Blow&email=jblow%40test.com&price=1.5')
  })
})

describe('XML', () => {
  test.each<[RequestInput, string]>([
    [{ mappings: { 'foo.bar.0': 'bip', 'foo.bar.2': 'bap' } }, '<foo><bar>bip</bar><bar>bap</bar></foo>'],
    [{ mappings: {} }, ''],
    [{ mappings: {}, root: 'lead' }, '<lead/>'],
    [
      { mappings: { 'a.@id': 7, 'a.#text': 'x < y', 'b.#cdata': 'a ]]> b', '@v': '1' }, root: 'l xmlns="urn:x"' },
      '<l xmlns="urn:x" v="1"><a id="7">x &lt; y</a><b><![CDATA[a ]]]]><![CDATA[> b]]></b></l>',
    ],
    [{ mappings: { 'r.n#cdata': '<b>', 'r.m@x': '"' } }, '<r><n><![CDATA[<b>]]></n><m x="&quot;"/></r>'],
    [{ mappings: { 'r.note': '<![CDATA[{{lead.fname}}]]>' } }, '<r><note><![CDATA[<i>]]></note></r>'],
    [
      { mappings: { 'r.c.0.name': 'A', 'r.c.1.name': 'B', 'r.c.1.@id': 2 } },
      '<r><c><name>A</name></c><c id="2"><name>B</name></c></r>',
    ],
    [{ mappings: { 'r.many': '{{lead.many}}' } }, '<r><many>x</many><many>y</many></r>'],
    [{ mappings: { 'x:r.x:a': 1 } }, '<x:r><x:a>1</x:a></x:r>'],
  ])('of %j', (request, expected) => {
    expect(xml(request, { fname: '<i>', many: ['x', 'y'] })).toBe(expected)
  })

  test('leaves out what no document can hold', () => {
    expect(xml({ mappings: { 'r.a': 'x\u0001\u000b\ufffey' } })).toBe('<r><a>xy</a></r>')
  })

  test('is checked when it is saved', () => {
    expect(problems({ format: 'xml', mappings: { a: 1, 'b.c': 2 } })).toEqual([
      'error request.root: Name the root element: a document has one element around all others.',
    ])
    const names = { 'first name': 1, '@id.x': 2, '1st': 3, 'a.0.b': 4 }
    expect(problems({ format: 'xml', root: 'l', mappings: names })).toEqual([
      expect.stringContaining('error request.mappings.first name: “first name” is no name in XML'),
      expect.stringContaining('“@id” has no place but the end of a path'),
      expect.stringContaining('“1st” is no name in XML'),
    ])
    expect(problems({ format: 'xml', root: 'l', mappings: { a: 1, 'a.@id': 2 } })).toEqual([
      expect.stringContaining('Map the text of the element as “a.#text”'),
    ])
    expect(problems({ format: 'xml', root: 'l a=1', mappings: { a: 1 } })[0]).toMatch(/name="value" \(character 2\)/)
    expect(problems({ format: 'xml', root: 'x:l', mappings: { 'x:a': 1 } })).toEqual([
      expect.stringMatching(/warning .*The prefix “x” is not declared/),
    ])
  })
})

describe('SOAP', () => {
  const soap = { operation: 'AddLead', namespace: 'urn:leads', action: 'urn:leads/AddLead' }

  test('1.1 has an envelope, a header for its action, and custom headers', () => {
    const request: RequestInput = {
      format: 'soap11',
      mappings: { name: '{{lead.fname}}', 'Contact.Email': 'a@b.c' },
      soap: { ...soap, headers: { 'Auth.@xmlns': 'urn:auth', 'Auth.Key': 'k<1' } },
    }
    const rendered = sent(request, { fname: 'A & B' }, { headers: { 'X-Partner': 'p1' } })
    expect(rendered.headers).toEqual({
      'Content-Type': 'text/xml; charset=utf-8',
      Accept: expect.stringMatching(/^text\/xml/),
      SOAPAction: '"urn:leads/AddLead"',
      'X-Partner': 'p1',
    })
    expect(rendered.body).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Header><Auth xmlns="urn:auth"><Key>k&lt;1</Key></Auth></soap:Header><soap:Body><AddLead xmlns="urn:leads"><name>A &amp; B</name><Contact><Email>a@b.c</Email></Contact></AddLead></soap:Body></soap:Envelope>',
    )
  })

  test('1.2 names its action in the Content-Type; a prefix leaves arguments out of the namespace', () => {
    const rendered = sent({ format: 'soap12', mappings: { name: 'x' }, soap: { ...soap, prefix: 'tns' } })
    expect(rendered.headers['Content-Type']).toBe('application/soap+xml; charset=utf-8; action="urn:leads/AddLead"')
    expect(rendered.headers['SOAPAction']).toBeUndefined()
    expect(rendered.body).toContain(
      '<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope"><soap:Body><tns:AddLead xmlns:tns="urn:leads"><name>x</name></tns:AddLead></soap:Body>',
    )
  })

  test('sends XML as text in arguments that are text', () => {
    const request: RequestInput = {
      format: 'soap11',
      mappings: { 'LeadXML.Lead.FirstName': '{{lead.fname}}' },
      soap: { ...soap, text_arguments: ['LeadXML'] },
    }
    expect(body(request, { fname: 'A&B' })).toContain(
      '<LeadXML>&lt;Lead&gt;&lt;FirstName&gt;A&amp;amp;B&lt;/FirstName&gt;&lt;/Lead&gt;</LeadXML>',
    )
  })

  test('leaves room for the security header', () => {
    const security = { username: 'u', password: 'p' }
    const rendered = sent({ format: 'soap11', mappings: {}, soap: { ...soap, security } })
    expect(rendered.body.slice(0, rendered.security?.at)).toMatch(/<soap:Header>$/)
  })

  test('is checked when it is saved', () => {
    expect(
      problems({ format: 'soap11', mappings: { a: 1 }, soap: { operation: 'Add Lead' } }, { method: 'PUT' }),
    ).toEqual([
      expect.stringMatching(/^error .*soap.operation: “Add Lead” can’t name an operation/),
      expect.stringMatching(/^warning .*soap.namespace/),
      'error endpoint.method: SOAP messages are sent by POST.',
    ])
  })
})

describe('a body of one’s own', () => {
  test('in JSON escapes values between quotes and writes them out where there are none', () => {
    const template =
      '{"n":"Mr {{lead.fname}}","s":{{lead.number}},"b":{{lead.boolean}},"t":{{lead.fname}},"x":{{lead.note}}}'
    const submitted = { fname: 'A "B" \\ \n', number: '7', boolean: 'no' }
    expect(JSON.parse(body({ body: template }, submitted))).toEqual({
      n: 'Mr A "B" \\',
      s: 7,
      b: false,
      t: 'A "B" \\',
      x: null,
    })
  })

  test('keeps track of quotes through conditions', () => {
    const template = '{"a":{% if lead.fname %}"{{lead.fname}}"{% else %}{{lead.number}}{% endif %},"b":{{lead.fname}}}'
    expect(JSON.parse(body({ body: template }, { fname: 'x"y' }))).toEqual({ a: 'x"y', b: 'x"y' })
    expect(JSON.parse(body({ body: template }, { number: 4 }))).toEqual({ a: 4, b: null })
  })

  test('in XML escapes values, in CDATA by its own rule; raw turns that off', () => {
    const template =
      '<l a="{{lead.fname}}"><n>{{lead.fname | upcase}}</n><c><![CDATA[{{lead.note}}]]></c>{{ lead.many | raw }}</l>'
    expect(body({ format: 'xml', body: template }, { fname: `"<'`, note: ']]>', many: '<ok/>' })).toBe(
      '<l a="&quot;&lt;&#39;"><n>&quot;&lt;&#39;</n><c><![CDATA[]]]]><![CDATA[>]]></c><ok/></l>',
    )
  })

  test('in text is sent as it is written, under a type of one’s own', () => {
    const rendered = sent(
      { format: 'text', body: '{{lead.fname}}|{{lead.number}}' },
      { fname: '<b>', number: 3 },
      { headers: { 'Content-Type': 'text/csv' } },
    )
    expect(rendered.body).toBe('<b>|3')
    expect(rendered.headers['Content-Type']).toBe('text/csv')
  })

  test('that is none for a lead is not sent', () => {
    expect(sent({ body: '{"a":{{lead.fname | raw}}}' }, { fname: 'x' }).problem).toMatch(
      /^The body is not JSON for this lead/,
    )
    expect(sent({ format: 'xml', body: '<a>{{lead.fname | raw}}</a>' }, { fname: '<b>' }).problem).toMatch(
      /not XML.*line 1/,
    )
  })

  test('is checked on a sample lead and on an empty one', () => {
    expect(problems({ body: '{"a":{{lead.fname | raw}}}' })).toEqual([
      expect.stringMatching(/^error .*body: The body is not JSON for a sample lead/),
    ])
    expect(problems({ body: '{"a":{{lead.number | raw}}}' })).toEqual([
      expect.stringMatching(/^warning .*when a lead lacks values/),
    ])
    expect(problems({ body: '{"a":"{{lead.nope}}"}' })).toEqual([
      expect.stringMatching(/^error .*There is no field “nope”/),
    ])
    expect(problems({ body: '{"a":{{ lead.fname | shout }}}' })[0]).toMatch(
      /There is no filter “shout” \(line 1, character/,
    )
    expect(problems({ format: 'query', body: 'x' })).toEqual([
      expect.stringMatching(/^error .*A GET request has no body/),
    ])
    expect(problems({ format: 'text' })).toEqual([expect.stringMatching(/^error .*Write the body/)])
  })
})

describe('what is sent of a value', () => {
  test('is left out when it is empty, for all mappings or for one', () => {
    const mappings = { a: '{{lead.fname}}', b: { value: '{{lead.lname}}', omit_when_empty: true }, c: '' }
    expect(body({ mappings })).toBe('{"c":""}')
    expect(body({ mappings, omit_when_empty: false })).toBe('{"a":"","c":""}')
    expect(body({ mappings: { a: { value: '{{lead.fname}}', omit_when_empty: false } }, format: 'form' })).toBe('a=')
  })

  test('has a condition of its own', () => {
    const mappings = { a: 1, b: { value: 2, when: "lead.fname == 'x'" }, c: 3 }
    expect(body({ mappings }, { fname: 'X' })).toBe('{"a":1,"b":2,"c":3}')
    expect(body({ mappings }, { fname: 'y' })).toBe('{"a":1,"c":3}')
    expect(problems({ mappings: { a: { value: 1, when: 'lead.' } } })[0]).toMatch(/^error .*mappings\.a/)
  })

  test('counts as sent only when it was, beside the body too', () => {
    const beside = { n: { value: '{{lead.note}}', when: "lead.fname == 'x'" }, l: '{{lead.lname}}' }
    const wrapped: RequestInput = { parameter: 'p', mappings: { a: '{{lead.number}}' }, parameters: beside }
    expect(sent(wrapped, { fname: 'x' }).sentFields.sort()).toEqual(['lname', 'note', 'number'])
    expect(sent(wrapped, { fname: 'y' }).sentFields.sort()).toEqual(['lname', 'number'])
    const soap: RequestInput = { format: 'soap11', mappings: {}, soap: { operation: 'A', headers: beside } }
    expect(sent(soap, { fname: 'x' }).sentFields.sort()).toEqual(['lname', 'note'])
    expect(sent(soap, { fname: 'y' }).sentFields).toEqual(['lname'])
  })

  test('is in ASCII when that is asked for', () => {
    const submitted = { fname: 'Élodie “ß”', many: ['ñ', 'Ł'] }
    const mappings = { a: '{{lead.fname}}', b: '{{lead.many}}', c: 'naïve – ☃' }
    expect(JSON.parse(body({ mappings, ascii: true }, submitted))).toEqual({
      a: 'Elodie "ss"',
      b: ['n', 'L'],
      c: 'naive - ?',
    })
    expect(body({ body: '{"a":"“é” {{lead.fname}}"}', ascii: true }, submitted)).toBe('{"a":"\\"e\\" Elodie \\"ss\\""}')
  })

  test('of a masked field is named, whatever the mapping made of it', () => {
    const mappings = { s: { value: '{{lead.ssn}}', transform: [{ type: 'replace' as const, search: '-', with: ' ' }] } }
    expect(sent({ mappings }, { ssn: '123-45-6789' }).masked).toEqual(['123456789'])
    expect(sent({ body: '{"s":"{{lead.ssn | slice: 0, 5 }}"}' }, { ssn: '123-45-6789' }).masked).toEqual(['12345'])
  })
})

test('a Content-Type of one’s own stays in the family of the format', () => {
  const refused = (request: RequestInput, type: string) =>
    problems({ mappings: { 'r.a': 1 }, ...request }, { headers: { 'content-type': type } }).filter((words) =>
      words.includes('Content-Type'),
    )
  expect(refused({ format: 'json' }, 'application/vnd.api+json')).toEqual([])
  expect(refused({ format: 'json' }, 'text/xml')).toHaveLength(1)
  expect(refused({ format: 'form' }, 'application/json')).toHaveLength(1)
  expect(refused({ format: 'xml' }, 'application/xml')).toEqual([])
  expect(refused({ format: 'xml' }, 'text/plain')).toHaveLength(1)
  expect(refused({ format: 'query' }, 'text/plain')).toHaveLength(1)
})
