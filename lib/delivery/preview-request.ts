import type { Auth, OutgoingRequest, RecordedRequest } from '../engine'
import { type Credential, type DeliveryContext, headersOf, hidden } from './prepare'
import { maskedOf, recordRequest, redactor } from './redact'
import { shownSecured } from './soap-security'

const shownCredential = (name: string, shown: string): Credential => ({ name, value: shown, shown, secrets: [] })

function previewCredential(auth: Auth): Credential | undefined {
  if (auth.type === 'none') return undefined
  if (auth.type === 'api_key') return shownCredential(auth.header, hidden)
  return shownCredential('Authorization', `${auth.type === 'basic' ? 'Basic' : 'Bearer'} ${hidden}`)
}

/** The request as it would be sent, without sending it or opening its credential. */
export function previewRequest(request: OutgoingRequest, context: DeliveryContext): RecordedRequest {
  const credential = previewCredential(request.auth)
  const shown = { ...request, body: shownSecured(request) }
  return recordRequest(
    shown,
    headersOf(request, context, credential),
    redactor([], maskedOf(request, context)),
    credential,
  )
}
