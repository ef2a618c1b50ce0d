import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { intakeApp } from '../../lib/api/index'
import { env } from '../../lib/env'

/** Serves the machine application on this installation's own port for a moment. Answers the function that ends it. */
export async function serveOwnAddress(): Promise<() => Promise<void>> {
  const server = createServer(getRequestListener(intakeApp.fetch, { overrideGlobalObjects: false }))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(env().PORT, () => resolve())
  })
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
}
