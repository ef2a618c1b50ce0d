import { createHmac } from 'node:crypto'
import type { Signing } from '../engine'

/** What is signed: the bytes of the body as they are sent, the attempt's event id, and the time in Unix seconds. */
export type Signed = { body: string; eventId: string; seconds: number }

/** The key in a secret of Standard Webhooks: `whsec_` and base64. */
const webhookKey = (secret: string): Buffer => Buffer.from(secret.trim().replace(/^whsec_/, ''), 'base64')

/**
 * The headers of a signature. `standard_webhooks`: HMAC-SHA256 of `id.timestamp.body` as `v1,<base64>`
 * (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md); the event id is the
 * message id, so it stays the same on every try. `hmac`: what the buyer's documentation asks for.
 */
export function signatureOf(
  signing: Signing,
  secret: string,
  { body, eventId, seconds }: Signed,
): Record<string, string> {
  if (signing.type === 'standard_webhooks') {
    const hmac = createHmac('sha256', webhookKey(secret)).update(`${eventId}.${seconds}.${body}`, 'utf8')
    return {
      'webhook-id': eventId,
      'webhook-timestamp': String(seconds),
      'webhook-signature': `v1,${hmac.digest('base64')}`,
    }
  }
  const { algorithm, encoding, header, prefix = '', signs, timestamp_header: timestampHeader } = signing
  const text = signs === 'body' ? body : `${seconds}.${body}`
  const digest = createHmac(algorithm, secret).update(text, 'utf8').digest(encoding)
  return { ...(timestampHeader && { [timestampHeader]: String(seconds) }), [header]: prefix + digest }
}
