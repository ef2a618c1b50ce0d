import { describe, expect, test } from 'vitest'
import { inputOf } from '../fixtures'
import {
  Auth,
  checkDestination,
  checkFlow,
  DestinationConfig,
  Endpoint,
  Signing,
  secretsIn,
  withSecretAt,
} from '../index'

const config = (endpoint: object, mappings: Record<string, string> = { id: '{{event_id}}' }) =>
  DestinationConfig.parse({
    endpoint: { url: 'https://b.example/leads', ...endpoint },
    request: { mappings },
    response: {},
  })
const problems = (endpoint: object, mappings?: Record<string, string>, names: string[] = []) =>
  checkDestination(config(endpoint, mappings), { secretNames: new Set(names) }).map(
    ({ severity, path, message }) => `${severity} ${path}: ${message}`,
  )

describe('an endpoint', () => {
  test('is told which secret it lacks, wherever it stands', () => {
    const auth = {
      type: 'oauth2_client_credentials',
      token_url: 'http://t.example/',
      client_id: 'a',
      client_secret: '',
    }
    expect(problems({ auth, signing: { type: 'hmac', secret: ' ', header: 'X-S', signs: 'timestamp.body' } })).toEqual([
      'error endpoint.auth.client_secret: Give the client secret.',
      'error endpoint.signing.secret: Give the signing secret.',
      'error endpoint.auth.token_url: The client secret would be sent unencrypted. Use https://.',
      'error endpoint.signing.timestamp_header: Name the header that carries the time: without it nobody can check the signature.',
    ])
  })

  test('names the header, the parameter or the property of its key', () => {
    const at = (more: object) => problems({ auth: { type: 'api_key', key: 'k', ...more } })
    expect(at({})).toEqual(['error endpoint.auth.header: Name the header that carries the key.'])
    expect(at({ in: 'query' })).toEqual(['error endpoint.auth.parameter: Name the parameter that carries the key.'])
    expect(at({ in: 'body', parameter: 'auth.key' })).toEqual([])
    expect(problems({ auth: { type: 'custom', headers: {} } })).toEqual([
      'error endpoint.auth.headers: Add a header, or choose another authentication.',
    ])
  })

  test('reads secrets by name in headers, mappings and the query of its address, if there are such', () => {
    const url = 'https://b.example/leads?key={{secret.KEY}}&s={{lead.state}}'
    const mappings = { id: '{{event_id}}', token: '{{ secret.KEY }}' }
    const headers = { Authorization: 'Token {{secret.KEY}}' }
    const auth = { type: 'bearer', token: '{{secret.OTHER}}' }
    expect(problems({ url, headers }, mappings, ['KEY'])).toEqual([])
    expect(problems({ url, headers, auth }, mappings)).toEqual([
      'error endpoint.url: There is no secret named “KEY”. Add it under Settings › Secrets.',
      'error endpoint.auth.token: There is no secret named “OTHER”. Add it under Settings › Secrets.',
      'error endpoint.headers.Authorization: There is no secret named “KEY”. Add it under Settings › Secrets.',
      'error request.mappings.token: There is no secret named “KEY”. Add it under Settings › Secrets.',
    ])
  })

  test('can’t go to another place for each lead', () => {
    const wrong = 'error endpoint.url: Templates can stand in the query of an address only, after the ?.'
    expect(problems({ url: 'https://b.example/{{lead.state}}?a=1' })).toEqual([wrong])
    expect(problems({ url: 'https://b.example/?a={% if x %}1{% endif %}' })[0]).toContain('without tags')
  })
})

test('no rule and no reason can read a secret', () => {
  const found = checkFlow(
    inputOf({
      succeed_when: 'always',
      acceptance: { rule: 'secret.KEY == "x"', reason: 'It is {{secret.KEY}}' },
    }),
  ).map(({ path, message }) => `${path}: ${message}`)
  expect(found).toEqual([
    expect.stringContaining('acceptance.rule: Rules can’t read secrets.'),
    expect.stringContaining('acceptance.reason: Secrets are for requests only'),
  ])
})

test('every secret of a shape is found where it stands, and can be set there', () => {
  const endpoint = Endpoint.parse({
    url: 'https://b.example/',
    auth: { type: 'custom', headers: { 'X-A': 'one', 'X-B': { secret: 'sec_2' } } },
    signing: { type: 'standard_webhooks', secret: 'three' },
    client_certificate: { certificate: 'pem', private_key: 'four', passphrase: 'five' },
  })
  expect(secretsIn(Endpoint, endpoint).map(({ path, value }) => [path.join('.'), value])).toEqual([
    ['auth.headers.X-A', 'one'],
    ['auth.headers.X-B', { secret: 'sec_2' }],
    ['signing.secret', 'three'],
    ['client_certificate.private_key', 'four'],
    ['client_certificate.passphrase', 'five'],
  ])
  const changed = withSecretAt(endpoint, ['auth', 'headers', 'X-A'], { secret: 'sec_1' })
  expect(changed.auth).toEqual({ type: 'custom', headers: { 'X-A': { secret: 'sec_1' }, 'X-B': { secret: 'sec_2' } } })
  expect(changed.signing).toBe(endpoint.signing)
  expect(secretsIn(Auth, { type: 'none' })).toEqual([])
  expect(secretsIn(Signing, { type: 'hmac', secret: 's' })).toHaveLength(1)
})
