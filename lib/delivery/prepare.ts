import type { Auth, OutgoingRequest, SecretRef } from '../engine'
import { secretOf } from '../secrets'

/** Whose attempt a request is. `masked` are the lead's values that may not be kept in clear, as they were sent. */
export type DeliveryContext = { eventId: string; leadId: string; isTest: boolean; masked?: string[] }

/** The header that proves who we are, how it may be shown, and what must never be shown of it. */
export type Credential = { name: string; value: string; shown: string; secrets: string[] }

export const hidden = '<redacted>'
const userAgent = 'Baton/0.1'
const owned = new Set(['idempotency-key', 'x-baton-event-id', 'x-baton-lead-id'])

type SecretAuth = Exclude<Auth, { type: 'none' }>

/** The credential's header. `open` gives the text of a secret; nothing for `none`. */
export async function credentialOf(
  auth: Auth,
  open: (secret: SecretRef | string) => Promise<string> | string,
): Promise<Credential | undefined> {
  const secret = secretOf(auth)
  return auth.type === 'none' || secret === undefined ? undefined : headerOf(auth, await open(secret))
}

function headerOf(auth: SecretAuth, secret: string): Credential {
  if (auth.type === 'api_key') return { name: auth.header, value: secret, shown: hidden, secrets: [secret] }
  if (auth.type === 'bearer')
    return { name: 'Authorization', value: `Bearer ${secret}`, shown: `Bearer ${hidden}`, secrets: [secret] }
  const pair = Buffer.from(`${auth.username}:${secret}`, 'utf8').toString('base64')
  return { name: 'Authorization', value: `Basic ${pair}`, shown: `Basic ${hidden}`, secrets: [secret, pair] }
}

/**
 * All headers of a delivery (`api.md` §5). Those that carry the attempt's identity win over the destination's own of
 * the same name, in any letter case; the destination may name another user agent.
 */
export function headersOf(
  request: OutgoingRequest,
  context: DeliveryContext,
  credential: Credential | undefined,
): Record<string, string> {
  const headers: Record<string, string> = {}
  const credentialName = credential?.name.toLowerCase()
  let namesAgent = false
  for (const name in request.headers) {
    const lower = name.toLowerCase()
    if (owned.has(lower) || lower === credentialName || (context.isTest && lower === 'x-test-mode')) continue
    if (lower === 'user-agent') namesAgent = true
    headers[name] = request.headers[name] ?? ''
  }
  headers['Idempotency-Key'] = context.eventId
  headers['X-Baton-Event-Id'] = context.eventId
  headers['X-Baton-Lead-Id'] = context.leadId
  if (!namesAgent) headers['User-Agent'] = userAgent
  if (context.isTest) headers['X-Test-Mode'] = 'true'
  if (credential) headers[credential.name] = credential.value
  return headers
}
