import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One call that a buyer received: which lead, under which idempotency key, when. */
export type Call = { email: string; key: string; at: number }
type React = (response: ServerResponse, email: string) => void

const answer = (response: ServerResponse, status: number, body: object) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))

export const accepts: React = (response) => void answer(response, 201, { status: 'accepted', lead_id: 'b-1' })
export const fails: React = (response) => void answer(response, 503, {})
/** Reads the request and never answers. */
export const hangs: React = () => {}
/** Takes a lead after a while, as a buyer's system does. */
export const acceptsAfter =
  (mostMs: number): React =>
  (response, email) =>
    void setTimeout(() => accepts(response, email), Math.random() * mostMs)

/** A buyer's system on loopback that keeps every call. */
export async function aBuyer(react: React = accepts) {
  const calls: Call[] = []
  let how = react
  const server = createServer((request, response) => {
    void request.toArray().then((chunks) => {
      const body = JSON.parse(Buffer.concat(chunks as Buffer[]).toString('utf8')) as { email: string }
      calls.push({ email: body.email, key: String(request.headers['idempotency-key']), at: Date.now() })
      how(response, body.email)
    })
  })
  server.keepAliveTimeout = 30_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/leads`,
    port,
    calls,
    now: (next: React) => {
      how = next
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
export type Buyer = Awaited<ReturnType<typeof aBuyer>>
