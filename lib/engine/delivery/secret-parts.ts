import type { Scope } from '../names/scope'
import { bodyKey } from '../names/secret-names'
import type { Auth, Request } from '../schema'
import type { OutgoingRequest, RequestSecrets } from '../types'

/** A request with one more mapping where an API key goes into its body; delivery knows its text by `bodyKey`. */
export function keyInBody(request: Request, auth: Auth): Request {
  if (auth.type !== 'api_key' || auth.in !== 'body' || !auth.parameter) return request
  return { ...request, mappings: { ...request.mappings, [auth.parameter]: `{{secret.${bodyKey}}}` } }
}

/** How a request that names secrets becomes the one that is sent; nothing for the usual one, which names none. */
export function secretParts(
  names: readonly string[],
  scope: Scope,
  write: (scope: Scope) => ReturnType<RequestSecrets['reveal']>,
): Pick<OutgoingRequest, 'secrets'> {
  if (names.length === 0) return {}
  return { secrets: { names, reveal: (secrets) => write({ ...scope, secrets }) } }
}
