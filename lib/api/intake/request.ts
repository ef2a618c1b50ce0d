import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Context } from 'hono'
import { clientAddress } from '../../http/index'
import { maxBodyBytes } from './parse-body'

/** Under Node's own server the request comes with its socket; mounted in Next it does not. */
export type Bindings = { incoming?: IncomingMessage; outgoing?: ServerResponse }

/**
 * The address a submission came from: the socket's, or what a load balancer on a private network says of it. What a
 * stranger writes into X-Forwarded-For is not believed.
 */
export function clientIp(c: Context<{ Bindings: Bindings }>): string {
  const incoming = c.env?.incoming
  const headers = incoming?.headers ?? { 'x-forwarded-for': c.req.header('x-forwarded-for') }
  const address = clientAddress(incoming?.socket.remoteAddress, headers)
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address
}

/** Calls `told` when the answer has been handed to the network; at once where there is no socket to ask (in Next). */
export function whenSent(c: Context<{ Bindings: Bindings }>, told: () => void): void {
  const outgoing = c.env?.outgoing
  if (outgoing) outgoing.once('finish', told)
  else told()
}

/** The body's bytes, or `undefined` as soon as there are more than a submission may have. */
export async function readBody(c: Context<{ Bindings: Bindings }>): Promise<Uint8Array | undefined> {
  const length = Number(c.req.header('content-length') ?? Number.NaN)
  if (length > maxBodyBytes) return undefined
  if (length >= 0) return new Uint8Array(await c.req.arrayBuffer())
  const stream = c.req.raw.body
  if (!stream) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length
    if (size > maxBodyBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** A line of plain text with a status: how the protocol's own refusals are said. */
export const plain = (status: number, text: string, headers: Record<string, string> = {}): Response =>
  new Response(text, { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers } })

/** A JSON refusal, for those that `api.md` writes in JSON. */
export const message = (status: number, text: string, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify({ message: text }), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  })

/** 405 for every method but the named ones. `HEAD` is among the refused: it must not sell a lead. */
export const methodNotAllowed = (method: string, allow: string): Response =>
  plain(405, `The ${method} method is not allowed`, { allow })
