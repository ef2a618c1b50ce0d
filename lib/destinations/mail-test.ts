import { rateKey, takeRate } from '../accounts/index'
import type { Actor } from '../actor'
import { now } from '../clock'
import { addressedMail, recordMail } from '../delivery/index'
import { type Check, type DestinationTest, type EmailSpec, renderTestMail } from '../engine/index'
import { uuidv7 } from '../ids'
import { sendMailNow } from '../notify/index'

const testLeadId = 'TEST_123'
const mostAnHour = 30

const via: Record<string, string> = {
  resend: 'Resend took the mail',
  smtp: 'The mail server took it',
  outbox: 'No mail provider is configured, so it lies in the outbox of this installation',
}

async function sendChecks(actor: Actor, mail: Parameters<typeof sendMailNow>[0]): Promise<Check[]> {
  const rate = await takeRate(rateKey('test-mail', actor.accountId), mostAnHour, 60 * 60)
  if (!rate.ok) return [{ name: 'Sent', passed: false, message: rate.error.message }]
  const sent = await sendMailNow(mail)
  if (!sent.ok)
    return [{ name: 'Sent', passed: false, message: `The mail server did not take it: ${sent.error.message}` }]
  const { refused } = sent.value
  const taken: Check = { name: 'Sent', passed: true, message: `${via[sent.value.via]}, for ${mail.to}.` }
  if (refused.length === 0) return [taken]
  return [
    taken,
    { name: 'Every address', passed: false, message: `Refused by the mail server: ${refused.join(', ')}.` },
  ]
}

/** Mails the sample lead to a destination's addresses, marked as a test, and says what came of it. Saves nothing. */
export async function runMailTest(
  actor: Actor,
  spec: EmailSpec,
  sharedFields: string[] | undefined,
): Promise<DestinationTest> {
  const nowMs = now()
  const eventId = `TEST_${uuidv7(nowMs)}`
  const mail = renderTestMail(spec, { sharedFields }, { eventId, leadId: testLeadId, now: nowMs })
  const checks = await sendChecks(actor, addressedMail(mail, { eventId, leadId: testLeadId, isTest: true }))
  return {
    passed: checks.every(({ passed }) => passed),
    at: new Date(nowMs).toISOString(),
    checks,
    mail: recordMail(mail),
  }
}
