import {
  Agent,
  type ClientRequest,
  type IncomingMessage,
  type RequestOptions,
  type ServerResponse,
  request as send,
} from 'node:http'
import type { Duplex } from 'node:stream'
import { forwardedHeaders } from '../../lib/http/index'
import { answerUnavailable } from './unavailable-page'

/** Belong to one connection and are never passed on (RFC 9110 §7.6.1). */
const ofConnection = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** Nobody listens there (yet), as opposed to a web process that broke off. */
const notThere = new Set(['ENOENT', 'ECONNREFUSED'])

export type WebProxy = {
  forward: (request: IncomingMessage, response: ServerResponse) => void
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  /** Ends what is still open, event streams among it. */
  close: () => void
}

/** `target` is the path of a unix socket, or `http://host:port` of a web process on another machine. */
function whereTo(target: string): RequestOptions {
  if (!target.startsWith('http://')) return { socketPath: target }
  const { hostname, port } = new URL(target)
  return { host: hostname, port }
}

function withoutConnection(message: IncomingMessage): string[] {
  const kept: string[] = []
  for (let index = 0; index < message.rawHeaders.length; index += 2) {
    const name = message.rawHeaders[index] as string
    if (!ofConnection.has(name.toLowerCase())) kept.push(name, message.rawHeaders[index + 1] as string)
  }
  return kept
}

function headersFor(request: IncomingMessage, secure: boolean) {
  const headers = { ...request.headers, ...forwardedHeaders(request.socket.remoteAddress, request.headers, secure) }
  for (const name of ofConnection) delete headers[name]
  return headers
}

/**
 * Passes requests on to the web process and streams both ways: what one side can't take yet is not read from the
 * other, and an event stream arrives as it is written.
 */
export function webProxy({ target, secure }: { target: string; secure: boolean }): WebProxy {
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 64 })
  const open = new Set<ClientRequest>()
  const to = whereTo(target)

  const track = (upstream: ClientRequest) => {
    open.add(upstream)
    upstream.once('close', () => open.delete(upstream))
  }

  const forward: WebProxy['forward'] = (request, response) => {
    const { method, url } = request
    const upstream = send({ ...to, agent, method, path: url, headers: headersFor(request, secure) })
    track(upstream)
    upstream.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.statusMessage, withoutConnection(answer))
      response.flushHeaders()
      answer.pipe(response)
      answer.once('error', () => response.destroy())
    })
    upstream.on('error', (error: NodeJS.ErrnoException) => {
      request.unpipe(upstream)
      if (response.headersSent || response.destroyed) response.destroy()
      else answerUnavailable(request, response, notThere.has(error.code ?? '') ? 503 : 502)
    })
    response.once('close', () => {
      if (!response.writableFinished) upstream.destroy()
    })
    request.pipe(upstream)
  }

  const upgrade: WebProxy['upgrade'] = (request, socket, head) => {
    const headers = { ...headersFor(request, secure), connection: 'Upgrade', upgrade: request.headers.upgrade ?? '' }
    const upstream = send({ ...to, agent: false, method: request.method, path: request.url, headers })
    track(upstream)
    const drop = () => {
      socket.destroy()
      upstream.destroy()
    }
    upstream.once('upgrade', (answer, webSocket, first) => {
      const lines = [`HTTP/1.1 101 ${answer.statusMessage}`]
      for (let index = 0; index < answer.rawHeaders.length; index += 2)
        lines.push(`${answer.rawHeaders[index]}: ${answer.rawHeaders[index + 1]}`)
      socket.write(`${lines.join('\r\n')}\r\n\r\n`)
      socket.write(first)
      webSocket.write(head)
      webSocket.pipe(socket).pipe(webSocket)
      webSocket.once('error', drop).once('close', drop)
    })
    upstream.once('response', (answer) => {
      socket.end(`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\nconnection: close\r\n\r\n`)
      upstream.destroy()
    })
    upstream.once('error', drop)
    socket.once('error', drop).once('close', drop)
    upstream.end()
  }

  return {
    forward,
    upgrade,
    close: () => {
      for (const upstream of open) upstream.destroy()
      agent.destroy()
    },
  }
}
