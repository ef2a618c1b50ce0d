import { randomBytes } from 'node:crypto'
import { type OutgoingRequest, type SecretRef, withSecurity } from '../engine'
import { hidden } from './prepare'

export type OpenSecret = (secret: SecretRef | string) => Promise<string> | string

/** The body as it goes over the line, how it may be shown, and what of it must never be kept. */
export type Secured = { body: string; shown: string; secrets: string[] }

/** The password, and a digest that it could be guessed from, are not for keeping. */
const withoutPassword = (body: string): string => body.replace(/(<wsse:Password [^>]*>)[^<]*/, `$1${hidden}`)

/** Puts the WS-Security header into a SOAP message that has one; any other body stays as it is. */
export async function secure(request: OutgoingRequest, open: OpenSecret): Promise<Secured> {
  const { body, security } = request
  if (!security) return { body, shown: body, secrets: [] }
  const password = await open(security.password)
  const secured = withSecurity(body, security, { password, nonce: randomBytes(16), createdMs: Date.now() })
  return { body: secured, shown: withoutPassword(secured), secrets: [password] }
}

/** The same for show, without opening the password. */
export function shownSecured({ body, security }: OutgoingRequest): string {
  if (!security) return body
  const token = { password: '', nonce: randomBytes(16), createdMs: Date.now() }
  return withoutPassword(withSecurity(body, security, token))
}
