import type { IncomingMessage } from 'node:http'
import type { Context } from 'hono'
import { maxBodyBytes } from './parse-body'

/** Under Node's own server the request comes with its socket; mounted in Next it does not. */
export type Bindings = { incoming?: IncomingMessage }

/**
 * The address a submission came from: the socket's. Behind our own proxy it is the last entry of X-Forwarded-For, which
 * that proxy wrote; entries before it are the sender's own claim and are not believed.
 */
export function clientIp(c: Context<{ Bindings: Bindings }>): string {
  const socket = c.env?.incoming?.socket
  const address = socket?.remoteAddress ?? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? ''
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address
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
