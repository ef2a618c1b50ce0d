import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'

export type Received = {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: string
  json: () => Record<string, unknown>
}
type Handle = (request: Received, response: ServerResponse) => void | Promise<void>

/** A buyer's system on loopback: keeps what it received, and answers as `handle` says. Ends with the test file. */
export async function aPeer(handle: Handle = accepts) {
  const received: Received[] = []
  let answer = handle
  const server = createServer((request, response) => {
    void textOf(request).then((body) => {
      const { method = '', url = '', headers } = request
      const got: Received = {
        method,
        path: url,
        headers,
        body,
        json: () => JSON.parse(body) as Record<string, unknown>,
      }
      received.push(got)
      return answer(got, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  afterAll(close)
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/leads`,
    received,
    close,
    /** Answers otherwise from now on. */
    now: (next: Handle) => {
      answer = next
    },
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

/** Answers with a status and JSON. */
export const says =
  (status: number, value: unknown): Handle =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(value))
  }

export const accepts: Handle = says(201, { status: 'accepted', lead_id: 'b-1' })
export const refuses = (reason: string): Handle => says(200, { status: 'rejected', rejection_reason: reason })
/** Takes the request and closes without an answer. */
export const hangsUp: Handle = (_request, response) => void response.destroy()
