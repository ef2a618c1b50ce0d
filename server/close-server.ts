import type { Server } from 'node:http'

/**
 * Stops accepting, lets requests that are under way finish, and after `patienceMs` ends those that would never (event
 * streams).
 */
export function closeServer(server: Server, patienceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), patienceMs)
    server.close(() => {
      clearTimeout(timer)
      resolve()
    })
    server.closeIdleConnections()
  })
}
