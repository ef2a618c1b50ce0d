import pino from 'pino'
import { env } from './env'

/** JSON lines on standard error. Never pass it a credential, a lead's fields or a whole request. */
export const log = pino(
  { level: env().BATON_LOG, base: { pid: process.pid }, redact: ['*.password', '*.token', '*.authorization'] },
  pino.destination({ fd: 2, sync: false }),
)
