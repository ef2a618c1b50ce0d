import { hidden, type OutgoingRequest, type RecordedRequest } from '../engine'
import { bearer, credentialOf, isFixed } from './credential'
import { type DeliveryContext, headersOf, urlWith } from './prepare'
import { maskedOf, recordRequest, redactor } from './redact'
import { securityToken, shownSecured } from './soap-security'

const nothingKnown: Record<string, string> = {}

const later = '<time of sending>'

/** The headers that a signature will add, as far as they are known before the request is sent. */
function signatureShown({ signing }: OutgoingRequest, { eventId }: DeliveryContext): Record<string, string> {
  if (!signing) return nothingKnown
  if (signing.type === 'standard_webhooks')
    return { 'webhook-id': eventId, 'webhook-timestamp': later, 'webhook-signature': hidden }
  const { header, timestamp_header: timestampHeader } = signing
  return { ...(timestampHeader && { [timestampHeader]: later }), [header]: hidden }
}

/** The request as it would be sent, without sending it or opening its secrets. */
export function previewRequest(request: OutgoingRequest, context: DeliveryContext): RecordedRequest {
  const { auth } = request
  const credential = isFixed(auth) ? credentialOf(auth, () => hidden) : bearer(hidden)
  const shown = { ...credential, headers: credential.headers.map((header) => ({ ...header, value: header.shown })) }
  const headers = headersOf(request, context, shown, signatureShown(request, context))
  const url = urlWith(request.url, shown, 'shown')
  const body = shownSecured(
    request,
    securityToken(request, () => hidden),
  )
  return recordRequest({ ...request, url, body }, headers, redactor([], maskedOf(request, context)), shown)
}
