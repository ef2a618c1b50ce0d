import type { Server } from 'node:http'
import type { ListenOptions } from 'node:net'
import { portTaken } from './protocol'

/** Listens, and answers when it does. A taken port ends the process with a sentence instead of a stack. */
export function listen(server: Server, where: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') return reject(error)
      process.stderr.write(`Port ${where.port} is taken. Stop what uses it, or choose another: PORT=3001 npm start\n`)
      process.exit(portTaken)
    })
    server.listen({ ...where, backlog: 1024 }, resolve)
  })
}
