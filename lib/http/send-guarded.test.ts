import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createHttps } from 'node:https'
import { type AddressInfo, createServer as createTcp, type Server, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { generate } from 'selfsigned'
import { afterEach, expect, test } from 'vitest'
import { closeEgress, type GuardedRequest, sendGuarded } from './index'
import { egressState } from './state'

const servers: { server: Server; sockets: Set<Socket> }[] = []
async function listening(server: Server, host = '127.0.0.1'): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
  })
  servers.push({ server, sockets })
  await new Promise<void>((done) => server.listen(0, host, done))
  return (server.address() as AddressInfo).port
}
afterEach(async () => {
  await closeEgress()
  egressState().lookups.clear()
  for (const { server, sockets } of servers.splice(0)) {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
})

type Handler = (request: IncomingMessage & { text: string }, response: ServerResponse) => void
async function aBuyer(handle: Handler) {
  const seen: (IncomingMessage & { text: string })[] = []
  const server = createHttp(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    const whole = Object.assign(request, { text })
    seen.push(whole)
    handle(whole, response)
  })
  const port = await listening(server)
  return { port, seen, server, url: `http://127.0.0.1:${port}/leads` }
}
/** A server that speaks raw bytes: `speak` is called once a whole head has come in. */
async function aRawBuyer(speak: (socket: Socket) => void) {
  const seen: string[] = []
  const port = await listening(
    createTcp((socket) =>
      socket.on('data', (data) => {
        seen.push(data.toString('latin1'))
        speak(socket)
      }),
    ),
  )
  return { port, seen, url: `http://127.0.0.1:${port}/leads` }
}
const post = (url: string, more: Partial<GuardedRequest> = {}) =>
  sendGuarded({
    url,
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{"a":1}',
    timeoutMs: 3_000,
    ...more,
  })
const wait = (ms: number) => new Promise((done) => setTimeout(done, ms))

test('a request reaches the buyer, and its answer comes back with the time each part took', async () => {
  const buyer = await aBuyer((_, response) =>
    response.writeHead(201, { 'X-Id': 'a', 'Set-Cookie': ['a=1', 'b=2'] }).end('{"ok":true}'),
  )
  const first = await post(buyer.url)
  expect(first.answer).toMatchObject({
    kind: 'answer',
    status: 201,
    body: '{"ok":true}',
    headers: { 'x-id': 'a', 'set-cookie': 'a=1, b=2' },
  })
  expect(first).toMatchObject({ reusedSocket: false, truncated: false })
  expect(first.timings).toMatchObject({
    dnsMs: expect.any(Number),
    connectMs: expect.any(Number),
    firstByteMs: expect.any(Number),
  })
  expect(buyer.seen[0]?.text).toBe('{"a":1}')
  expect(buyer.seen[0]?.headers['accept-encoding']).toBeUndefined()
  const second = await post(buyer.url)
  expect(second.reusedSocket).toBe(true)
  expect(second.timings.connectMs).toBeUndefined()
})

test('an address that is not public is refused before a byte leaves', async () => {
  const hits: string[] = []
  const port = await listening(
    createHttp((request, response) => response.end(hits.push(request.url ?? '').toString())),
    '::',
  )
  for (const host of ['[::1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::127.0.0.1]', '0.0.0.0', '0']) {
    const { answer } = await post(`http://${host}:${port}/`)
    expect(answer).toEqual({ kind: 'not-sent', message: 'The address is private or reserved, so it was not called.' })
  }
  expect(hits).toEqual([])
})

test('a name is resolved once, checked, and its address is the one that is called', async () => {
  const buyer = await aBuyer((request, response) => response.end(request.headers.host))
  egressState().lookups.set('buyer.example', Promise.resolve(['127.0.0.1']))
  const { answer } = await post(`http://buyer.example:${buyer.port}/`)
  expect(answer).toMatchObject({ body: `buyer.example:${buyer.port}` })
  egressState().lookups.set('rebound.example', Promise.resolve(['127.0.0.1', '::1']))
  expect((await post(`http://rebound.example:${buyer.port}/`)).answer.kind).toBe('not-sent')
  expect(buyer.seen).toHaveLength(1)
})

test.each(['ftp://buyer.example/', 'http://user:secret@127.0.0.1/', 'no address'])('%s is not sent', async (url) => {
  expect((await post(url)).answer).toEqual({ kind: 'not-sent', message: 'The address is not one of http or https.' })
})

test('a refused connection was not sent, and the words say what to do', async () => {
  const { port, server } = await aBuyer(() => {})
  await new Promise((done) => server.close(done))
  const { answer } = await post(`http://127.0.0.1:${port}/`)
  expect(answer).toMatchObject({ kind: 'not-sent', message: expect.stringContaining('firewall') })
})

test('a server without a certificate gets nothing', async () => {
  const plain = await aRawBuyer((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'))
  const { answer } = await post(`https://127.0.0.1:${plain.port}/`)
  expect(answer).toEqual({ kind: 'not-sent', message: 'The server does not speak https at this address and port.' })
  expect(plain.seen.join('')).not.toContain('POST')
})

test('a deadline that passes before the request is written proves that it was not sent', async () => {
  const silent = await aRawBuyer(() => {})
  const { answer, timings } = await post(`https://127.0.0.1:${silent.port}/`, { timeoutMs: 150 })
  expect(answer).toEqual({ kind: 'not-sent', message: 'No connection could be made within 0.1 seconds.' })
  expect(timings.totalMs).toBeLessThan(600)
})

test('a buyer that hangs ends at the deadline, without an answer', async () => {
  const buyer = await aBuyer(() => {})
  const { answer, timings } = await post(buyer.url, { timeoutMs: 200 })
  expect(answer).toEqual({ kind: 'no-answer', message: 'No answer came within 0.2 seconds.' })
  expect(timings.totalMs).toBeLessThan(600)
})

test('a buyer that drips ends at the same deadline', async () => {
  const buyer = await aBuyer((_, response) => {
    response.writeHead(200)
    const drip = setInterval(() => response.write('x'), 20)
    response.on('close', () => clearInterval(drip))
  })
  const { answer, timings } = await post(buyer.url, { timeoutMs: 250 })
  expect(answer).toEqual({ kind: 'no-answer', message: 'The answer did not end within 0.3 seconds.' })
  expect(timings.totalMs).toBeLessThan(700)
})

test('a buyer that floods is read up to the limit and no further', async () => {
  let isOpen = true
  const buyer = await aBuyer((_, response) => {
    response.on('close', () => {
      isOpen = false
    })
    const pour = () => {
      while (isOpen && response.write('y'.repeat(65_536)));
      if (isOpen) response.once('drain', pour)
    }
    pour()
  })
  const { answer, truncated } = await post(buyer.url)
  expect(truncated).toBe(true)
  expect(answer.kind === 'answer' && answer.body).toHaveLength(256 * 1024)
  await expect.poll(() => isOpen).toBe(false)
})

test('a big answer within the limit is whole', async () => {
  const buyer = await aBuyer((_, response) => response.end('z'.repeat(200_000)))
  const { answer, truncated } = await post(buyer.url)
  expect(answer.kind === 'answer' && answer.body.length).toBe(200_000)
  expect(truncated).toBe(false)
})

test.each([
  [
    'closes in the middle of its answer',
    'HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{"ok"',
    'in the middle of its answer',
  ],
  ['closes without an answer', '', 'without an answer'],
  ['answers nonsense', 'hello there\r\n\r\n', 'not valid HTTP'],
])('a buyer that %s may have taken the lead, and it is not sent again', async (_, bytes, words) => {
  const buyer = await aRawBuyer((socket) => socket.end(bytes))
  const { answer } = await post(buyer.url)
  expect(answer).toMatchObject({ kind: 'no-answer', message: expect.stringContaining(words) })
  await wait(50)
  expect(buyer.seen).toHaveLength(1)
})

test('a redirect is an answer, not a way', async () => {
  const other = await aBuyer((_, response) => response.end('other'))
  const buyer = await aBuyer((_, response) => response.writeHead(307, { location: other.url }).end())
  expect((await post(buyer.url)).answer).toMatchObject({ kind: 'answer', status: 307 })
  expect(other.seen).toHaveLength(0)
})

test('a socket that the server closed while idle is not used again', async () => {
  const buyer = await aBuyer((_, response) => response.end('ok'))
  buyer.server.keepAliveTimeout = 50
  await post(buyer.url)
  await wait(120)
  expect((await post(buyer.url)).answer).toMatchObject({ status: 200 })
  const hinting = await aBuyer((_, response) => response.writeHead(200, { 'Keep-Alive': 'timeout=1' }).end('ok'))
  await post(hinting.url)
  expect((await post(hinting.url)).reusedSocket).toBe(false)
})

test('a server that hangs holds a bounded number of calls, and no other destination', async () => {
  const buyer = await aBuyer((request, response) => {
    if (request.url === '/leads') return
    response.end('quick')
  })
  const hanging = Array.from({ length: 32 + 256 }, () => post(buyer.url, { timeoutMs: 700 }))
  const tooMany = await post(buyer.url, { timeoutMs: 700 })
  expect(tooMany.answer).toEqual({ kind: 'not-sent', message: 'Too many requests are waiting for this server.' })
  expect((await post(`http://127.0.0.1:${buyer.port}/other`)).answer).toMatchObject({ status: 200 })
  const outcomes = (await Promise.all(hanging)).map(({ answer }) => answer.kind)
  expect(outcomes.filter((kind) => kind === 'no-answer')).toHaveLength(32)
  expect(outcomes.filter((kind) => kind === 'not-sent')).toHaveLength(256)
  expect(buyer.seen.filter(({ url }) => url === '/leads')).toHaveLength(32)
})

test('calls that wait are made in turn, each once', async () => {
  const buyer = await aBuyer((request, response) => setTimeout(() => response.end(request.text), 5))
  const sent = Array.from({ length: 200 }, (_, number) => post(buyer.url, { body: `${number}` }))
  const answers = (await Promise.all(sent)).map(({ answer }) =>
    answer.kind === 'answer' ? answer.body : answer.message,
  )
  expect(answers).toEqual(sent.map((_, number) => `${number}`))
  expect(new Set(buyer.seen.map(({ text }) => text)).size).toBe(200)
  expect(buyer.seen).toHaveLength(200)
})

test('no value of a header can start another one, and the guard frames the request itself', async () => {
  const buyer = await aBuyer((_, response) => response.end())
  const headers = {
    'X-Name': 'Zoë\r\nX-Evil: 1',
    Host: 'evil.example',
    'Content-Length': '1',
    'Transfer-Encoding': 'chunked',
    Expect: 'x',
  }
  expect((await post(buyer.url, { headers })).answer.kind).toBe('answer')
  const [seen] = buyer.seen
  expect(seen?.headers['x-evil']).toBeUndefined()
  expect(Buffer.from(String(seen?.headers['x-name']), 'latin1').toString('utf8')).toBe('Zoë X-Evil: 1')
  expect(seen?.headers.host).toBe(`127.0.0.1:${buyer.port}`)
  expect(seen?.text).toBe('{"a":1}')
})

test('a header that has no valid name was not sent', async () => {
  const buyer = await aBuyer((_, response) => response.end())
  expect((await post(buyer.url, { headers: { 'bad name': '1' } })).answer.kind).toBe('not-sent')
  expect((await post(buyer.url)).answer.kind).toBe('answer')
})

test('an answer is read though it is packed, in another charset, or has odd headers', async () => {
  const bodies: Record<string, [Record<string, string>, Buffer]> = {
    '/gzip': [{ 'content-encoding': 'gzip' }, gzipSync('{"ok":"ü"}')],
    '/bomb': [{ 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(5_000_000))],
    '/latin1': [{ 'content-type': 'text/plain; charset=ISO-8859-1' }, Buffer.from('grün', 'latin1')],
    '/proto': [{ __proto__: 'x', constructor: 'y' }, Buffer.from('ok')],
  }
  const buyer = await aRawBuyer((socket) => {
    const path = /POST (\S+)/.exec(buyer.seen.at(-1) ?? '')?.[1] ?? ''
    const [headers, body] = bodies[path] ?? [{}, Buffer.alloc(0)]
    const lines = Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('')
    socket.write(
      Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n${lines}\r\n`), body]),
    )
  })
  const bodyOf = async (path: string) => {
    const { answer } = await post(`http://127.0.0.1:${buyer.port}${path}`)
    return answer.kind === 'answer' ? answer.body : answer.message
  }
  expect(await bodyOf('/gzip')).toBe('{"ok":"ü"}')
  expect(await bodyOf('/bomb')).toBe('')
  expect(await bodyOf('/latin1')).toBe('grün')
  expect(await bodyOf('/proto')).toBe('ok')
})

test('closing ends what waits and what is under way', async () => {
  const buyer = await aBuyer(() => {})
  const calls = Array.from({ length: 40 }, () => post(buyer.url))
  await expect.poll(() => buyer.seen.length).toBe(32)
  await closeEgress()
  const kinds = (await Promise.all(calls)).map(({ answer }) => answer.kind)
  expect(kinds.filter((kind) => kind === 'no-answer')).toHaveLength(32)
  expect(kinds.filter((kind) => kind === 'not-sent')).toHaveLength(8)
})

test('a server that wants a client certificate is told apart, and did not take the request', async () => {
  const pair = await generate([{ name: 'commonName', value: 'localhost' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  })
  let served = 0
  for (const maxVersion of ['TLSv1.3', 'TLSv1.2'] as const) {
    const options = { key: pair.private, cert: pair.cert, requestCert: true, rejectUnauthorized: true, maxVersion }
    const server = createHttps(options, (_, response) => {
      served++
      response.end()
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port } = server.address() as AddressInfo
    // an identity without a certificate: only the authority of this server
    const identity = { key: maxVersion, certificate: '', privateKey: '', ca: pair.cert }
    const { answer } = await post(`https://localhost:${port}/`, { identity })
    expect(answer).toMatchObject({ kind: 'not-sent', message: expect.stringContaining('client certificate') })
    server.close()
  }
  expect(served).toBe(0)
})
