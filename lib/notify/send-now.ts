import { now } from '../clock'
import { uuidv7 } from '../ids'
import { log } from '../log'
import { err, ok, type Result } from '../result'
import type { AddressedMail } from './queue-mail'
import type { Sent } from './transport'
import { configuredTransport } from './transports'

/**
 * Sends a mail at once and once, for a person who waits to see whether it gets through; it is neither kept nor tried
 * again. The error is what the mail server said.
 */
export async function sendMailNow(mail: AddressedMail): Promise<Result<Sent & { via: string }, { message: string }>> {
  const transport = configuredTransport()
  try {
    const { refused } = await transport.send({ ...mail, id: uuidv7(), sentAt: now() })
    return ok({ refused, via: transport.name })
  } catch (error) {
    log.warn({ err: error, kind: mail.kind }, 'a mail that somebody waits for could not be sent')
    return err({ message: (error instanceof Error ? error.message : String(error)).slice(0, 300) })
  }
}
