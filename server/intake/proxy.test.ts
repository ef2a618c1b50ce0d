import { createServer, get, type IncomingMessage, request, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { type WebProxy, webProxy } from './proxy'

let made = 0
const servers: Server[] = []
const proxies: WebProxy[] = []

afterEach(() => {
  for (const proxy of proxies.splice(0)) proxy.close()
  for (const server of servers.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
})

const aSocketPath = () => join(tmpdir(), `baton-proxy-${process.pid}-${++made}.sock`)

const listening = (server: Server, where: number | string) =>
  new Promise<Server>((resolve) => {
    servers.push(server)
    server.listen(where, () => resolve(server))
  })

/** An intake on a free port whose web process listens on `target`. */
async function anIntake(target: string, secure = false): Promise<string> {
  const proxy = webProxy({ target, secure })
  proxies.push(proxy)
  const server = createServer(proxy.forward).on('upgrade', proxy.upgrade)
  await listening(server, 0)
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function aWeb(handle: Parameters<typeof createServer>[1]): Promise<string> {
  const path = aSocketPath()
  await listening(createServer(handle), path)
  return path
}

const opened = (url: string) => new Promise<IncomingMessage>((resolve) => get(url, resolve))

describe('what intake hands to the web process', () => {
  test('keeps method, path, headers, body, status and every cookie', async () => {
    const web = await aWeb((asked, answer) => {
      answer.writeHead(418, ['set-cookie', 'a=1', 'set-cookie', 'b=2', 'x-seen', `${asked.method} ${asked.url}`])
      asked.pipe(answer)
    })
    const body = 'x'.repeat(300_000)
    const answer = await fetch(`${await anIntake(web)}/seller/flows?page=2`, { method: 'POST', body })
    expect(answer.status).toBe(418)
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
    expect(answer.headers.get('x-seen')).toBe('POST /seller/flows?page=2')
    expect(await answer.text()).toBe(body)
  })

  test('arrives while it is still being written, as live updates need', async () => {
    const web = await aWeb((_, answer) => {
      answer.writeHead(200, { 'content-type': 'text/event-stream' })
      answer.write('event: changed\n\n')
    })
    const stream = await opened(await anIntake(web))
    const [first] = await Promise.race([stream.take(1).toArray(), sleep(2_000).then(() => ['nothing'])])
    expect(String(first)).toContain('changed')
    stream.destroy()
  })

  test('ends there when the browser goes away', async () => {
    let gone = false
    const web = await aWeb((_, answer) => {
      answer.write('hello')
      answer.once('close', () => {
        gone = true
      })
    })
    const stream = await opened(await anIntake(web))
    stream.destroy()
    await expect.poll(() => gone).toBe(true)
  })

  test('says who asked, and believes nobody on the internet about it', async () => {
    const web = await aWeb((asked, answer) => answer.end(JSON.stringify(asked.headers)))
    const headers = { 'x-forwarded-for': '10.0.0.9, 203.0.113.7', 'x-forwarded-proto': 'https' }
    const seen = await (await fetch(await anIntake(web), { headers })).json()
    expect(seen).toMatchObject({ 'x-forwarded-proto': 'https' })
    const plain = await (await fetch(await anIntake(web, true))).json()
    expect(plain).toMatchObject({
      'x-forwarded-proto': 'https',
      'x-forwarded-for': expect.stringContaining('127.0.0.1'),
    })
  })

  test('survives a change of protocol in both directions', async () => {
    const path = aSocketPath()
    const web = createServer().on('upgrade', (_, socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: echo\r\nconnection: Upgrade\r\n\r\n')
      socket.pipe(socket).on('error', () => {})
    })
    await listening(web, path)
    const { port } = new URL(await anIntake(path))
    const socket = connect(Number(port), '127.0.0.1')
    let heard = ''
    socket.on('data', (data) => {
      heard += data
      if (heard.endsWith('\r\n\r\n')) socket.write('ping')
    })
    socket.write('GET /live HTTP/1.1\r\nhost: x\r\nupgrade: echo\r\nconnection: Upgrade\r\n\r\n')
    await expect.poll(() => heard).toMatch(/^HTTP\/1\.1 101[\s\S]*ping$/)
    socket.destroy()
  })
})

describe('while there is no web process', () => {
  test('a person reads that it is starting', async () => {
    const answer = await fetch(await anIntake(aSocketPath()), { headers: { accept: 'text/html' } })
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('2')
    expect(await answer.text()).toContain('Baton is starting')
  })

  test('a machine reads a problem', async () => {
    const answer = await fetch(`${await anIntake(aSocketPath())}/api/v1/me`)
    expect(await answer.json()).toMatchObject({ status: 503, title: 'Baton is starting' })
  })

  test('one that breaks off is a 502', async () => {
    const web = await aWeb((asked) => asked.socket.destroy())
    expect((await fetch(await anIntake(web))).status).toBe(502)
  })

  test('an upload that nobody takes does not hang', async () => {
    const { port } = new URL(await anIntake(aSocketPath()))
    const status = await new Promise((resolve) => {
      const upload = request({ port, method: 'POST' }, (answer) => resolve(answer.statusCode))
      upload.on('error', () => {})
      upload.end(Buffer.alloc(2_000_000))
    })
    expect(status).toBe(503)
  })
})
