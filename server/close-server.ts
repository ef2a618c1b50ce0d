import type { Server } from 'node:http'

/** How often connections are looked for whose last request has just ended. */
const idleCheckMs = 50

/**
 * Stops accepting, lets requests that are under way finish, and after `patienceMs` ends those that would never (event
 * streams). Clients keep connections open after their answer, so idle ones are closed again and again.
 */
export function closeServer(server: Server, patienceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const giveUp = setTimeout(() => server.closeAllConnections(), patienceMs)
    const idle = setInterval(() => server.closeIdleConnections(), idleCheckMs)
    server.close(() => {
      clearTimeout(giveUp)
      clearInterval(idle)
      resolve()
    })
  })
}
