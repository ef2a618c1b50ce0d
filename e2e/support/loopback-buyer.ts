import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as the buyer received it. */
export type Received = {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: Record<string, unknown>
}

/** What the buyer does with a request: an answer, text as it is and all else as JSON, or `hang-up` after it was read. */
export type Reaction = { status: number; body: unknown } | 'hang-up'

export type LoopbackBuyer = {
  url: string
  port: number
  received: Received[]
  /** Decides what follows from now on. */
  react: (how: (request: Received) => Reaction) => void
  close: () => Promise<void>
}

export const accepts =
  (more: Record<string, unknown> = {}) =>
  (): Reaction => ({ status: 201, body: { status: 'accepted', ...more } })

async function bodyOf(asked: IncomingMessage): Promise<Record<string, unknown>> {
  const text = Buffer.concat(await asked.toArray()).toString()
  return text ? (JSON.parse(text) as Record<string, unknown>) : {}
}

const stop = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })

/** A buyer's own system: a real HTTP server on this machine that keeps what it receives and answers as it is told. */
export async function startBuyer(path = '/leads'): Promise<LoopbackBuyer> {
  const received: Received[] = []
  let how: (request: Received) => Reaction = accepts()
  const server = createServer(async (asked, answer) => {
    const request: Received = {
      method: asked.method ?? '',
      path: asked.url ?? '',
      headers: asked.headers,
      body: await bodyOf(asked),
    }
    received.push(request)
    const reaction = how(request)
    if (reaction === 'hang-up') return void asked.socket.destroy()
    const isText = typeof reaction.body === 'string'
    const body = isText ? String(reaction.body) : JSON.stringify(reaction.body)
    answer.writeHead(reaction.status, { 'content-type': isText ? 'text/plain' : 'application/json' }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}${path}`,
    port,
    received,
    react: (next) => {
      how = next
    },
    close: () => stop(server),
  }
}
