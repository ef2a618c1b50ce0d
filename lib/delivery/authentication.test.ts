import { createHmac, createPrivateKey, randomBytes } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { sql } from 'drizzle-orm'
import { generate } from 'selfsigned'
import { afterAll, afterEach, expect, test } from 'vitest'
import { db } from '../../db/client'
import { aBuyer, testDatabase } from '../../db/testing'
import {
  Auth,
  type ClientCertificate,
  DestinationConfig,
  Endpoint,
  type OutgoingRequest,
  renderDestinationTest,
  type Signing,
} from '../engine'
import { closeEgress } from '../http'
import { createNamedSecret, openSecret, replaceNamedSecret, sealSecrets, secretRefsIn } from '../secrets'
import { certificateProblems, curlOf, type DeliveryContext, deliver, previewRequest, tryToken } from './index'

testDatabase()

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})
afterAll(closeEgress)

type Seen = { headers: IncomingHttpHeaders; body: string; path: string; method: string; subject?: string }
type Answer = (response: ServerResponse, seen: Seen) => void

async function listen(server: Server, protocol = 'http'): Promise<string> {
  servers.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return `${protocol}://localhost:${(server.address() as AddressInfo).port}`
}

async function aServer(answer: Answer = (response) => response.end('{}')) {
  const seen: Seen[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { headers, url = '', method = '' } = request
    const one = { headers, body: Buffer.concat(chunks).toString('utf8'), path: url, method }
    seen.push(one)
    answer(response, one)
  })
  return { url: await listen(server), seen }
}

const context: DeliveryContext = { eventId: '01990a2b-event', leadId: '01990a2b-lead', isTest: false }
const aRequest = (url: string, more: Partial<OutgoingRequest> = {}): OutgoingRequest => ({
  url: `${url}/leads`,
  method: 'POST',
  headers: { 'Content-Type': 'application/json; charset=utf-8' },
  body: '{"name":"Zoë O’Hara","emoji":"🏠"}',
  auth: { type: 'none' },
  timeoutMs: 5_000,
  response: { success_codes: [200] },
  sentFields: [],
  ...more,
})

function must<T>(result: { ok: true; value: T } | { ok: false; error: { message: string } }): T {
  if (result.ok) return result.value
  throw new Error(result.error.message)
}
const sealed = async <T>(accountId: string, schema: Parameters<typeof sealSecrets<T>>[2], value: T): Promise<T> =>
  must(await sealSecrets(db(), accountId, schema, value))

/** Everything that this installation keeps, as text. */
async function everyRow(): Promise<string> {
  const tables = await db().execute<{ name: string }>(
    sql`select format('%I', tablename) as name from pg_tables where schemaname = 'public'`,
  )
  const texts: string[] = []
  for (const { name } of tables)
    texts.push(JSON.stringify(await db().execute(sql`select (t.*)::text as row from ${sql.raw(name)} t`)))
  return texts.join('\n')
}

/** A token server after RFC 6749, with its own idea of which refresh token is the newest. */
async function aTokenServer({ refuse = 0, life = 3600 as number | undefined } = {}) {
  const state = { refuse, life, refreshToken: 'refresh-0-abcdefgh', issued: 0, valid: new Set<string>() }
  const server = await aServer((response, { body }) => {
    const form = new URLSearchParams(body)
    response.setHeader('content-type', 'application/json')
    if (state.refuse-- > 0) {
      const words = { error: 'invalid_client', error_description: `Unknown secret ${form.get('client_secret')}` }
      response.writeHead(401).end(JSON.stringify(words))
      return
    }
    const isRefresh = form.get('grant_type') === 'refresh_token'
    if (isRefresh && form.get('refresh_token') !== state.refreshToken) {
      response.writeHead(400).end('{"error":"invalid_grant"}')
      return
    }
    const token = `access-${++state.issued}-${randomBytes(9).toString('base64url')}`
    state.valid.add(token)
    if (isRefresh) state.refreshToken = `refresh-${state.issued}-abcdefgh`
    response.end(
      JSON.stringify({
        access_token: token,
        token_type: 'Bearer',
        ...(state.life !== undefined && { expires_in: state.life }),
        ...(isRefresh && { refresh_token: state.refreshToken }),
      }),
    )
  })
  return { ...server, state }
}

/** A buyer that takes only tokens which the token server still knows. */
const aProtectedBuyer = (valid: Set<string>) =>
  aServer((response, { headers }) => {
    const token = headers.authorization?.replace('Bearer ', '') ?? ''
    response.writeHead(valid.has(token) ? 200 : 401).end(JSON.stringify({ echo: headers.authorization }))
  })

const clientSecret = 'client-secret-7Qx!9'
const clientCredentials = (url: string): Auth => ({
  type: 'oauth2_client_credentials',
  token_url: `${url}/token`,
  client_id: 'baton',
  client_secret: clientSecret,
  scope: 'leads:write',
  audience: 'https://api.buyer.example',
})

test('an OAuth token is got once, kept in memory only, and sent with every lead', async () => {
  const { account } = await aBuyer()
  const tokens = await aTokenServer()
  const buyer = await aProtectedBuyer(tokens.state.valid)
  const auth = await sealed(account.id, Auth, clientCredentials(tokens.url))
  const deliveries = await Promise.all(
    Array.from({ length: 8 }, () => deliver(account.id, aRequest(buyer.url, { auth }), context)),
  )
  expect(deliveries.map(({ verdict }) => verdict.outcome)).toEqual(Array(8).fill('accepted'))
  expect(tokens.seen).toHaveLength(1)
  expect(Object.fromEntries(new URLSearchParams(tokens.seen[0]?.body))).toEqual({
    grant_type: 'client_credentials',
    client_id: 'baton',
    client_secret: clientSecret,
    scope: 'leads:write',
    audience: 'https://api.buyer.example',
  })
  expect(deliveries[0]?.request.headers['Authorization']).toBe('Bearer <redacted>')
  const [token = ''] = tokens.state.valid
  const kept = JSON.stringify(deliveries) + (await everyRow())
  for (const text of [token, clientSecret]) expect(kept).not.toContain(text)
})

test('the client’s credentials go in a Basic header where the server wants them there', async () => {
  const { account } = await aBuyer()
  const tokens = await aTokenServer()
  const buyer = await aProtectedBuyer(tokens.state.valid)
  const auth: Auth = {
    ...(clientCredentials(tokens.url) as Extract<Auth, { audience?: unknown }>),
    credentials_in: 'basic',
  }
  expect((await deliver(account.id, aRequest(buyer.url, { auth }), context)).verdict.outcome).toBe('accepted')
  const pair = `baton:${encodeURIComponent(clientSecret)}`
  expect(tokens.seen[0]?.headers.authorization).toBe(`Basic ${Buffer.from(pair).toString('base64')}`)
  expect(tokens.seen[0]?.body).not.toContain('client_secret')
})

test('a token that the buyer refuses is replaced, and the attempt goes on under the same key', async () => {
  const { account } = await aBuyer()
  const tokens = await aTokenServer()
  const buyer = await aProtectedBuyer(tokens.state.valid)
  const request = aRequest(buyer.url, { auth: await sealed(account.id, Auth, clientCredentials(tokens.url)) })
  await deliver(account.id, request, context)
  tokens.state.valid.clear()
  const { verdict } = await deliver(account.id, request, context)
  expect(verdict.outcome).toBe('accepted')
  expect(tokens.seen).toHaveLength(2)
  expect(buyer.seen.slice(1).map(({ headers }) => headers['idempotency-key'])).toEqual([
    context.eventId,
    context.eventId,
  ])
})

test('a new token that the buyer refuses too is an alert, and the lead is not sent again', async () => {
  const { account } = await aBuyer()
  const tokens = await aTokenServer()
  const buyer = await aProtectedBuyer(new Set())
  const auth = await sealed(account.id, Auth, clientCredentials(tokens.url))
  const { verdict } = await deliver(account.id, aRequest(buyer.url, { auth }), context)
  expect(verdict).toMatchObject({ outcome: 'error', statusCode: 401, alert: 'Authentication Failed' })
  expect(buyer.seen).toHaveLength(1)
})

test('what the token server refuses is told in its words without the secret, and shared for a while', async () => {
  const { account, actor } = await aBuyer()
  const tokens = await aTokenServer({ refuse: 1 })
  const buyer = await aProtectedBuyer(tokens.state.valid)
  const auth = await sealed(account.id, Auth, clientCredentials(tokens.url))
  const first = await deliver(account.id, aRequest(buyer.url, { auth }), context)
  expect(first.verdict).toMatchObject({
    outcome: 'error',
    reason: 'The token server answered 401 invalid_client: Unknown secret <redacted>',
    alert: 'Authentication Failed',
  })
  expect(first.notSent).toBe(true)
  expect((await deliver(account.id, aRequest(buyer.url, { auth }), context)).verdict.outcome).toBe('error')
  expect(tokens.seen).toHaveLength(1)
  expect(must(await tryToken(actor, { auth })).expiresAt).toMatch(/^\d{4}-/)
  expect((await deliver(account.id, aRequest(buyer.url, { auth }), context)).verdict.outcome).toBe('accepted')
  expect(buyer.seen).toHaveLength(1)
})

test('a refresh token that is replaced by its use is kept sealed under the same reference', async () => {
  const { account } = await aBuyer()
  const tokens = await aTokenServer({ life: 1 })
  const buyer = await aProtectedBuyer(tokens.state.valid)
  const auth = await sealed<Auth>(account.id, Auth, {
    type: 'oauth2_refresh_token',
    token_url: `${tokens.url}/token`,
    client_id: 'baton',
    refresh_token: 'refresh-0-abcdefgh',
  })
  // the same credential read anew, as another process would: neither knows the other's token
  const copies = Array.from({ length: 3 }, (_, index) => ({ ...structuredClone(auth), scope: `s${index}` }) as Auth)
  const deliveries = await Promise.all(
    copies.map((copy) => deliver(account.id, aRequest(buyer.url, { auth: copy }), context)),
  )
  expect(deliveries.map(({ verdict }) => verdict.reason)).toEqual([undefined, undefined, undefined])
  expect(tokens.state.issued).toBe(3)
  const [ref] = secretRefsIn(Auth, auth)
  expect(await openSecret(account.id, ref ?? { secret: '' })).toBe(tokens.state.refreshToken)
  expect(await everyRow()).not.toContain(tokens.state.refreshToken)
})

test('a refresh token that is tried out before it is saved is saved as the one that took its place', async () => {
  const { account, actor } = await aBuyer()
  const tokens = await aTokenServer()
  const auth: Auth = {
    type: 'oauth2_refresh_token',
    token_url: `${tokens.url}/token`,
    client_id: 'baton',
    refresh_token: 'refresh-0-abcdefgh',
  }
  must(await tryToken(actor, { auth }))
  const [ref] = secretRefsIn(Auth, await sealed(account.id, Auth, auth))
  expect(await openSecret(account.id, ref ?? { secret: '' })).toBe('refresh-1-abcdefgh')
})

test.each<[string, Auth, (seen: Seen) => unknown, unknown]>([
  [
    'an API key in the query',
    { type: 'api_key', in: 'query', parameter: 'api key', key: 'k&y=12345' },
    ({ path }) => path,
    '/leads?api%20key=k%26y%3D12345',
  ],
  [
    'headers of one’s own',
    { type: 'custom', headers: { 'X-User': 'user-4711', 'X-Pass': 'pass-4711' } },
    ({ headers }) => [headers['x-user'], headers['x-pass']],
    ['user-4711', 'pass-4711'],
  ],
])('%s reaches the buyer and nothing that is kept', async (_, auth, read, expected) => {
  const { account } = await aBuyer()
  const buyer = await aServer((response, { path, headers }) => response.end(JSON.stringify({ path, headers })))
  const request = aRequest(buyer.url, { auth: await sealed(account.id, Auth, auth) })
  const delivery = await deliver(account.id, request, context)
  expect(buyer.seen.map(read)).toEqual([expected])
  const kept =
    JSON.stringify([delivery, curlOf(delivery.request), previewRequest(request, context)]) + (await everyRow())
  for (const text of ['k&y=12345', 'k%26y%3D12345', 'user-4711', 'pass-4711']) expect(kept).not.toContain(text)
})

const config = (url: string, auth: Auth, more: object = {}) =>
  DestinationConfig.parse({
    endpoint: { url, auth, ...more },
    request: { mappings: { email: '{{lead.email}}', 'deep.token': '{{secret.BUYER_TOKEN}}' } },
    response: { success_codes: [200] },
  })

test('secrets by name and a key in the body are filled in right before sending, and kept nowhere', async () => {
  const { account, actor } = await aBuyer()
  const token = 'named token/4711'
  must(await createNamedSecret(actor, { name: 'BUYER_TOKEN', value: token }))
  const buyer = await aServer((response, { body, path, headers }) =>
    response.end(
      JSON.stringify({ body, path, headers, twice: Buffer.from(`x${headers['x-token']}y`).toString('base64') }),
    ),
  )
  const given = config(
    `${buyer.url}/leads?t={{secret.BUYER_TOKEN}}&s={{lead.state}}`,
    { type: 'api_key', in: 'body', parameter: 'credentials.key', key: 'body-key-4711' },
    {
      headers: {
        'X-Token': '{{secret.BUYER_TOKEN}}',
        'X-Packed': 'Basic {{ secret.BUYER_TOKEN | append: ":" | base64_encode }}',
      },
    },
  )
  const saved = await sealed(account.id, DestinationConfig, given)
  const request = renderDestinationTest(saved, { eventId: 'e', leadId: 'l', now: 0 })
  const delivery = await deliver(account.id, request, context)
  expect(delivery.verdict.outcome).toBe('accepted')
  const [seen] = buyer.seen
  expect(seen?.path).toBe('/leads?t=named%20token%2F4711&s=TX')
  expect(seen?.headers['x-token']).toBe(token)
  expect(seen?.headers['x-packed']).toBe(`Basic ${Buffer.from(`${token}:`).toString('base64')}`)
  expect(JSON.parse(seen?.body ?? '')).toMatchObject({ deep: { token }, credentials: { key: 'body-key-4711' } })
  const kept =
    JSON.stringify([delivery, curlOf(delivery.request), previewRequest(request, context)]) + (await everyRow())
  const packed = Buffer.from(token).toString('base64').slice(0, -4)
  for (const text of [token, 'named%20token', 'body-key-4711', packed]) expect(kept).not.toContain(text)
  expect(delivery.request.body).toContain('<redacted>')
  must(await replaceNamedSecret(actor, { name: 'BUYER_TOKEN', value: 'another-one' }))
  await deliver(account.id, request, context)
  expect(buyer.seen[1]?.headers['x-token']).toBe('another-one')
})

test('a credential may be a secret by name; one that is not there any more sends nothing', async () => {
  const { account, actor } = await aBuyer()
  must(await createNamedSecret(actor, { name: 'BUYER_API_TOKEN', value: 'tok_live_4711' }))
  const buyer = await aServer()
  const auth: Auth = { type: 'bearer', token: '{{secret.BUYER_API_TOKEN}}' }
  expect(await sealed(account.id, Auth, auth)).toEqual(auth)
  await deliver(account.id, aRequest(buyer.url, { auth }), context)
  expect(buyer.seen[0]?.headers.authorization).toBe('Bearer tok_live_4711')
  const gone: Auth = { type: 'bearer', token: '{{secret.GONE}}' }
  const { verdict, notSent } = await deliver(account.id, aRequest(buyer.url, { auth: gone }), context)
  expect([verdict.outcome, notSent, buyer.seen.length]).toEqual(['error', true, 1])
})

/** The check of https://www.standardwebhooks.com, from its text: the signature is over `id.timestamp.payload`. */
function isStandardWebhook(secret: string, { headers, body }: Seen): boolean {
  const id = headers['webhook-id']
  const timestamp = Number(headers['webhook-timestamp'])
  if (Math.abs(Date.now() / 1_000 - timestamp) > 300) return false
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return String(headers['webhook-signature'])
    .split(' ')
    .some((signature) => signature === `v1,${expected}`)
}

test('Standard Webhooks: the body is signed as it is sent, under the event’s id', async () => {
  const { account } = await aBuyer()
  const secret = `whsec_${randomBytes(32).toString('base64')}`
  const buyer = await aServer()
  const endpoint = await sealed(
    account.id,
    Endpoint,
    Endpoint.parse({ url: buyer.url, signing: { type: 'standard_webhooks', secret } }),
  )
  const request = aRequest(buyer.url, { ...(endpoint.signing && { signing: endpoint.signing }) })
  const delivery = await deliver(account.id, request, context)
  const [seen] = buyer.seen
  expect(seen && isStandardWebhook(secret, seen)).toBe(true)
  expect(seen?.headers['webhook-id']).toBe(context.eventId)
  expect(seen && isStandardWebhook(secret, { ...seen, body: `${seen.body} ` })).toBe(false)
  expect(JSON.stringify(delivery) + (await everyRow())).not.toContain(secret.slice(6))
})

test.each<[Partial<Extract<Signing, { type: 'hmac' }>>, (seen: Seen) => string]>([
  [{}, ({ body }) => createHmac('sha256', 'shared').update(body).digest('hex')],
  [
    { algorithm: 'sha512', encoding: 'base64', prefix: 'sha512=' },
    ({ body }) => `sha512=${createHmac('sha512', 'shared').update(body).digest('base64')}`,
  ],
  [
    { algorithm: 'sha1', signs: 'timestamp.body', timestamp_header: 'X-Time' },
    ({ headers, body }) => createHmac('sha1', 'shared').update(`${headers['x-time']}.${body}`).digest('hex'),
  ],
])('HMAC as the buyer wants it: %o', async (more, expected) => {
  const { account } = await aBuyer()
  const buyer = await aServer()
  const signing: Signing = {
    type: 'hmac',
    secret: 'shared',
    algorithm: 'sha256',
    header: 'X-Signature',
    encoding: 'hex',
    signs: 'body',
    ...more,
  }
  await deliver(account.id, aRequest(buyer.url, { signing, headers: { 'x-signature': 'forged' } }), context)
  const [seen] = buyer.seen
  expect(seen?.headers['x-signature']).toBe(seen && expected(seen))
})

type Pair = { private: string; cert: string }
const aPair = (name: string, days = 365): Promise<Pair> =>
  Promise.resolve(
    generate([{ name: 'commonName', value: name }], {
      notAfterDate: new Date(Date.now() + days * 86_400_000),
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
    }),
  )

/** A server that asks for a certificate and trusts the given ones. */
async function aTlsServer(own: Pair, trusted: string[]) {
  const seen: string[] = []
  const options = { key: own.private, cert: own.cert, requestCert: true, rejectUnauthorized: true, ca: trusted }
  const server = createSecureServer(options, (request, response) => {
    const { subject } = (request.socket as TLSSocket).getPeerCertificate()
    seen.push(`${subject.CN}`)
    request.resume()
    response.end('{}')
  })
  return { url: await listen(server, 'https'), seen }
}

test('a client certificate is shown to the server, and sockets of two identities never mix', async () => {
  const { account } = await aBuyer()
  const [own, one, other] = [await aPair('localhost'), await aPair('first'), await aPair('second')]
  const server = await aTlsServer(own, [one.cert, other.cert])
  const passphrase = 'open sesame'
  const locked = createPrivateKey(one.private).export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase,
  })
  const certificate = async (pair: Pair, more: Partial<ClientCertificate> = {}) => {
    const endpoint = Endpoint.parse({
      url: server.url,
      client_certificate: { certificate: pair.cert, private_key: pair.private, ca: own.cert, ...more },
    })
    return (await sealed(account.id, Endpoint, endpoint)).client_certificate
  }
  const [first, second] = [
    await certificate(one, { private_key: String(locked), passphrase }),
    await certificate(other),
  ]
  for (const clientCertificate of [first, second, first]) {
    const request = aRequest(server.url, clientCertificate ? { clientCertificate } : {})
    expect((await deliver(account.id, request, context)).verdict.reason).toBeUndefined()
  }
  expect(server.seen).toEqual(['first', 'second', 'first'])
  expect(await everyRow()).not.toContain(one.private.split('\n')[2])
})

test('TLS failures are told in words, and prove that the buyer did not take the lead', async () => {
  const { account } = await aBuyer()
  const own = await aPair('localhost')
  const server = await aTlsServer(own, [(await aPair('trusted')).cert])
  const unknown = await deliver(account.id, aRequest(server.url), context)
  expect(unknown.verdict).toMatchObject({ outcome: 'error', reason: expect.stringContaining('signed by itself') })
  const stranger = await aPair('stranger')
  const clientCertificate = { certificate: own.cert, private_key: stranger.private, ca: own.cert }
  const mixed = await deliver(account.id, aRequest(server.url, { clientCertificate }), context)
  expect(mixed.verdict).toMatchObject({ outcome: 'error', reason: expect.stringContaining('can’t be used') })
  expect(server.seen).toEqual([])
})

test('a certificate that has expired, or will within 30 days, is a problem with the day in it', async () => {
  const at = async (days: number) => {
    const pair = await aPair('buyer', days)
    const client_certificate = { certificate: pair.cert, private_key: pair.private }
    const document = { endpoint: Endpoint.parse({ url: 'https://a.example', client_certificate }) }
    return certificateProblems(document, Date.now()).map(({ severity, path }) => `${severity} ${path}`)
  }
  expect(await at(365)).toEqual([])
  expect(await at(10)).toEqual(['warning endpoint.client_certificate.certificate'])
  expect(await at(-1)).toEqual(['error endpoint.client_certificate.certificate'])
})
