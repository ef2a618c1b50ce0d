import { createServer } from 'node:net'
import { freePort } from '../postgres/index'

const triesUpwards = 50

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false)
      else reject(error)
    })
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)))
  })
}

/**
 * The port to serve on. One that was asked for is taken or refused; the usual one gives way to the next free one.
 * Port 0 means any.
 * @param explicit whether somebody set PORT
 */
export async function choosePort(host: string, port: number, explicit: boolean): Promise<number> {
  if (port === 0) return freePort(0)
  if (await isFree(host, port)) return port
  if (explicit)
    throw new Error(`Port ${port} is taken. Stop what uses it, or choose another: PORT=${port + 1} npm start`)
  for (let next = port + 1; next <= port + triesUpwards; next++) if (await isFree(host, next)) return next
  throw new Error(`Ports ${port} to ${port + triesUpwards} are all taken. Choose one: PORT=8080 npm start`)
}
