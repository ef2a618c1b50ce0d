import { Call, type Exchange } from './call'
import { parseTarget } from './egress'
import { laneFor } from './lanes'
import type { TlsIdentity } from './tls-identity'

export type GuardedRequest = {
  url: string
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  headers: Record<string, string>
  body?: string
  /** The whole deadline, from the queue to the last byte of the answer. */
  timeoutMs: number
  /** How much of an answer is read before it is cut; 256 KiB unless told. */
  maxBytes?: number
  /** What the answer's body is held to be, whatever its own Content-Type says of the charset. */
  answerType?: string | undefined
  /** Who calls. Calls of two scopes never wait for each other, even to the same server. */
  scope?: string
  /** The client certificate to show. Calls of two identities never share a socket. */
  identity?: TlsIdentity
}

const defaultMaxBytes = 256 * 1024

/** Headers that belong to the connection or say where a request goes and ends: those are the guard's alone. */
const framing = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'proxy-connection',
  'upgrade',
  'expect',
  'te',
  'trailer',
])
const unsafe = /[^\t\x20-\x7e]/
const control = /\p{Cc}+/gu

/** A value may come from a lead: no line break may start another header, and text beyond ASCII goes as UTF-8 bytes. */
const headerValue = (value: string): string =>
  unsafe.test(value) ? Buffer.from(value.replace(control, ' '), 'utf8').toString('latin1') : value

function headerList(headers: Record<string, string>): string[] {
  const list: string[] = []
  for (const name in headers) {
    if (!framing.has(name.toLowerCase())) list.push(name, headerValue(headers[name] ?? ''))
  }
  return list
}

/**
 * Sends one request through the egress guard and answers what came of it; it never throws. Only checked, public
 * addresses are connected to, redirects are not followed, nothing is ever sent twice. `not-sent` is proven: no byte of
 * the request was handed to a socket. Anything that fails later is `no-answer`.
 */
export function sendGuarded(request: GuardedRequest): Promise<Exchange> {
  const url = parseTarget(request.url)
  const call = new Call({
    dispatch: {
      path: url ? url.pathname + url.search : '/',
      method: request.method,
      headers: headerList(request.headers),
      body: request.body ?? null,
    },
    timeoutMs: request.timeoutMs,
    maxBytes: request.maxBytes ?? defaultMaxBytes,
    answerType: request.answerType,
  })
  if (!url) {
    call.refuse('The address is not one of http or https.')
    return call.done
  }
  // by path too: many buyers share the host of one platform, and one that hangs must not hold up the others
  const { scope = '', identity } = request
  const lane = laneFor(`${scope} ${identity?.key ?? ''} ${url.origin}${url.pathname}`, url.origin, identity)
  if (lane) call.waitIn(lane)
  else call.refuse('Too many servers are being called at once. Try again in a moment.')
  return call.done
}
