import { describe, expect, test } from 'vitest'
import { aBuyer, aFlow, begin, inputOf, now } from '../fixtures'
import { checkFlow, type DestinationConfig, type Nested, renderDestinationTest, renderRequest } from '../index'

type Mappings = Record<string, string | number | boolean>
type Conditional = { condition: string; mappings: Mappings }[]

const flowWith = (mappings: Mappings, conditional?: Conditional, headers: Record<string, string> = {}) => ({
  steps: [
    aBuyer('b', {
      rules: { price: 45 },
      connection: {
        method: 'manual',
        endpoint: { url: 'https://b.example.com/', headers },
        request: { mappings, ...(conditional && { conditional_mappings: conditional }) },
      },
    }),
  ],
})

function requestOf(parts: Parameters<typeof aFlow>[0], submitted: Nested, isTest = false) {
  const made = aFlow(parts)
  const { run } = begin(made, submitted, isTest)
  const request = renderRequest(made.flow, run, { stepId: 'b', eventId: 'e1', now })
  if (!request) throw new Error('nothing to send')
  return request
}
const bodyOf = (mappings: Mappings, submitted: Nested = {}, conditional?: Conditional, isTest = false): unknown =>
  JSON.parse(requestOf(flowWith(mappings, conditional), submitted, isTest).body)
const sentOf = (template: string, submitted: Nested = {}) => (bodyOf({ v: template }, submitted) as { v?: unknown }).v
const problemOf = (template: string) => checkFlow(inputOf(flowWith({ v: template, id: '{{event_id}}' })))[0]

describe('a mapping', () => {
  test('of a single reference keeps the value’s type', () => {
    const mappings = {
      s: '{{lead.credit_score}}',
      h: '{{ lead.homeowner }}',
      z: '{{lead.zip}}',
      t: '{{test_mode}}',
      r: '{{random}}',
      p: '{{price}}',
    }
    expect(bodyOf(mappings, { credit_score: '1,000', homeowner: 'no', zip: '01234' })).toEqual({
      s: 1000,
      h: false,
      z: '01234',
      t: false,
      r: 42,
      p: 45,
    })
  })

  test('of what the seed maps is sent as it was configured', () => {
    const mappings = {
      lead_id: '{{event_id}}',
      email: '{{lead.email}}',
      phone: '{{lead.phone_1}}',
      zip: '{{lead.zip_code}}',
      source: '{{lead.source}}',
      ip_address: '{{lead.ip_address}}',
      timestamp: '{{event_timestamp}}',
    }
    const conditional = [
      { condition: "lead.state == 'CA'", mappings: { ca_privacy_notice: true, ccpa_consent: '{{lead.ccpa_consent}}' } },
    ]
    const submitted = {
      email: 'Ann@Example.com',
      phone: '512-789-1111',
      zip: '78704',
      state: 'California',
      ccpa_consent: 'y',
    }
    const sent = {
      lead_id: 'e1',
      email: 'ann@example.com',
      phone: '5127891111',
      zip: '78704',
      source: 'Web site',
      timestamp: '2026-01-14T18:30:00.000Z',
    }
    expect(bodyOf(mappings, submitted, conditional)).toEqual({ ...sent, ca_privacy_notice: true, ccpa_consent: true })
    expect(bodyOf(mappings, { ...submitted, state: 'TX' }, conditional)).toEqual(sent)
  })

  test('that resolves to nothing is left out; a text written out is not, even when empty', () => {
    expect(
      bodyOf({ a: '{{lead.email}}', b: '{{lead.first_name}} {{lead.last_name}}', c: '', d: 0, e: false, f: 'x' }),
    ).toEqual({
      c: '',
      d: 0,
      e: false,
      f: 'x',
    })
  })

  test('goes to nested properties and lists', () => {
    const mappings = {
      'contact.phone': '{{lead.phone_1}}',
      'tags.0': 'a',
      'tags.1': '{{lead.email}}',
      'tags.2': 'c',
      'x.y.z': 1,
      '0.a': 2,
    }
    expect(bodyOf(mappings, { phone_1: '5127891111' })).toEqual({
      contact: { phone: '5127891111' },
      tags: ['a', 'c'],
      x: { y: { z: 1 } },
      0: { a: 2 },
    })
  })

  test('never reaches a prototype', () => {
    const body = requestOf(
      flowWith({ '__proto__.polluted': 1, 'a.constructor.prototype.polluted': 1, ok: '{{lead.email}}' }),
      { email: 'a@b.com' },
    ).body
    expect(body).toBe('{"ok":"a@b.com"}')
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    const messages = checkFlow(inputOf(flowWith({ '__proto__.x': 1, id: '{{event_id}}' }))).map(
      ({ message }) => message,
    )
    expect(messages[0]).toMatch(/can’t name a property/)
    expect(sentOf('{{lead.constructor}}')).toBeUndefined()
    expect(sentOf('{{ lead.email.__proto__ | upcase }}')).toBeUndefined()
  })

  test('of an invalid value sends it as it came', () => {
    expect(bodyOf({ s: '{{lead.credit_score}}' }, { credit_score: 'good' })).toEqual({ s: 'good' })
  })

  test('of several values sends a list', () => {
    expect(bodyOf({ t: '{{lead.tags}}' }, { tags: ['a', 'b'] })).toEqual({ t: ['a', 'b'] })
  })
})

describe('ids of a test lead', () => {
  test('are marked, and the buyer is told', () => {
    const made = requestOf(
      flowWith({ e: '{{event_id}}', l: 'L-{{lead.id}}', t: '{{test_mode}}' }, undefined, {
        'X-Test-Mode': '{{test_mode}}',
      }),
      {},
      true,
    )
    expect(JSON.parse(made.body)).toEqual({ e: 'TEST_e1', l: 'L-TEST_lead-1', t: true })
    expect(made.headers['X-Test-Mode']).toBe('true')
  })
})

describe('headers', () => {
  test('are templates too; blank ones are left out and none breaks the request', () => {
    const headers = {
      'X-Partner-ID': 'p_{{lead.first_name}}',
      'X-None': '{{lead.email}}',
      'content-type': 'application/vnd.x+json',
    }
    expect(requestOf(flowWith({ a: 1 }, undefined, headers), { first_name: 'A\r\nEvil: 1' }).headers).toEqual({
      'Content-Type': 'application/vnd.x+json',
      Accept: 'application/json',
      'X-Partner-ID': 'p_A Evil: 1',
    })
  })
})

describe('filters and tags', () => {
  test.each([
    ['{{ lead.first_name | upcase }}', 'ANN'],
    ['{{ lead.last_name | default: "none" }}', 'none'],
    ['{{ lead.credit_score | plus: 0.2 | times: 2 }}', 1400.4],
    ['{{ lead.credit_score | decimals }}', '700.00'],
    ['{{ lead.move_date | date: "%m/%d/%Y" }}', '02/05/2026'],
    ['{{ lead.move_date | date: "%-m/%-d/%y (%A, %B %e)" }}', '2/5/26 (Thursday, February  5)'],
    ['{{ event_timestamp | date: "%Y-%m-%d %H:%M:%S %z", "America/New_York" }}', '2026-01-14 13:30:00 -0500'],
    ['{{ lead.move_date | add_days: 30 }}', '2026-03-07'],
    ['{{ lead.email | md5 }}', '97af3b19a3c21bb01ded36ae9f3a9aef'],
    ['{{ lead.email | sha1 | size }}', 40],
    ['{{ lead.email | sha256 | slice: 0, 8 }}', 'e2a2bff6'],
    ['{{ lead.ssn | mask: 4 }}', '*****6789'],
    ['{{ lead.phone_1.area }}-{{ lead.phone_1.exchange }}', '512-789'],
    ['{% if lead.credit_score > 650 %}good{% elsif lead.credit_score %}fair{% else %}none{% endif %}', 'good'],
    ['{% unless lead.homeowner %}renter{% endunless %}', 'renter'],
    ['{% case lead.state %}{% when "CA", "TX" %}west{% else %}east{% endcase %}', 'west'],
    ['{{ lead.first_name | replace: "n", "m" }}', 'Amm'],
    ['{{ lead["first_name"] }}', 'Ann'],
  ])('%s → %s', (template, expected) => {
    const submitted = {
      first_name: 'Ann',
      email: 'ann@example.com',
      credit_score: 700,
      move_date: '2026-02-05',
      ssn: '123-45-6789',
      phone_1: '5127891111',
      state: 'CA',
    }
    const value = sentOf(template, submitted)
    if (template.includes('md5')) expect(value).toMatch(/^[0-9a-f]{32}$/)
    else if (template.includes('sha256')) expect(value).toMatch(/^[0-9a-f]{8}$/)
    else expect(value).toBe(expected)
  })

  test.each([
    '{% capture x %}y{% endcapture %}',
    '{% include "x" %}',
    '{% render "x" %}',
    '{% layout "x" %}',
    '{% assign a = 1 %}',
    '{% for i in (1..9) %}x{% endfor %}',
    '{% raw %}x{% endraw %}',
    '{% liquid %}',
    '{% increment a %}',
  ])('there is no tag %s', (template) => {
    expect(problemOf(template)).toMatchObject({
      severity: 'error',
      path: 'steps.0.connection.request.mappings.v',
      stepId: 'b',
    })
    expect(problemOf(template)?.message).toMatch(/no tag|can’t be read/)
    expect(sentOf(template)).toBeUndefined()
  })

  test.each([
    ['{{ lead.emial }}', 'There is no field “emial” in this flow.'],
    ['{{ lead.email | shout }}', 'There is no filter “shout”'],
    ['{{ lead.email', 'The template can’t be read'],
    ['{{ secrets.x }}', 'is not known here'],
    ['{{ lead[lead.email] }}', 'must be written out'],
    ['{{ (1..100000000) | join }}', 'Ranges'],
    ['{{ env.HOME | upcase }}', 'is not known here'],
  ])('%s is refused when saved', (template, words) => {
    expect(problemOf(template)).toMatchObject({ severity: 'error' })
    expect(problemOf(template)?.message).toContain(words)
    expect(sentOf(template, { email: 'x@y.com' })).toBeUndefined()
  })

  test('a standard field that the flow does not list is a warning', () => {
    expect(problemOf('{{lead.occupation}}')).toMatchObject({ severity: 'warning' })
  })

  test('no template makes text without bound', () => {
    const bomb = `{{ "aaaaaaaaaa" ${'| replace: "a", "aaaaaaaaaa" '.repeat(30)} }}`
    const before = process.memoryUsage().heapUsed
    expect(sentOf(bomb)).toBeUndefined()
    expect(sentOf(`{{ lead.tags }}${'{{ lead.tags }}'.repeat(50)}`, { tags: 'x'.repeat(9000) })).toBeUndefined()
    expect(sentOf('{{ event_timestamp | date: "%999999999d" }}')).toBe('%999999999d')
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(50_000_000)
  })
})

describe('shared fields', () => {
  const config: DestinationConfig = {
    endpoint: {
      url: 'https://buyer.example.com/',
      method: 'POST',
      auth: { type: 'none' },
      headers: { 'X-S': '{{source.name}}{{submission.ip}}' },
    },
    request: {
      format: 'json',
      mappings: {
        email: '{{lead.email}}',
        zip: '{{lead.zip}}',
        ssn: '{{lead.ssn}}',
        all: '{{lead.ssn}} {{lead.email}}',
        source: '{{lead.source}}',
        area: '{{lead.phone_1.area}}',
      },
      conditional_mappings: [{ condition: "lead.ssn == '123-45-6789'", mappings: { guessed: true } }],
    },
    response: { success_codes: [200] },
    required_fields: ['email'],
  }
  const invited = aBuyer('b', { connection: { method: 'invite', shared_fields: ['email', 'zip', 'phone_1'] } })
  const target = { active: true, recipient: 'Premium Buyer Inc', config, sharedFields: ['email', 'zip', 'phone_1'] }
  const submitted = { email: 'a@b.com', zip: '78704', ssn: '123-45-6789', phone: '5127891111' }

  test('an invited buyer reads what is shared and nothing else, not even by a condition', () => {
    const made = aFlow({ steps: [invited], targets: { b: target } })
    const { run } = begin(made, submitted)
    const request = renderRequest(made.flow, run, { stepId: 'b', eventId: 'e1', now })
    expect(JSON.parse(request?.body ?? '')).toEqual({ email: 'a@b.com', zip: '78704', all: ' a@b.com', area: '512' })
    expect(request?.headers['X-S']).toBeUndefined()
    expect(request?.sentFields).toEqual(['email', 'postal_code', 'phone_1'])
  })

  test('the test of a destination sends the sample lead, marked', () => {
    const given = { sharedFields: ['email', 'zip', 'phone_1'], eventId: 'e9', leadId: '123', now }
    const request = renderDestinationTest(
      {
        ...config,
        request: {
          format: 'json',
          mappings: {
            id: '{{lead.id}}',
            e: '{{event_id}}',
            m: '{{lead.email}}',
            p: '{{lead.phone_1}}',
            t: '{{test_mode}}',
            z: '{{lead.zip}}',
          },
        },
      },
      given,
    )
    expect(JSON.parse(request.body)).toEqual({
      id: 'TEST_123',
      e: 'TEST_e9',
      m: 'test@example.com',
      p: '5555551234',
      t: true,
      z: '78704',
    })
    const open = renderDestinationTest(
      { ...config, request: { format: 'json', mappings: { m: '{{lead.email}}', c: '{{lead.city}}' } } },
      { eventId: 'e', leadId: 'l', now },
    )
    expect(JSON.parse(open.body)).toEqual({ m: 'test@example.com', c: expect.any(String) })
  })
})
