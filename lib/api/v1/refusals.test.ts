import { beforeAll, describe, expect, test } from 'vitest'
import { aPeer, testDatabase } from '../../../db/testing/index'
import { listOutboxMails, sendDueMails } from '../../notify/index'
import { apiApp } from '../index'
import { callsPerMinute, takeCall } from './rate'
import { aCompany, type Client, client, type Json } from './testing'

testDatabase()

type Company = Awaited<ReturnType<typeof aCompany>>
let own: Company
let other: Company
let flowId: string
let sourceId: string
let destinationId: string
let invitationId: string

const nobody = '0197a000-0000-7000-8000-000000000000'
const filled = (path: string) => {
  const ids: Record<string, string> = {
    flow: flowId,
    source: sourceId,
    destination: destinationId,
    invitation: invitationId,
    nobody,
  }
  return path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => ids[name] ?? '')
}
const problems = (body: Json) => body['errors'] as { path: string; message: string }[]
const paths = (body: Json) => problems(body).map((error) => error.path)

beforeAll(async () => {
  const peer = await aPeer()
  own = await aCompany('Own')
  other = await aCompany('Other')
  const id = async (method: string, path: string, body: unknown) =>
    String((await own.call(method, path, body)).body['id'])
  flowId = await id('POST', '/flows', { name: 'Mine' })
  sourceId = await id('POST', `/flows/${flowId}/sources`, {
    name: 'Form',
    mappings: [{ from: 'fname', to: 'first_name' }],
  })
  invitationId = await id('POST', '/invitations', { email: 'someone@example.com', flow_id: flowId })
  destinationId = await id('POST', '/destinations', {
    name: 'Mine',
    integration: 'webhook',
    endpoint: { url: peer.url },
    request: { mappings: { id: '{{event_id}}' } },
    response: {},
    insecure_confirmed: true,
  })
})

describe('who may call', () => {
  test('nobody without a key, with another scheme, with a key that is none, or with a revoked one', async () => {
    const made = await own.call('POST', '/api-keys', { name: 'Short-lived' })
    expect(made.status).toBe(201)
    expect((await client(String(made.body['key']))('GET', '/me')).status).toBe(200)
    expect((await own.call('DELETE', `/api-keys/${made.body['id']}`)).status).toBe(204)
    const keys = [undefined, 'bat_short', `bat_${'x'.repeat(43)}`, String(made.body['key'])]
    for (const key of keys) {
      const said = await client(key)('GET', '/me')
      expect([said.status, said.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
    }
    expect((await client()('GET', '/me', undefined, { authorization: 'Basic YTpi' })).status).toBe(401)
    expect((await client()('GET', '/no-such-call')).status).toBe(401)
  })

  test('keys are listed by their first characters only', async () => {
    const said = await own.call('GET', '/api-keys')
    expect(said.body['data']).toMatchObject([{ prefix: own.key.slice(0, 10) }])
    expect(JSON.stringify(said.body)).not.toContain(own.key)
  })

  test('a partner account has no flows of its own', async () => {
    const invited = await own.call('POST', '/invitations', { email: 'partner@example.com' })
    await sendDueMails()
    const mail = (await listOutboxMails()).find(({ to }) => to === 'partner@example.com')
    const token = /\/invite\/([\w-]+)/.exec(mail?.text ?? '')?.[1]
    const body = { company: 'Partner', name: 'P', password: 'a-long-password' }
    const accepted = await client()('POST', `/invitations/by-token/${token}/accept`, body)
    const partner = client(String(accepted.body['api_key']))
    expect((await partner('POST', '/flows', { name: 'No' })).status).toBe(403)
    expect((await partner('POST', `/connections/${(accepted.body['connection'] as Json)['id']}/test`)).status).toBe(409)
    expect((await own.call('POST', `/connections/${(accepted.body['connection'] as Json)['id']}/test`)).status).toBe(
      403,
    )
    expect((await own.call('POST', `/invitations/${invited.body['id']}/revoke`)).status).toBe(409)
    expect((await partner('GET', '/leads')).body).toEqual({ data: [], next_cursor: null })
  })

  test('signing up again with a wrong password tells nothing', async () => {
    const again = { company: 'Again', name: 'A', email: own.email, password: 'not-that-password' }
    const said = await client()('POST', '/signup', again)
    expect(said.status).toBe(409)
    expect(String(said.body['detail'])).not.toContain(own.email)
  })
})

describe("what is another account's", () => {
  const calls: [string, string, unknown?][] = [
    ['GET', '/flows/{flow}'],
    ['PATCH', '/flows/{flow}', { name: 'Taken' }],
    ['PUT', '/flows/{flow}/draft', { steps: [] }],
    ['POST', '/flows/{flow}/publish'],
    ['GET', '/flows/{flow}/versions'],
    ['POST', '/flows/{flow}/versions/1/restore'],
    ['GET', '/flows/{flow}/sources'],
    ['POST', '/flows/{flow}/sources', { name: 'Mine' }],
    ['PATCH', '/flows/{flow}/sources/{source}', { enabled: false }],
    ['POST', '/flows/{flow}/sources/{source}/rotate-key'],
    ['POST', '/flows/{flow}/steps/buyer/enable'],
    ['POST', '/flows/{flow}/steps/buyer/disable'],
    ['POST', '/flows/{flow}/test', { lead: {} }],
    ['POST', '/invitations/{invitation}/resend'],
    ['POST', '/invitations/{invitation}/revoke'],
    ['GET', '/destinations/{destination}'],
    ['PATCH', '/destinations/{destination}', { description: 'x' }],
    ['DELETE', '/destinations/{destination}'],
    ['POST', '/destinations/{destination}/test'],
    ['POST', '/destinations/{destination}/acknowledge'],
    ['POST', '/destinations/{destination}/go-live'],
    ['POST', '/destinations/{destination}/disable'],
  ]
  test.each(calls)('%s %s is not there', async (method, path, body) => {
    const theirs = await other.call(method, filled(path), body)
    const never = await other.call(method, path.replaceAll(/\{\w+\}/g, nobody), body)
    expect([theirs.status, never.status]).toEqual([404, 404])
    expect(theirs.body['detail']).toBe(never.body['detail'])
  })

  test('a flow to invite for', async () => {
    for (const id of [flowId, nobody, 'x']) {
      expect((await other.call('POST', '/invitations', { email: 'x@example.com', flow_id: id })).status).toBe(404)
    }
  })

  const kinds = ['flows', 'connections', 'destinations', 'leads', 'events']
  test.each(kinds)('an id of %s that is no uuid names nothing', async (kind) => {
    for (const id of ['x', nobody]) expect((await own.call('GET', `/${kind}/${id}`)).status).toBe(404)
  })

  test('keys too', async () => {
    const { data } = (await own.call('GET', '/api-keys')).body as { data: { id: string }[] }
    expect((await other.call('DELETE', `/api-keys/${data[0]?.id}`)).status).toBe(404)
    expect((await other.call('DELETE', '/api-keys/x')).status).toBe(404)
  })

  test('an unknown token', async () => {
    for (const [method, path] of [
      ['GET', ''],
      ['POST', '/accept'],
      ['POST', '/decline'],
    ] as const) {
      const body = path === '/accept' ? { company: 'C', name: 'N', password: 'a-long-password' } : undefined
      expect((await client()(method, `/invitations/by-token/unknown${path}`, body)).status).toBe(404)
    }
  })
})

describe('what is wrong is told with its path', () => {
  const wrong: [string, string, string, unknown, string[]][] = [
    [
      'sign-up',
      'POST',
      '/signup',
      { company: '', name: 'N', email: 'no', password: 'short', more: 1 },
      ['company', 'email', 'more', 'password'],
    ],
    ['a flow without a name', 'POST', '/flows', {}, ['name']],
    ['a flow field nobody knows', 'PATCH', '/flows/{flow}', { enabld: false }, ['enabld']],
    [
      'a draft',
      'PUT',
      '/flows/{flow}/draft',
      {
        steps: [
          {
            id: 'a',
            type: 'buyer',
            name: 'A',
            connection: { method: 'manual', endpoint: { url: 'ftp://x' }, request: { mappings: [] } },
          },
        ],
      },
      ['steps.0.connection.endpoint.url', 'steps.0.connection.request.mappings'],
    ],
    [
      'a source',
      'POST',
      '/flows/{flow}/sources',
      { name: 'S', price: { cost: -1 }, mappings: [{ from: 'a' }] },
      ['mappings.0.to', 'price.cost'],
    ],
    [
      'a source’s rule',
      'PATCH',
      '/flows/{flow}/sources/{source}',
      { acceptance: { rule: 'lead.email ==' } },
      ['acceptance.rule'],
    ],
    ['an invitation', 'POST', '/invitations', { email: 'no', expires_in_days: 90 }, ['email', 'expires_in_days']],
    ['a destination of no kind', 'POST', '/destinations', { name: 'D', integration: 'fax' }, ['integration']],
    [
      'a destination',
      'POST',
      '/destinations',
      {
        name: 'D',
        integration: 'webhook',
        endpoint: { url: 'http://10.0.0.1/x' },
        request: { mappings: { a: '{{lead.email' } },
        response: {},
      },
      ['endpoint.url', 'insecure_confirmed'],
    ],
    [
      'a template',
      'POST',
      '/destinations',
      {
        name: 'D',
        integration: 'webhook',
        endpoint: { url: 'https://example.com/x' },
        request: { mappings: { a: '{{lead.email' } },
        response: {},
      },
      ['request.mappings.a'],
    ],
    ['a delivery', 'PUT', '/connections/{nobody}/delivery', {}, ['destination_id']],
    ['a test lead', 'POST', '/flows/{flow}/test', { lead: 'ana', dry_run: 'yes' }, ['dry_run', 'lead']],
    ['a filter of events', 'GET', '/events?type=nothing&from=yesterday&limit=0', undefined, ['from', 'limit', 'type']],
    ['a filter nobody knows', 'GET', '/events?colour=red', undefined, ['colour']],
    ['a filter of leads', 'GET', '/leads?side=both&cursor=1&is_test=1', undefined, ['cursor', 'is_test', 'side']],
    ['a cursor of the audit', 'GET', '/audit?cursor=x', undefined, ['cursor']],
  ]
  test.each(wrong)('%s', async (_what, method, path, body, expected) => {
    const said = await own.call(method, filled(path), body)
    expect([said.status, paths(said.body).sort()]).toEqual([422, expected])
    for (const { message } of problems(said.body)) expect(message).not.toBe('')
  })

  test('a draft that cannot go live is 409 with its problems; one that is half done is saved with them', async () => {
    const saved = await own.call('PUT', `/flows/${flowId}/draft`, {
      acceptance: { rule: 'lead.nobody_knows == 1', reason: '' },
    })
    expect(saved.status).toBe(200)
    const broken = await own.call('PUT', `/flows/${flowId}/draft`, {
      acceptance: { rule: 'lead.email ==', reason: '' },
    })
    expect(broken.body['problems']).toMatchObject([{ severity: 'error', path: 'acceptance.rule' }, { path: 'steps' }])
    const published = await own.call('POST', `/flows/${flowId}/publish`)
    expect([published.status, paths(published.body)]).toEqual([409, ['acceptance.rule', 'steps']])
    const tested = await own.call('POST', `/flows/${flowId}/test`, { lead: {} })
    expect([tested.status, paths(tested.body)]).toEqual([422, ['acceptance.rule', 'steps']])
  })

  test('a source keeps what a change does not name, and null takes away', async () => {
    const at = `/flows/${flowId}/sources/${sourceId}`
    const named = await own.call('PATCH', at, { price: { cost: 5 } })
    expect(named.body).toMatchObject({ price: { cost: 5 }, mappings: [{ from: 'fname', to: 'first_name' }] })
    const cleared = await own.call('PATCH', at, { price: null, authentication_required: true })
    expect(cleared.body['price']).toBeUndefined()
    expect(String(cleared.body['key'])).toMatch(/^src_/)
    const rotated = await own.call('POST', `${at}/rotate-key`)
    expect(rotated.body['key']).not.toBe(cleared.body['key'])
    expect((await own.call('POST', `/flows/${flowId}/sources`, { name: 'Form' })).status).toBe(409)
  })
})

describe('requests that cannot be read', () => {
  const send = (headers: Record<string, string>, body: string, path = '/flows') =>
    apiApp.request(`/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${own.key}`, ...headers },
      body,
    })

  test('JSON that does not parse is 400, another type 415, too much 413', async () => {
    const json = { 'content-type': 'application/json' }
    const answers = [
      await send(json, '{"name":'),
      await send({ 'content-type': 'text/plain' }, 'name'),
      await send(json, JSON.stringify({ name: 'x'.repeat(2_200_000) })),
    ]
    expect(answers.map((answer) => answer.status)).toEqual([400, 415, 413])
    for (const answer of answers) expect(answer.headers.get('content-type')).toBe('application/problem+json')
  })

  test('where a body may be left out, an empty one will do', async () => {
    for (const body of ['', ' ', '{}']) {
      const answer = await send({ 'content-type': 'application/json' }, body, `/destinations/${destinationId}/test`)
      expect(answer.status).toBe(200)
    }
  })

  test('calls that are none are 404, a problem too', async () => {
    for (const [method, path] of [
      ['GET', '/nothing'],
      ['DELETE', '/flows'],
      ['GET', '/signup'],
    ] as const) {
      const said = await own.call(method, path)
      expect([said.status, said.headers.get('content-type')]).toEqual([404, 'application/problem+json'])
    }
  })
})

describe('keeping calls in bounds', () => {
  test('a key that calls too often waits; others go on', async () => {
    const busy = await aCompany('Busy')
    for (let calls = 0; calls < callsPerMinute.key; calls++) takeCall('key', busy.key)
    const said = await busy.call('GET', '/me')
    expect(said.status).toBe(429)
    expect(Number(said.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await own.call('GET', '/me')).status).toBe(200)
  })
})

describe('lists', () => {
  test('go on where the cursor says, to the end', async () => {
    const company = await aCompany('Pages')
    const names = Array.from({ length: 52 }, (_, number) => `Flow ${number}`)
    await Promise.all(names.map((name) => company.call('POST', '/flows', { name })))
    const seen: unknown[] = []
    let cursor: unknown = ''
    const audit: Client = company.call
    while (cursor !== null) {
      const { body } = await audit('GET', `/audit${cursor ? `?cursor=${cursor}` : ''}`)
      seen.push(...(body['data'] as { id: string }[]).map((entry) => entry.id))
      cursor = body['next_cursor']
    }
    expect(seen.length).toBeGreaterThanOrEqual(53)
    expect(new Set(seen).size).toBe(seen.length)
  })

  test('of destinations and of lists come a page at a time', async () => {
    const company = await aCompany('More pages')
    const mailed = { integration: 'email', email: { to: ['leads@buyer.example'] } }
    for (const name of ['A', 'B', 'C']) {
      expect((await company.call('POST', '/destinations', { name, ...mailed })).status).toBe(201)
      expect((await company.call('POST', '/lists', { name: `List ${name}`, type: 'state' })).status).toBe(201)
    }
    const read = async (path: string) => {
      const first = await company.call('GET', `${path}?limit=2`)
      const rest = await company.call(
        'GET',
        `${path}?limit=2&cursor=${encodeURIComponent(String(first.body['next_cursor']))}`,
      )
      expect(rest.body['next_cursor']).toBeNull()
      return [first, rest].map(({ body }) => (body['data'] as { name: string }[]).map(({ name }) => name))
    }
    expect(await read('/destinations')).toEqual([['C', 'B'], ['A']])
    expect(await read('/lists')).toEqual([['List A', 'List B'], ['List C']])
    expect((await company.call('GET', '/destinations?cursor=nonsense')).status).toBe(422)
  })
})
