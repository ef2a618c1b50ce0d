import { execFile } from 'node:child_process'
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { afterAll, afterEach, expect, test } from 'vitest'
import { db } from '../../db/client'
import { aBuyer, testDatabase } from '../../db/testing'
import { Auth, type OutgoingRequest, secretsIn } from '../engine'
import { closeEgress } from '../http'
import { deleteSecret, sealSecrets, storeSecret } from '../secrets'
import { curlOf, type DeliveryContext, deliver, previewRequest } from './index'

testDatabase()

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})
afterAll(closeEgress)

type Seen = { headers: IncomingHttpHeaders; body: string; path: string }
async function anEndpoint(answer: (response: ServerResponse, seen: Seen) => void) {
  const seen: Seen[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const one = { headers: request.headers, body, path: request.url ?? '' }
    seen.push(one)
    answer(response, one)
  })
  servers.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/leads`, seen }
}

const context: DeliveryContext = { eventId: '0197-event', leadId: '0197-lead', isTest: false }
const aRequest = (url: string, more: Partial<OutgoingRequest> = {}): OutgoingRequest => ({
  url,
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: '{"email":"a@example.com"}',
  auth: { type: 'none' },
  timeoutMs: 3_000,
  response: { success_codes: [200, 201] },
  sentFields: ['email'],
  ...more,
})
const parser = {
  type: 'json',
  success_path: 'status',
  success_value: 'accepted',
  id_path: 'id',
  reason_path: 'reason',
} as const
const accept = (response: ServerResponse) => response.end('{"status":"accepted"}')
const sealedFor = async (accountId: string, auth: Auth): Promise<Auth> => {
  const result = await sealSecrets(db(), accountId, Auth, auth)
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

test('every delivery names its event and lead, and is marked when it is a test', async () => {
  const endpoint = await anEndpoint(accept)
  const headers = {
    'Content-Type': 'application/json',
    'idempotency-key': 'mine',
    'X-Test-Mode': 'false',
    'x-partner-id': 'p1',
  }
  const { verdict } = await deliver('none', aRequest(endpoint.url, { headers }), context)
  expect(verdict.outcome).toBe('accepted')
  await deliver('none', aRequest(endpoint.url, { headers: { ...headers, 'User-Agent': 'Mine/2' } }), {
    ...context,
    isTest: true,
  })
  expect(endpoint.seen[0]?.headers).toMatchObject({
    'idempotency-key': '0197-event',
    'x-baton-event-id': '0197-event',
    'x-baton-lead-id': '0197-lead',
    'x-test-mode': 'false',
    'x-partner-id': 'p1',
    'user-agent': expect.stringMatching(/^Baton\//),
    'content-type': 'application/json',
  })
  expect(endpoint.seen[1]?.headers).toMatchObject({ 'x-test-mode': 'true', 'user-agent': 'Mine/2' })
})

test.each<[string, Auth, Record<string, string>, Record<string, string>]>([
  [
    'a bearer token',
    { type: 'bearer', token: 'tok_live_1234' },
    { authorization: 'Bearer tok_live_1234' },
    { Authorization: 'Bearer <redacted>' },
  ],
  [
    'a password',
    { type: 'basic', username: 'zoë', password: 'pa:ss word' },
    { authorization: `Basic ${Buffer.from('zoë:pa:ss word').toString('base64')}` },
    { Authorization: 'Basic <redacted>' },
  ],
  [
    'an API key',
    { type: 'api_key', header: 'X-Partner', key: 'key-12345' },
    { 'x-partner': 'key-12345' },
    { 'X-Partner': '<redacted>' },
  ],
])('%s reaches the buyer and nothing that is kept', async (_, auth, sent, shown) => {
  const { account } = await aBuyer()
  const endpoint = await anEndpoint((response, seen) => {
    const echo = JSON.stringify(seen.headers).replaceAll('/', '\\/')
    response.writeHead(200, { 'Set-Cookie': 'session=abcdef', 'X-Echo': Object.values(sent)[0] ?? '' })
    response.end(`{"status":"no","reason":${JSON.stringify(`Bad ${Object.values(sent)[0]}`)},"id":"1","echo":${echo}}`)
  })
  const request = aRequest(endpoint.url, {
    auth: await sealedFor(account.id, auth),
    response: { success_codes: [200], parser },
  })
  const delivery = await deliver(account.id, request, context)
  expect(endpoint.seen[0]?.headers).toMatchObject(sent)
  expect(delivery.request.headers).toMatchObject(shown)
  expect(delivery.response?.headers).toMatchObject({ 'set-cookie': '<redacted>' })
  expect(delivery.verdict).toMatchObject({ outcome: 'rejected', reason: expect.stringContaining('<redacted>') })
  const kept = JSON.stringify(delivery)
  const secret = String(secretsIn(Auth, auth)[0]?.value)
  for (const text of [secret, Buffer.from(`zoë:${secret}`).toString('base64'), 'abcdef'])
    expect(kept).not.toContain(text)
})

test('parameters and headers that are named like credentials, and masked values, are not kept either', async () => {
  const endpoint = await anEndpoint((response, { body }) => response.end(body))
  const request = aRequest(`${endpoint.url}?api_key=abc123&State=CA&accessToken=zzz`, {
    headers: { 'X-Auth-Token': 'static-token', 'X-Api-Key': 'static-key', 'X-State': 'CA' },
    body: '{"ssn":"123-45-6789","state":"CA"}',
  })
  const delivery = await deliver('none', request, { ...context, masked: ['123-45-6789', '1'] })
  expect(endpoint.seen[0]).toMatchObject({ path: '/leads?api_key=abc123&State=CA&accessToken=zzz', body: request.body })
  expect(delivery.request).toMatchObject({
    url: `${endpoint.url}?api_key=<redacted>&State=CA&accessToken=<redacted>`,
    headers: {
      'X-Auth-Token': '<redacted>',
      'X-Api-Key': '<redacted>',
      'X-State': 'CA',
      'Idempotency-Key': '0197-event',
    },
    body: '{"ssn":"<masked>","state":"CA"}',
  })
  expect(delivery.response?.body).toBe('{"ssn":"<masked>","state":"CA"}')
})

test('a credential that cannot be opened is an error, and nothing is sent', async () => {
  const [{ account }, stranger] = [await aBuyer(), await aBuyer()]
  const endpoint = await anEndpoint(accept)
  const ref = await storeSecret(db(), account.id, 'Token', 'tok_live_1234')
  await deleteSecret(db(), account.id, ref)
  const theirs = await storeSecret(db(), stranger.account.id, 'Token', 'tok_live_1234')
  for (const token of [ref, theirs, { secret: 'sec_nothing' }]) {
    const { verdict } = await deliver(account.id, aRequest(endpoint.url, { auth: { type: 'bearer', token } }), context)
    expect(verdict).toMatchObject({ outcome: 'error', reason: expect.stringContaining('nothing was sent') })
  }
  expect(endpoint.seen).toEqual([])
})

test('what is proven not sent is an error, what may have arrived is unknown', async () => {
  const hanging = await anEndpoint(() => {})
  expect((await deliver('none', aRequest('http://127.0.0.1:1/'), context)).verdict.outcome).toBe('error')
  expect((await deliver('none', aRequest('http://10.0.0.1/'), context)).verdict.outcome).toBe('error')
  expect((await deliver('none', aRequest(hanging.url, { timeoutMs: 150 }), context)).verdict.outcome).toBe('unknown')
  const flooding = await anEndpoint((response) => response.end(`{"status":"accepted","x":"${'y'.repeat(400_000)}"}`))
  const flooded = await deliver('none', aRequest(flooding.url, { response: { success_codes: [200], parser } }), context)
  expect(flooded.verdict.outcome).toBe('unknown')
  expect(flooded.response?.truncated).toBe(true)
})

test('at most 64 KiB of a request and of an answer are kept, and nothing that Postgres cannot hold', async () => {
  const endpoint = await anEndpoint((response) => response.end(`\0${'ü'.repeat(60_000)}`))
  const { request, response } = await deliver('none', aRequest(endpoint.url, { body: 'é'.repeat(100_000) }), context)
  for (const kept of [request, response]) {
    expect(Buffer.byteLength(kept?.body ?? '')).toBeLessThanOrEqual(65_536)
    expect(Buffer.byteLength(kept?.body ?? '')).toBeGreaterThan(64_000)
    expect(kept).toMatchObject({ truncated: true, body: expect.not.stringContaining('\0') })
  }
  expect(request.body).toMatch(/^é+$/)
})

test('a preview shows the request and opens nothing', () => {
  const request = aRequest('https://buyer.example/leads', { auth: { type: 'bearer', token: { secret: 'sec_x' } } })
  expect(previewRequest(request, { ...context, isTest: true })).toEqual({
    method: 'POST',
    url: 'https://buyer.example/leads',
    headers: {
      'Content-Type': 'application/json',
      'Idempotency-Key': '0197-event',
      'X-Baton-Event-Id': '0197-event',
      'X-Baton-Lead-Id': '0197-lead',
      'User-Agent': 'Baton/0.1',
      'X-Test-Mode': 'true',
      Authorization: 'Bearer <redacted>',
    },
    body: '{"email":"a@example.com"}',
  })
})

test('copied as curl, a request is the same request, whatever it holds', async () => {
  const recorded = {
    method: 'POST',
    url: `https://buyer.example/leads?a[]=1&b='$(touch x)'`,
    headers: { 'X-Name': `O'Brien "the" $HOME`, 'X-Empty': '', Authorization: 'Bearer <redacted>' },
    body: `{"note":"it's \`id\` \\n ! $(id)",\n"x":1}`,
  }
  const command = curlOf(recorded)
  expect(command).toContain('<redacted>')
  const { stdout } = await promisify(execFile)('sh', ['-c', command.replace(/^curl/, `printf '%s\\0'`)])
  expect(stdout.split('\0').slice(0, -1)).toEqual([
    '-X',
    'POST',
    '--globoff',
    recorded.url,
    '-H',
    `X-Name: O'Brien "the" $HOME`,
    '-H',
    'X-Empty;',
    '-H',
    'Authorization: Bearer <redacted>',
    '--data-raw',
    recorded.body,
  ])
  expect(curlOf({ ...recorded, truncated: true })).toMatch(/^# The body is cut/)
})
