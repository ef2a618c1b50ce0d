import { now } from '../clock'
import { signatureOf } from '../delivery/index'
import { sendGuarded } from '../http/index'
import { openSecret } from '../secrets/index'
import { secondMs } from '../time'
import type { TriedWebhook } from './schema'

/** Where a source is told, and the reference of the secret that signs it. */
export type Webhook = { accountId: string; url: string; secret: string | null }
/** `id` is the same on every try, so that the source can tell a second one. */
export type Notice = { id: string; leadId: string; isTest: boolean; body: string }

const timeoutMs = 10 * secondMs

async function signed({ accountId, secret }: Webhook, { id, body }: Notice): Promise<Record<string, string>> {
  if (secret === null) throw new Error('This webhook has no signing secret. Make a new one.')
  const text = await openSecret(accountId, { secret })
  const signing = { type: 'standard_webhooks' as const, secret: text }
  return signatureOf(signing, text, { body, eventId: id, seconds: Math.floor(now() / secondMs) })
}

/** Tells a source once. Anything but 2xx within ten seconds is a failure, said in words. */
export async function callWebhook(webhook: Webhook, notice: Notice): Promise<TriedWebhook> {
  const signature = await signed(webhook, notice)
  const { answer } = await sendGuarded({
    url: webhook.url,
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'User-Agent': 'Baton/0.1',
      'X-Baton-Lead-Id': notice.leadId,
      ...(notice.isTest && { 'X-Test-Mode': 'true' }),
      ...signature,
    },
    body: notice.body,
    timeoutMs,
    maxBytes: 4_096,
    scope: webhook.accountId,
  })
  if (answer.kind !== 'answer') return { passed: false, message: answer.message }
  const passed = answer.status >= 200 && answer.status < 300
  return { passed, status: answer.status, message: `It answered ${answer.status}.` }
}
