import pino from 'pino'
import { env } from './env'

/** A failed query's message repeats its parameters, and those may be a person's. */
const withoutParameters = (error: Error) => {
  const said = pino.stdSerializers.err(error)
  const cut = (text: string | undefined) => text?.replace(/\nparams: [^\n]*/g, '') ?? ''
  return {
    type: said.type,
    message: cut(said.message),
    stack: cut(said.stack),
    ...('code' in error && { code: error.code }),
  }
}

/** JSON lines on standard error. Never pass it a credential, a lead's fields or a whole request. */
export const log = pino(
  {
    level: env().BATON_LOG,
    base: { pid: process.pid },
    redact: ['*.password', '*.token', '*.authorization'],
    serializers: { err: withoutParameters },
  },
  pino.destination({ fd: 2, sync: false }),
)
