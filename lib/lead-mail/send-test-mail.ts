import { rateKey, takeRate } from '../accounts/index'
import { type Actor, hasRole } from '../actor'
import { addressedMail } from '../delivery/index'
import { forbidden, invalid, unavailable } from '../errors'
import { sendMailNow } from '../notify/index'
import { err, ok, type Result } from '../result'
import { renderAsked } from './render'

const mostAnHour = 30

/**
 * Sends a mail, marked as a test, to the person who asks and to nobody else, whatever addresses it names. Answers where
 * it went, or what the mail server said.
 */
export async function sendTestMail(actor: Actor, input: unknown): Promise<Result<{ to: string }>> {
  if (!hasRole(actor, 'member')) return err(forbidden('Viewers can look, but not send mail.'))
  const to = actor.userEmail
  if (!to) return err(invalid('An API key has no mailbox. Sign in to send yourself a test.'))
  const rendered = await renderAsked(actor, input)
  if (!rendered.ok) return rendered
  const rate = await takeRate(rateKey('test-mail', actor.accountId), mostAnHour, 60 * 60)
  if (!rate.ok) return rate
  const { mail, eventId, leadId } = rendered.value
  const { cc: _, ...alone } = { ...mail, to: [to] }
  const sent = await sendMailNow(addressedMail(alone, { eventId, leadId, isTest: true }))
  return sent.ok ? ok({ to }) : err(unavailable(`The mail server did not take it: ${sent.error.message}`))
}
