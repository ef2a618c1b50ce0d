import { beforeAll, describe, expect, test } from 'vitest'
import {
  accepts,
  aLiveFlow,
  aManualStep,
  aPeer,
  aSeller,
  refuses,
  type Someone,
  says,
  testDatabase,
} from '../../../db/testing/index'
import { updateFlow, updateSource } from '../../flows/index'
import { intakeApp } from './app'

testDatabase()

let seller: Someone
let flow: Awaited<ReturnType<typeof aLiveFlow>>
let buyer: Awaited<ReturnType<typeof aPeer>>

const document = (url: string) => ({
  fields: [
    { name: 'email', type: 'email' as const },
    { name: 'state', type: 'state' as const },
  ],
  acceptance: { rule: "lead.state in ['CA', 'TX']", reason: 'State is not bought here' },
  price: { cost: 20 },
  steps: [aManualStep({ url })],
})

beforeAll(async () => {
  seller = await aSeller()
  buyer = await aPeer()
  flow = await aLiveFlow(seller.actor, document(buyer.url))
})

let number = 0
const lead = (more: Record<string, string> = {}) => ({ email: `ana${++number}@example.com`, state: 'CA', ...more })
const call = (path: string, init: RequestInit = {}) => intakeApp.request(path, init)
const post = (body: unknown, headers: Record<string, string> = {}, path = flow.path) =>
  call(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

describe('what a source is answered', () => {
  test('a sold lead: 201, success, its id and what the source is paid', async () => {
    const answer = await post(lead())
    expect(answer.status).toBe(201)
    expect(answer.headers.get('content-type')).toContain('application/json')
    const text = await answer.text()
    expect(text).toMatch(/^\{"outcome":"success","lead":\{"id":"[0-9a-f-]{36}"\},"price":20\}$/)
  })

  test('a refused lead: 201, failure, the reason, price 0', async () => {
    const answer = await post(lead({ state: 'NY' }))
    expect(answer.status).toBe(201)
    expect(await answer.json()).toMatchObject({ outcome: 'failure', reason: 'State is not bought here', price: 0 })
  })

  test('XML is written as the contract shows it, for both XML types', async () => {
    for (const accept of ['application/xml', 'text/xml']) {
      const answer = await post(lead({ state: 'NY' }), { accept })
      expect(answer.status).toBe(201)
      expect(answer.headers.get('content-type')).toContain(accept)
      const id = /<id>([^<]+)<\/id>/
      expect((await answer.text()).replace(id, '<id>…</id>')).toBe(
        '<?xml version="1.0"?>\n<result>\n  <outcome>failure</outcome>\n  <reason>State is not bought here</reason>\n  <lead>\n    <id>…</id>\n  </lead>\n  <price>0</price>\n</result>',
      )
    }
  })

  test('plain text is written in lines', async () => {
    const answer = await post(lead({ state: 'NY' }), { accept: 'text/plain' })
    expect((await answer.text()).replace(/lead\.id: .*/, 'lead.id: …')).toBe(
      'outcome: failure\nreason: State is not bought here\nlead.id: …\nprice: 0',
    )
  })

  test('JSON is the answer when Accept is missing or anything', async () => {
    for (const accept of [undefined, '*/*', 'text/html, */*;q=0.1']) {
      const answer = await post(lead(), accept === undefined ? {} : { accept })
      expect(answer.headers.get('content-type')).toContain('application/json')
    }
  })

  test('a source that lists its own answer fields gets those', async () => {
    const own = await aLiveFlow(seller.actor, document(buyer.url), {
      settings: { response_fields: ['outcome', 'lead.id', 'lead.email', 'price'] },
    })
    const answer = await post(lead({ email: 'Own@Example.com' }), {}, own.path)
    expect(await answer.json()).toMatchObject({ outcome: 'success', lead: { email: 'own@example.com' }, price: 20 })
  })

  test("the buyer's reason is the source's when nobody else takes the lead", async () => {
    buyer.now(refuses('Already a customer'))
    const answer = await post(lead())
    buyer.now(accepts)
    expect(await answer.json()).toMatchObject({ outcome: 'failure', reason: 'Already a customer', price: 0 })
  })

  test('a buyer that never said what it did leaves the result pending, and the source can ask for it', async () => {
    buyer.now((_request, response) => void response.destroy())
    const answer = await post(lead())
    buyer.now(accepts)
    const said = (await answer.json()) as { lead: { id: string } }
    expect(said).toMatchObject({ outcome: 'success', lead: { status: 'pending' }, price: 0 })
    const later = await call(flow.path.replace('/submit', `/leads/${said.lead.id}`))
    expect(later.status).toBe(200)
    expect(await later.json()).toEqual(said)
  })

  test('a buyer that is broken is an error of that step, not of the source', async () => {
    buyer.now(says(503, {}))
    const answer = await post(lead())
    buyer.now(accepts)
    expect(answer.status).toBe(201)
    expect(await answer.json()).toMatchObject({ outcome: expect.stringMatching(/failure|error/), price: 0 })
  })
})

describe('how a lead may be sent', () => {
  const sent = () => buyer.received.at(-1)?.json()

  test('as a form, with dotted keys', async () => {
    const body = new URLSearchParams({ ...lead({ email: 'form@example.com' }), 'mortgage.loan.amount': '325000' })
    const answer = await call(flow.path, { method: 'POST', body })
    expect(answer.status).toBe(201)
    expect(sent()).toMatchObject({ email: 'form@example.com', state: 'CA' })
  })

  test('as multipart without files; with a file it is refused', async () => {
    const form = new FormData()
    for (const [name, value] of Object.entries(lead({ email: 'multi@example.com' }))) form.set(name, value)
    expect((await call(flow.path, { method: 'POST', body: form })).status).toBe(201)
    expect(sent()).toMatchObject({ email: 'multi@example.com' })
    form.set('photo', new Blob(['x']), 'photo.png')
    expect((await call(flow.path, { method: 'POST', body: form })).status).toBe(400)
  })

  test('as XML, whose root element is discarded', async () => {
    const body = '<?xml version="1.0"?><lead><email>xml@example.com</email><state>TX</state></lead>'
    for (const type of ['application/xml', 'text/xml; charset=utf-8']) {
      expect((await post(body.replace('xml@', `xml${++number}@`), { 'content-type': type })).status).toBe(201)
      expect(sent()).toMatchObject({ email: `xml${number}@example.com`, state: 'TX' })
    }
  })

  test('as query parameters, by GET, or merged into a body, where they win', async () => {
    const get = await call(`${flow.path}?${new URLSearchParams(lead({ email: 'get@example.com' }))}`)
    expect(get.status).toBe(201)
    expect(sent()).toMatchObject({ email: 'get@example.com' })
    await post(lead({ email: 'body@example.com' }), {}, `${flow.path}?email=query@example.com`)
    expect(sent()).toMatchObject({ email: 'query@example.com' })
  })

  test('with a raw tab in JSON, which senders get wrong so often', async () => {
    expect((await post('{"email":"tab@example.com","state":"CA","street":"123\t Main"}')).status).toBe(201)
  })

  test('the certificate field has one name, whatever its letter case', async () => {
    const { parseSubmission } = await import('./parse-body')
    const parsed = await parseSubmission(
      Buffer.from('{"XXtrustedFORMcertURL":"https://c.example/1"}'),
      'application/json',
      [],
    )
    expect(parsed).toEqual({ ok: true, value: { trustedform_cert_url: 'https://c.example/1' } })
  })

  test('a value of the wrong type rejects nothing by itself', async () => {
    const answer = await post(lead({ email: 'not an email' }))
    expect(await answer.json()).toMatchObject({ outcome: 'success' })
  })

  test('keys that would reach prototypes are dropped', async () => {
    expect((await post('{"email":"p@example.com","state":"CA","__proto__":{"polluted":1}}')).status).toBe(201)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})

describe('what is refused before anything is taken', () => {
  const refusals: [string, () => Response | Promise<Response>, number, string | RegExp][] = [
    [
      'an unknown flow',
      () =>
        post(
          lead(),
          {},
          '/flows/0197a000-0000-7000-8000-000000000000/sources/0197a000-0000-7000-8000-000000000000/submit',
        ),
      404,
      '{"message":"Not found"}',
    ],
    ['an id that is none', () => post(lead(), {}, '/flows/x/sources/y/submit'), 404, '{"message":"Not found"}'],
    ['PUT', () => call(flow.path, { method: 'PUT' }), 405, 'The PUT method is not allowed'],
    ['DELETE', () => call(flow.path, { method: 'DELETE' }), 405, 'The DELETE method is not allowed'],
    [
      'a body without Content-Type',
      () => call(flow.path, { method: 'POST', body: Buffer.from('email=a@b.com') }),
      415,
      'Content-Type header is required',
    ],
    [
      'a Content-Type nobody knows',
      () => post('email=a@b.com', { 'content-type': 'Monkies' }),
      415,
      /application\/x-www-form-urlencoded.*application\/json/,
    ],
    [
      'an Accept that cannot be met',
      () => post(lead(), { accept: 'image/png' }),
      406,
      'Not capable of generating content according to the Accept header',
    ],
    ['JSON that does not parse', () => post('{"email": "a@b.com",'), 400, /^Unable to parse JSON -- /],
    ['JSON that is a list', () => post('[]'), 400, /^Unable to parse JSON -- /],
    [
      'XML that does not parse',
      () => post('xxTrust…', { 'content-type': 'text/xml' }),
      400,
      /^Unable to parse XML -- /,
    ],
    [
      'XML with a document type',
      () => post('<!DOCTYPE a [<!ENTITY x "y">]><lead><email>&x;</email></lead>', { 'content-type': 'text/xml' }),
      400,
      /^Unable to parse XML -- /,
    ],
    [
      'a form that uses a key both ways',
      () =>
        post('utility=SCE&utility.electric.company.name=SCE', { 'content-type': 'application/x-www-form-urlencoded' }),
      400,
      /^Unable to parse body -- /,
    ],
    ['more than 1 MiB', () => post({ ...lead(), notes: 'x'.repeat(1_100_000) }), 413, /1 MiB/],
    [
      'a redirect to nowhere',
      () => post(lead(), {}, `${flow.path}?redir_url=javascript:alert(1)`),
      400,
      'Invalid redir_url',
    ],
  ]
  test.each(refusals)('%s', async (_what, ask, status, text) => {
    const before = buyer.received.length
    const answer = await ask()
    expect(answer.status).toBe(status)
    const said = await answer.text()
    if (typeof text === 'string') expect(said).toBe(text)
    else expect(said).toMatch(text)
    expect(buyer.received.length).toBe(before)
  })

  test('HEAD sells no lead', async () => {
    const before = buyer.received.length
    const answer = await call(`${flow.path}?${new URLSearchParams(lead())}`, { method: 'HEAD' })
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe('GET, POST')
    expect(buyer.received.length).toBe(before)
  })

  test('a disabled flow and a disabled source', async () => {
    const own = await aLiveFlow(seller.actor, document(buyer.url))
    await updateSource(seller.actor, { flowId: own.flowId, sourceId: own.sourceId, enabled: false })
    expect(await (await post(lead(), {}, own.path)).json()).toEqual({ message: 'Source is disabled' })
    await updateFlow(seller.actor, { flowId: own.flowId, enabled: false })
    const answer = await post(lead(), {}, own.path)
    expect(answer.status).toBe(403)
    expect(await answer.json()).toEqual({ message: 'Flow is disabled' })
  })

  test('a wrong key, where the source asks for one: bearer or the password of Basic', async () => {
    const own = await aLiveFlow(seller.actor, document(buyer.url), { authenticationRequired: true })
    const basic = (password: string) => `Basic ${Buffer.from(`API:${password}`).toString('base64')}`
    expect((await post(lead(), {}, own.path)).status).toBe(401)
    expect((await post(lead(), { authorization: 'Bearer wrong' }, own.path)).status).toBe(401)
    expect((await post(lead(), { authorization: `Bearer ${own.key}` }, own.path)).status).toBe(201)
    expect((await post(lead(), { authorization: basic(own.key ?? '') }, own.path)).status).toBe(201)
  })

  test('more than the source may send in a minute, with the time to wait', async () => {
    const own = await aLiveFlow(seller.actor, document(buyer.url), { settings: { rate_limit_per_minute: 2 } })
    expect((await post(lead(), {}, own.path)).status).toBe(201)
    expect((await post(lead(), {}, own.path)).status).toBe(201)
    const answer = await post(lead(), {}, own.path)
    expect(answer.status).toBe(429)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  })
})

describe('browsers', () => {
  test('a valid redir_url is where they go after processing', async () => {
    const answer = await post(lead(), {}, `${flow.path}?redir_url=${encodeURIComponent('https://shop.example/thanks')}`)
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe('https://shop.example/thanks')
  })

  test('a preflight is answered for the origins that the source lists, and for no other', async () => {
    const own = await aLiveFlow(seller.actor, document(buyer.url), {
      settings: { cors_origins: ['https://shop.example'] },
    })
    const ask = (origin: string) =>
      call(own.path, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } })
    expect((await ask('https://shop.example')).headers.get('access-control-allow-origin')).toBe('https://shop.example')
    expect((await ask('https://other.example')).headers.get('access-control-allow-origin')).toBeNull()
    const answer = await post(lead(), { origin: 'https://shop.example' }, own.path)
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://shop.example')
  })
})

describe('sending the same again', () => {
  test('the same Idempotency-Key gives the same answer, and the buyer hears of it once', async () => {
    const body = lead()
    const before = buyer.received.length
    const first = await (await post(body, { 'idempotency-key': 'key-1' })).text()
    const second = await (await post(body, { 'idempotency-key': 'key-1' })).text()
    expect(second).toBe(first)
    expect(buyer.received.length).toBe(before + 1)
  })

  test('the same key with another body is refused', async () => {
    await post(lead(), { 'idempotency-key': 'key-2' })
    const answer = await post(lead(), { 'idempotency-key': 'key-2' })
    expect(answer.status).toBe(409)
  })

  test('two at the same moment are one sale, with a key and without', async () => {
    for (const headers of [{}, { 'idempotency-key': 'key-3' }] as Record<string, string>[]) {
      const body = lead()
      const before = buyer.received.length
      const answers = await Promise.all([post(body, headers), post(body, headers), post(body, headers)])
      const texts = await Promise.all(answers.map((answer) => answer.text()))
      expect(new Set(texts).size).toBe(1)
      expect(buyer.received.length).toBe(before + 1)
    }
  })

  test('a lead that was answered may be submitted again as a new one', async () => {
    const body = lead()
    const first = (await (await post(body)).json()) as { lead: { id: string } }
    const second = (await (await post(body)).json()) as { lead: { id: string } }
    expect(second.lead.id).not.toBe(first.lead.id)
  })
})

describe('test leads', () => {
  test('reach the buyer marked as tests, with ids that say so', async () => {
    const answer = await post(lead({ is_test: 'true', email: 'test@example.com', phone_1: '5555551234' }))
    expect(await answer.json()).toMatchObject({ outcome: 'success' })
    const got = buyer.received.at(-1)
    expect(got?.headers['x-test-mode']).toBe('true')
    expect(got?.json()['event_id']).toMatch(/^TEST_/)
  })
})

describe('what the buyer is sent', () => {
  test('carries the attempt as its idempotency key, the event id and the lead id', async () => {
    const said = (await (await post(lead())).json()) as { lead: { id: string } }
    const headers = buyer.received.at(-1)?.headers ?? {}
    expect(headers['x-baton-lead-id']).toBe(said.lead.id)
    expect(headers['x-baton-event-id']).toBe(headers['idempotency-key'])
    expect(headers['user-agent']).toMatch(/^Baton\//)
    expect(headers['x-test-mode']).toBeUndefined()
  })
})
