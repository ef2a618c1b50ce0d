import { describe, expect, test } from 'vitest'
import { aBuyer, inputOf } from '../fixtures'
import {
  type Auth,
  catalogue,
  checkDestination,
  checkFlow,
  checkSourceSettings,
  compileFlow,
  type DestinationConfig,
  defaultDocument,
  FlowDocument,
  SourceSettings,
  variables,
} from '../index'

type Parts = Parameters<typeof inputOf>[0]
const problems = (parts: Parts) =>
  checkFlow(inputOf(parts)).map(({ severity, path, message }) => `${severity} ${path}: ${message}`)
const mapped = { email: '{{lead.email}}', id: '{{event_id}}' }
const manual = (endpoint: object, mappings: Record<string, string> = mapped, response: object = {}) =>
  aBuyer('b', {
    connection: {
      method: 'manual',
      endpoint: { url: 'https://b.example.com/', ...endpoint },
      request: { mappings },
      response,
    },
  })

describe('a flow', () => {
  test('that is right has no problem', () => {
    expect(problems({ steps: [manual({})] })).toEqual([])
  })

  test('without a buyer step can’t be published, unless it always succeeds', () => {
    expect(problems({})).toEqual(['error steps: Add a buyer step: without one no lead can be sold.'])
    expect(problems({ succeed_when: 'always' })).toEqual([])
  })

  test('names things once', () => {
    const twice = [
      { name: 'email', type: 'email' as const },
      { name: 'email', type: 'string' as const },
    ]
    expect(problems({ fields: twice, steps: [manual({}), manual({})] })).toEqual([
      'error fields.1.name: There are two fields named “email”.',
      'error steps.1.id: “Buyer b” has the id “b” too.',
    ])
  })

  test('is told where a rule, a template and a reason are wrong', () => {
    const filter = { id: 'f', type: 'filter' as const, name: 'F', stop_when: 'lead.age <', reason: '{{lead.nope}}' }
    const found = problems({
      acceptance: { rule: 'foo(1)', reason: '' },
      steps: [filter, manual({}, { ...mapped, x: '{{lead.shoe}}' })],
    })
    expect(found).toEqual([
      expect.stringContaining('error acceptance.rule: There is no function “foo”'),
      expect.stringContaining('error steps.0.stop_when: The rule ends too early.'),
      'error steps.0.reason: There is no field “nope” in this flow.',
      'error steps.1.connection.request.mappings.x: There is no field “shoe” in this flow.',
    ])
  })

  test('a filter without rows would stop everything', () => {
    expect(
      problems({ steps: [{ id: 'f', type: 'filter', name: 'F', stop_when: { all: [] } }, manual({})] })[0],
    ).toMatch(/stop every lead/)
  })

  test('warns when feedback is allowed and the event id is not mapped, and says that a header has it', () => {
    const steps = [manual({}, { email: '{{lead.email}}' })]
    expect(problems({ steps })).toEqual([
      expect.stringMatching(/^warning steps.0.connection.request.mappings: .*event_id.*X-Baton-Event-Id/),
    ])
    expect(problems({ steps, feedback: { return: { allowed: false }, conversion: { allowed: false } } })).toEqual([])
    expect(
      problems({ steps: [manual({ headers: { 'X-Id': '{{ event_id }}' } }, { email: '{{lead.email}}' })] }),
    ).toEqual([])
  })

  test('warns of plain http, refuses headers of ours and credentials in headers', () => {
    expect(problems({ steps: [manual({ url: 'http://b.example.com/' })] })).toEqual([
      expect.stringContaining('warning steps.0.connection.endpoint.url'),
    ])
    expect(problems({ steps: [manual({ headers: { 'Content-Length': '5', Authorization: 'Bearer x' } })] })).toEqual([
      expect.stringContaining(
        'error steps.0.connection.endpoint.headers.Content-Length: Content-Length header is not allowed',
      ),
      expect.stringContaining(
        'error steps.0.connection.endpoint.headers.Authorization: Set Authorization under authentication',
      ),
    ])
    const auth: Auth = { type: 'bearer', token: '' }
    expect(problems({ steps: [manual({ auth })] })).toEqual([
      'error steps.0.connection.endpoint.auth.token: Give the token.',
    ])
  })

  test('finds mappings and answers that contradict themselves', () => {
    const found = problems({
      steps: [
        manual(
          {},
          { ...mapped, 'a.b': 'x', a: 'y' },
          { success_codes: [200], error_codes: [200], parser: { success_path: 'a..b' } },
        ),
      ],
    })
    expect(found).toEqual([
      expect.stringContaining('mappings.a.b: “a.b” has no place: “a” is a value already.'),
      expect.stringContaining('response.error_codes: 200 can’t be a success and an error.'),
      expect.stringContaining('response.parser.success_path: “a..b” is no path'),
    ])
  })

  test('warns of an invitation that waits and of shared fields that it does not have', () => {
    const invitation_id = '0197c7a2-0000-7000-8000-000000000001'
    const invited = aBuyer('b', {
      connection: { method: 'invite', invitation_id, shared_fields: ['email', 'zip', 'shoe_size'] },
    })
    const targets = { b: { active: false, recipient: 'B', blocked: 'Waiting for the buyer' } }
    expect(problems({ steps: [invited], targets })).toEqual([
      'warning steps.0.connection: Every lead skips this step: Waiting for the buyer.',
      'warning steps.0.connection.shared_fields.2: “shoe_size” is shared, but is not a field of this flow.',
    ])
  })

  test('compiles whatever is wrong with it', () => {
    const broken = inputOf({
      acceptance: { rule: '((' },
      mappings: [{ from: 'a', to: 'b' }],
      steps: [manual({ headers: { A: '{{ x' } }, { a: '{{ lead.y | z }}', 'a..b': '{% for %}' })],
    })
    expect(() => compileFlow(broken)).not.toThrow()
  })
})

describe('a source', () => {
  test('is checked against the fields of its flow', () => {
    const settings = SourceSettings.parse({
      acceptance: { rule: 'lead.nope == 1' },
      mappings: [{ from: 'x', to: 'own' }],
      response_fields: ['outcome', 'lead.id', 'lead.nope'],
      cors_origins: ['https://www.example.com', 'www.example.com', 'https://a.com/path'],
    })
    const found = checkSourceSettings(FlowDocument.parse({ fields: [{ name: 'email', type: 'email' }] }), settings)
    expect(found.map(({ severity, path }) => `${severity} ${path}`)).toEqual([
      'error acceptance.rule',
      'warning mappings.0.to',
      'error response_fields.2',
      'error cors_origins.1',
      'error cors_origins.2',
    ])
  })
})

describe('a destination', () => {
  const config = (mappings: Record<string, string>, required_fields: string[] = []): DestinationConfig => ({
    endpoint: { url: 'https://b.example.com/', method: 'POST', auth: { type: 'none' }, headers: {} },
    request: { format: 'json', mappings },
    response: { success_codes: [200] },
    required_fields,
  })

  test('may read any field while nobody shares with it', () => {
    expect(checkDestination(config({ ...mapped, x: '{{lead.roof_type}}' }))).toEqual([])
  })

  test('is told of what is not shared', () => {
    const found = checkDestination(config({ ...mapped, ssn: '{{lead.ssn}}', x: '{{lead.roof}}' }, ['email', 'phone']), {
      sharedFields: ['email'],
    })
    expect(found.map(({ severity, path, message }) => `${severity} ${path}: ${message}`)).toEqual([
      'warning request.mappings.ssn: lead.ssn is not shared with the buyer, so it is always blank here.',
      'error request.mappings.x: There is no field “roof” among the shared ones.',
      expect.stringContaining('warning required_fields.1: lead.phone is not shared'),
    ])
  })

  test('is reminded of the event id', () => {
    expect(checkDestination(config({ email: '{{lead.email}}' }))).toEqual([
      expect.objectContaining({ severity: 'warning', path: 'request.mappings' }),
    ])
  })
})

describe('for the editor', () => {
  test('a new flow has the fields of a contact and can be saved as it is', () => {
    const document = defaultDocument()
    expect(document.fields.map(({ name }) => name)).toContain('email')
    expect(FlowDocument.parse(document)).toEqual(document)
    expect(document.feedback.return).toMatchObject({ allowed: true, within_days: 7 })
  })

  test('every variable that is offered can be used', () => {
    const document = FlowDocument.parse({ fields: catalogue.slice(0, 500).map(({ name, type }) => ({ name, type })) })
    const choices = variables(document)
    expect(choices.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['event_id', 'lead.id', 'lead.email', 'lead.phone_1.area', 'test_mode']),
    )
    const all = Object.fromEntries(choices.map(({ path }, index) => [`k${index}`, `{{${path}}}`]))
    const input = inputOf({ fields: document.fields, steps: [manual({}, all)] })
    expect(checkFlow(input)).toEqual([])
    expect(new Set(choices.map(({ path }) => path)).size).toBe(choices.length)
  })
})
