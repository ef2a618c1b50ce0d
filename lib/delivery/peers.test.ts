import { createHash } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DOMParser } from '@xmldom/xmldom'
import { listen as listenForSoap } from 'soap'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { db } from '../../db/client'
import { aBuyer, testDatabase } from '../../db/testing'
import { DestinationConfig, type RecordedRequest, renderDestinationTest, type WsdlOperation } from '../engine'
import { closeEgress } from '../http'
import { storeSecret } from '../secrets'
import { curlOf, deliver, findOperations, previewRequest } from './index'

testDatabase()

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})
afterAll(closeEgress)

async function listening(handler?: RequestListener): Promise<{ server: Server; base: string }> {
  const server = createServer(handler)
  servers.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return { server, base: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

type Seen = { method: string; path: string; headers: IncomingHttpHeaders; body: string }

/** A peer that keeps what it gets and answers it in a way of its own. */
async function aPeer(answer: (seen: Seen) => { status?: number; type?: string; body: string }) {
  const seen: Seen[] = []
  const { base } = await listening(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const one = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body }
    seen.push(one)
    const { status = 200, type = 'text/plain', body: text } = answer(one)
    response.writeHead(status, { 'Content-Type': type }).end(text)
  })
  return { url: `${base}/leads`, seen }
}

type Config = {
  url: string
  request: Record<string, unknown>
  endpoint?: Record<string, unknown>
  response?: Record<string, unknown>
}

const configOf = ({ url, request, endpoint = {}, response = { success_codes: [200] } }: Config) =>
  DestinationConfig.parse({ endpoint: { url, ...endpoint }, request, response })

const ids = { eventId: '0197-event', leadId: '0197-lead' }
const context = { ...ids, isTest: true }

/** Sends the sample lead as a destination's test does. */
async function send(config: Config, accountId = 'none') {
  const request = renderDestinationTest(configOf(config), { ...ids, now: Date.UTC(2026, 0, 14) })
  return { ...(await deliver(accountId, request, context)), preview: previewRequest(request, context) }
}

const tricky = `O'Brien & <Sons> "x" é`

describe('an XML server', () => {
  test('gets a document that it can read, with attributes, lists and CDATA', async () => {
    const peer = await aPeer(() => ({ type: 'application/xml', body: '<ok/>' }))
    const delivery = await send({
      url: peer.url,
      endpoint: { method: 'PUT', headers: { 'X-Partner': 'p_{{lead.first_name}}' } },
      request: {
        format: 'xml',
        root: 'lead xmlns="urn:leads"',
        mappings: {
          '@id': '{{lead.id}}',
          'name.#text': tricky,
          'note.#cdata': tricky,
          'phone.0': '{{lead.phone_1}}',
          'phone.1': 'none',
        },
      },
    })
    expect(delivery.verdict.outcome).toBe('accepted')
    const [seen] = peer.seen
    expect(seen).toMatchObject({
      method: 'PUT',
      headers: { 'content-type': 'text/xml; charset=utf-8', 'x-partner': 'p_Test' },
    })
    const root = new DOMParser().parseFromString(seen?.body ?? '', 'text/xml').documentElement
    expect(root?.namespaceURI).toBe('urn:leads')
    expect(root?.getAttribute('id')).toBe('TEST_0197-lead')
    const texts = (name: string) => [...(root?.getElementsByTagName(name) ?? [])].map(({ textContent }) => textContent)
    expect([texts('name'), texts('note'), texts('phone')]).toEqual([[tricky], [tricky], ['5555551234', 'none']])
    expect(delivery.request).toMatchObject({ method: 'PUT', url: peer.url, body: seen?.body })
  })
})

describe('a form server', () => {
  test('gets every value as it was, lists repeated', async () => {
    const peer = await aPeer(() => ({ body: 'thanks' }))
    const request = {
      format: 'form',
      mappings: { 'lead[name]': tricky, mail: '{{lead.email}}', 'tag.0': 'a', 'tag.1': 'b' },
    }
    await send({ url: peer.url, request })
    expect([...new URLSearchParams(peer.seen[0]?.body)]).toEqual([
      ['lead[name]', tricky],
      ['mail', 'test@example.com'],
      ['tag', 'a'],
      ['tag', 'b'],
    ])
    expect(peer.seen[0]?.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/)
  })

  test('gets JSON in a parameter, with others beside it', async () => {
    const peer = await aPeer(() => ({ body: 'thanks' }))
    await send({
      url: peer.url,
      request: { parameter: 'payload', parameters: { k: '1' }, mappings: { 'a.b': tricky } },
    })
    const got = new URLSearchParams(peer.seen[0]?.body)
    expect(JSON.parse(got.get('payload') ?? '')).toEqual({ a: { b: tricky } })
    expect(got.get('k')).toBe('1')
  })

  test('is asked by GET with parameters merged into the address, and without a body', async () => {
    const peer = await aPeer(() => ({ body: 'thanks' }))
    const delivery = await send({
      url: `${peer.url}?mail=old&aff=7`,
      request: { format: 'query', mappings: { mail: '{{lead.email}}', n: tricky } },
    })
    expect(peer.seen[0]).toMatchObject({ method: 'GET', body: '' })
    expect(peer.seen[0]?.headers['content-type']).toBeUndefined()
    expect([...new URL(peer.seen[0]?.path ?? '', peer.url).searchParams]).toEqual([
      ['mail', 'test@example.com'],
      ['aff', '7'],
      ['n', tricky],
    ])
    expect(delivery.verdict.outcome).toBe('accepted')
    expect(curlOf(delivery.request)).not.toContain('--data-raw')
  })
})

test('a body of one’s own is sent as it is written, by the method that was chosen', async () => {
  const peer = await aPeer(() => ({ body: '{"ok":true}' }))
  const body = '{"who":"{{lead.first_name}}","score":{{lead.credit_score}}}'
  const delivery = await send({ url: peer.url, endpoint: { method: 'PATCH' }, request: { body } })
  expect(peer.seen[0]).toMatchObject({ method: 'PATCH', body: '{"who":"Test","score":720}' })
  expect(delivery.preview.body).toBe('{"who":"Test","score":720}')
})

test('what can’t be written for a lead is an error that was not sent, with the reason', async () => {
  const peer = await aPeer(() => ({ body: '' }))
  const { verdict, notSent } = await send({ url: peer.url, request: { body: '{"a":{{lead.first_name | raw}}}' } })
  expect(verdict).toMatchObject({ outcome: 'error', reason: expect.stringContaining('not JSON') })
  expect(notSent).toBe(true)
  expect(peer.seen).toEqual([])
})

test('a masked value is not kept, however the mapping wrote it', async () => {
  const peer = await aPeer(({ body }) => ({ body }))
  const transform = [{ type: 'replace', search: '6', with: ' & ' }]
  for (const request of [
    { format: 'xml', root: 'l', mappings: { s: { value: '{{lead.ssn}}', transform } } },
    { format: 'form', mappings: { s: { value: '{{lead.ssn}}', transform } } },
    { parameter: 'p', mappings: { s: { value: '{{lead.ssn}}', transform } } },
    { format: 'xml', body: '<l>{{ lead.ssn | replace: "6", "<" }}</l>' },
  ]) {
    const delivery = await send({ url: peer.url, request })
    expect(peer.seen.at(-1)?.body).toMatch(/12345/)
    for (const kept of [delivery.request.body, delivery.response?.body, delivery.preview.body]) {
      expect(kept).toContain('masked')
      expect(kept).not.toMatch(/12345/)
    }
  }
})

const wsdlOf = (url: string, version: '11' | '12') => {
  const [prefix, space] =
    version === '11'
      ? ['soap', 'http://schemas.xmlsoap.org/wsdl/soap/']
      : ['soap12', 'http://schemas.xmlsoap.org/wsdl/soap12/']
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions name="Leads" targetNamespace="urn:leads" xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:tns="urn:leads"
  xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:${prefix}="${space}">
  <types><xsd:schema targetNamespace="urn:leads" elementFormDefault="qualified">
    <xsd:element name="AddLead"><xsd:complexType><xsd:sequence>
      <xsd:element name="Key" type="xsd:string"/>
      <xsd:element name="Contact"><xsd:complexType><xsd:sequence>
        <xsd:element name="Name" type="xsd:string"/><xsd:element name="Score" type="xsd:int" minOccurs="0"/>
      </xsd:sequence></xsd:complexType></xsd:element>
      <xsd:element name="LeadXML" type="xsd:string" minOccurs="0"/>
    </xsd:sequence></xsd:complexType></xsd:element>
    <xsd:element name="AddLeadResponse"><xsd:complexType><xsd:sequence><xsd:element name="Status" type="xsd:string"/></xsd:sequence></xsd:complexType></xsd:element>
  </xsd:schema></types>
  <message name="In"><part name="parameters" element="tns:AddLead"/></message>
  <message name="Out"><part name="parameters" element="tns:AddLeadResponse"/></message>
  <portType name="Port"><operation name="AddLead"><input message="tns:In"/><output message="tns:Out"/></operation></portType>
  <binding name="Binding" type="tns:Port"><${prefix}:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="AddLead"><${prefix}:operation soapAction="urn:leads/AddLead"/>
      <input><${prefix}:body use="literal"/></input><output><${prefix}:body use="literal"/></output></operation></binding>
  <service name="Service"><port name="Port" binding="tns:Binding"><${prefix}:address location="${url}"/></port></service>
</definitions>`
}

/** What a request needs of an operation, as the editor fills it in. */
const soapOf = (operation: WsdlOperation) => ({
  format: operation.version,
  soap: {
    operation: operation.element,
    namespace: operation.namespace,
    action: operation.action,
    ...(!operation.qualified && { prefix: 'tns' }),
    text_arguments: operation.arguments.filter(({ type }) => type === 'string').map(({ path }) => path),
  },
})

async function aSoapServer(version: '11' | '12', authenticate?: (security: unknown) => boolean) {
  const { server, base } = await listening()
  const url = `${base}/leads`
  const calls: { args: Record<string, unknown>; soapHeaders: unknown }[] = []
  const addLead = (args: Record<string, unknown>, _callback: unknown, soapHeaders: unknown) => {
    calls.push({ args, soapHeaders })
    if (args['Key'] !== 'wrong') return { Status: 'accepted' }
    const words =
      version === '11'
        ? { faultcode: 'soap:Client', faultstring: 'The key is wrong' }
        : { Code: { Value: 'soap:Sender' }, Reason: { Text: 'The key is wrong' } }
    throw { Fault: { ...words, statusCode: 500 } }
  }
  const made = listenForSoap(server, {
    path: '/leads',
    services: { Service: { Port: { AddLead: addLead } } },
    xml: wsdlOf(url, version),
    ...(version === '12' && { forceSoap12Headers: true }),
  })
  if (authenticate) made.authenticate = authenticate
  const { account } = await aBuyer()
  const actor = { accountId: account.id, accountName: '', plan: 'full', role: 'member', via: 'session' } as const
  return { url, calls, account, actor }
}

const operationOf = async (server: Awaited<ReturnType<typeof aSoapServer>>) => {
  const found = await findOperations(server.actor, { url: `${server.url}?wsdl` })
  const operation = found.ok ? found.value.operations[0] : undefined
  if (!operation) throw new Error('no operation')
  return operation
}

/** As the profile says, reckoned here once more: Base64(SHA-1(nonce + created + password)). */
function digestOf(token: Record<string, { [key: string]: unknown }> | undefined, password: string): string {
  const nonce = Buffer.from(String(token?.['Nonce']?.['$value']), 'base64')
  return createHash('sha1').update(nonce).update(`${token?.['Created']}${password}`).digest('base64')
}

describe.each(['11', '12'] as const)('a SOAP %s server', (version) => {
  const mappings = {
    Key: 'k1',
    'Contact.Name': tricky,
    'Contact.Score': '{{lead.credit_score}}',
    'LeadXML.Lead.Email': '{{lead.email}}',
  }

  test('tells its operations, and takes what is mapped to their arguments', async () => {
    const server = await aSoapServer(version)
    const operation = await operationOf(server)
    expect(operation).toMatchObject({ version: `soap${version}`, url: server.url })
    expect(operation.arguments.map(({ path }) => path)).toEqual(['Key', 'Contact.Name', 'Contact.Score', 'LeadXML'])
    const delivery = await send({
      url: operation.url ?? '',
      endpoint: { headers: { 'X-Partner': 'p1' } },
      request: { ...soapOf(operation), mappings },
    })
    expect(delivery.verdict).toMatchObject({ outcome: 'accepted', statusCode: 200 })
    expect(server.calls[0]?.args).toEqual({
      Key: 'k1',
      Contact: { Name: tricky, Score: 720 },
      LeadXML: '<Lead><Email>test@example.com</Email></Lead>',
    })
    expect(delivery.response?.body).toContain('accepted')
  })

  test('gets the header of WS-Security, by text and by digest, and nobody else sees the password', async () => {
    const tokens: Record<string, { [key: string]: unknown }>[] = []
    const server = await aSoapServer(version, (security) => {
      tokens.push((security as { UsernameToken: Record<string, { [key: string]: unknown }> }).UsernameToken)
      return true
    })
    const operation = soapOf(await operationOf(server))
    const password = await storeSecret(db(), server.account.id, 'Password', 's3cret & "quoted"')
    for (const digest of [false, true]) {
      const security = { username: 'us & er', password, digest }
      const delivery = await send(
        { url: server.url, request: { ...operation, mappings, soap: { ...operation.soap, security } } },
        server.account.id,
      )
      expect(delivery.verdict.outcome).toBe('accepted')
      for (const kept of [delivery.request.body, delivery.preview.body]) {
        expect(kept).toContain('us &amp; er</wsse:Username>')
        expect(kept).toContain('"><redacted></wsse:Password>')
        expect(kept).not.toContain('s3cret')
      }
    }
    const [byText, byDigest] = tokens
    expect(byText?.['Password']?.['$value']).toBe('s3cret & "quoted"')
    expect(byDigest?.['Password']?.['attributes']).toMatchObject({ Type: expect.stringMatching(/#PasswordDigest$/) })
    const digest = digestOf(byDigest, 's3cret & "quoted"')
    expect(byDigest?.['Password']?.['$value']).toBe(digest)
  })

  test('answers a fault, which is an error', async () => {
    const server = await aSoapServer(version)
    const operation = soapOf(await operationOf(server))
    const { verdict, response } = await send({
      url: server.url,
      request: { ...operation, mappings: { ...mappings, Key: 'wrong' } },
    })
    expect(verdict).toMatchObject({
      outcome: 'error',
      statusCode: 500,
      reason: expect.stringContaining('The key is wrong'),
    })
    expect(response?.body).toContain('The key is wrong')
  })
})

describe('a WSDL', () => {
  test('is fetched through the guard only, with what it imports', async () => {
    const { server } = await listening()
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const whole = wsdlOf(`${base}/leads`, '11')
    const schema = /<xsd:schema.*<\/xsd:schema>/s.exec(whole)?.[0] ?? ''
    const documents: Record<string, string> = {
      '/leads?wsdl': whole.replace(schema, '<xsd:schema><xsd:import schemaLocation="types.xsd"/></xsd:schema>'),
      '/types.xsd': schema.replace('<xsd:schema', '<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema"'),
    }
    server.on('request', (request, response) => {
      const text = documents[request.url ?? '']
      response.writeHead(text ? 200 : 404).end(text)
    })
    const { account } = await aBuyer()
    const actor = { accountId: account.id, accountName: '', plan: 'full', role: 'member', via: 'session' } as const
    const found = await findOperations(actor, { url: `${base}/leads?wsdl` })
    expect(found).toMatchObject({
      ok: true,
      value: {
        operations: [
          { name: 'AddLead', arguments: expect.arrayContaining([expect.objectContaining({ path: 'Contact.Name' })]) },
        ],
      },
    })
    expect(await findOperations(actor, { text: whole })).toMatchObject({ ok: true })
    const refusals = await Promise.all([
      findOperations(actor, { url: `${base}/nothing` }),
      findOperations(actor, { url: 'http://10.0.0.1/?wsdl' }),
      findOperations(actor, { text: whole.replace('</types>', '</typos>') }),
    ])
    expect(refusals.map((refusal) => (refusal.ok ? '' : refusal.error.message))).toEqual([
      expect.stringContaining('it answered 404'),
      expect.stringContaining('private or reserved'),
      expect.stringMatching(/can’t be read: .*\(line \d+, character \d+\)/),
    ])
  })
})

test('an exchange copied as curl says the same, whatever the format', async () => {
  const peer = await aPeer(() => ({ body: '' }))
  const { request }: { request: RecordedRequest } = await send({
    url: peer.url,
    request: { format: 'xml', root: 'l', mappings: { a: tricky } },
  })
  expect(curlOf(request)).toContain(`--data-raw '${request.body.replaceAll("'", `'\\''`)}'`)
  expect(curlOf(request)).toContain(`-H 'Content-Type: text/xml; charset=utf-8'`)
})
