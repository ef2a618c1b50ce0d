import type { OutgoingRequest } from '../engine'
import type { Credential } from './credential'

/** Whose attempt a request is. `masked` are the lead's values that may not be kept in clear, as they were sent. */
export type DeliveryContext = {
  eventId: string
  leadId: string
  isTest: boolean
  masked?: string[]
  /** The request carries several leads: its id stands in the place of theirs. */
  batch?: { id: string; size: number }
}

const userAgent = 'Baton/0.1'
const owned = ['idempotency-key', 'x-baton-event-id', 'x-baton-lead-id', 'x-baton-batch-id', 'x-baton-batch-size']
const none: Readonly<Record<string, string>> = {}

/** Names, in small letters, that nothing of the destination's own may take. */
function reserved(isTest: boolean, { headers }: Credential, signature: Readonly<Record<string, string>>): Set<string> {
  const names = new Set(owned)
  if (isTest) names.add('x-test-mode')
  for (const { name } of headers) names.add(name.toLowerCase())
  for (const name in signature) names.add(name.toLowerCase())
  return names
}

/** Which delivery it is: of one lead, or of a list of them, whose event ids stand in its items. */
function identityOf({ isList }: Pick<OutgoingRequest, 'isList'>, { eventId, leadId, batch }: DeliveryContext) {
  if (!isList) return { 'Idempotency-Key': eventId, 'X-Baton-Event-Id': eventId, 'X-Baton-Lead-Id': leadId }
  const { id, size } = batch ?? { id: eventId, size: 1 }
  return { 'Idempotency-Key': id, 'X-Baton-Batch-Id': id, 'X-Baton-Batch-Size': String(size) }
}

/**
 * All headers of a delivery (`api.md` §5). Those that carry the attempt's identity, its credential and its signature
 * win over the destination's own of the same name, in any letter case; the destination may name another user agent.
 */
export function headersOf(
  request: Pick<OutgoingRequest, 'headers' | 'isList'>,
  context: DeliveryContext,
  credential: Credential,
  signature: Readonly<Record<string, string>> = none,
): Record<string, string> {
  const headers: Record<string, string> = {}
  const taken = reserved(context.isTest, credential, signature)
  let namesAgent = false
  for (const name in request.headers) {
    const lower = name.toLowerCase()
    if (taken.has(lower)) continue
    if (lower === 'user-agent') namesAgent = true
    headers[name] = request.headers[name] ?? ''
  }
  Object.assign(headers, identityOf(request, context))
  if (!namesAgent) headers['User-Agent'] = userAgent
  if (context.isTest) headers['X-Test-Mode'] = 'true'
  for (const { name, value } of credential.headers) headers[name] = value
  for (const name in signature) headers[name] = signature[name] ?? ''
  return headers
}

/** An address with the parameter that carries the credential, as it is sent or as it is shown. */
export function urlWith(url: string, { parameter }: Credential, as: 'value' | 'shown' = 'value'): string {
  if (!parameter) return url
  const [address = '', fragment] = url.split('#', 2)
  const mark = address.includes('?') ? (/[?&]$/.test(address) ? '' : '&') : '?'
  const pair = `${encodeURIComponent(parameter.name)}=${as === 'shown' ? parameter.shown : encodeURIComponent(parameter.value)}`
  return `${address}${mark}${pair}${fragment === undefined ? '' : `#${fragment}`}`
}
