import { chmodSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { setPriority } from 'node:os'
import next from 'next'
import { env } from '../lib/env'
import { runRole } from './child'
import { closeServer } from './close-server'
import { listen } from './listen'

const webNiceness = 5

/**
 * Pages, REST and SSE: Next behind Node's http, on the unix socket that intake proxies to; on HOST and PORT when there
 * is none (a web process on a machine of its own).
 */
void runRole('web', async () => {
  // A page may wait for a lead, never the other way round: where they share a core, intake goes first.
  setPriority(webNiceness)
  const { baseUrl, authSecret, BATON_WEB_SOCKET: socket, HOST, PORT } = env()
  process.env['NEXTAUTH_URL'] = baseUrl
  process.env['NEXTAUTH_SECRET'] = authSecret
  const app = next({ dev: false, dir: process.cwd() })
  const server = createServer()
  await app.prepare()
  server.on('request', app.getRequestHandler())
  // Intake keeps connections open; if this side closed idle ones, a request could meet a closing socket.
  server.keepAliveTimeout = 0
  if (socket) rmSync(socket, { force: true })
  await listen(server, socket ? { path: socket } : { host: HOST, port: PORT })
  if (socket) chmodSync(socket, 0o600)
  return {
    stop: async () => {
      await closeServer(server, 3_000)
      await app.close()
    },
  }
})
