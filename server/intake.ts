import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import { intakeApp, isMachinePath } from '../lib/api/index'
import { env } from '../lib/env'
import { log } from '../lib/log'
import { holdLease, openJournal, runsDone } from '../lib/runs/index'
import { runRole } from './child'
import { closeServer } from './close-server'
import { pathOf } from './intake/path-of'
import { webProxy } from './intake/proxy'
import { listen } from './listen'

/** Longer than the usual idle time of a load balancer, so that it is never we who close under its request. */
const keepAliveMs = 75_000
/** Longer than a source waits for its answer. */
const drainMs = 65_000
const streamsDrainMs = 2_000

/** Owns the port: answers machines itself and hands everything else to the web process. */
void runRole('intake', async () => {
  const { HOST, PORT, BATON_WEB_SOCKET, baseUrl } = env()
  const proxy = webProxy({ target: BATON_WEB_SOCKET ?? '', secure: baseUrl.startsWith('https:') })
  // Hono's light Request and Response in place of the global ones, which cost more than a lead's decision. No Next runs here.
  const machine = getRequestListener(intakeApp.fetch, { overrideGlobalObjects: true })

  openJournal()
  await holdLease().catch((error: unknown) =>
    log.warn({ err: error }, 'no lease yet; the first lead asks for it again'),
  )
  const server = createServer((request, response) => {
    if (isMachinePath(pathOf(request.url))) void machine(request, response)
    else proxy.forward(request, response)
  })
  server.keepAliveTimeout = keepAliveMs
  server.headersTimeout = keepAliveMs + 5_000
  server.requestTimeout = 60_000
  server.on('upgrade', proxy.upgrade)
  await listen(server, { host: HOST, port: PORT })
  return {
    stop: async () => {
      const streams = setTimeout(proxy.close, streamsDrainMs)
      await closeServer(server, drainMs)
      clearTimeout(streams)
      proxy.close()
      // Runs whose source has gone, or was told `pending`, have their buyer's answer still to come.
      await Promise.race([runsDone(), sleep(drainMs, undefined, { ref: false })])
    },
  }
})
