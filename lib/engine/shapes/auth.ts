import { z } from 'zod'
import { secretText } from './secrets'

/** A header's name: a token of RFC 9110 §5.6.2. */
export const HeaderName = z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'Give the name of a header.')

export const HttpUrl = z
  .string()
  .max(2000)
  .refine((text) => {
    try {
      const url = new URL(text)
      return (
        (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== '' && !url.username && !url.password
      )
    } catch {
      return false
    }
  }, 'Give a full address that starts with https:// and carries no user name.')

const username = z.string().min(1, 'Give the user name.').max(200)
const clientId = z.string().min(1, 'Give the client id.').max(500)
/** RFC 6749 §2.3.1: in the form, or in a header of HTTP Basic. */
const credentialsIn = z.enum(['body', 'basic']).optional()

/** How a request proves who sends it. `in` of an API key is the header unless it says otherwise. */
export const Auth = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('none') }),
  z.strictObject({ type: z.literal('basic'), username, password: secretText('Password', { asTyped: true }) }),
  z.strictObject({ type: z.literal('bearer'), token: secretText('Token') }),
  z.strictObject({
    type: z.literal('api_key'),
    in: z.enum(['header', 'query', 'body']).optional(),
    header: HeaderName.optional(),
    parameter: z.string().min(1, 'Give the name of the parameter.').max(200).optional(),
    key: secretText('API key'),
  }),
  z.strictObject({ type: z.literal('custom'), headers: z.record(HeaderName, secretText('Header')) }),
  z.strictObject({
    type: z.literal('oauth2_client_credentials'),
    token_url: HttpUrl,
    client_id: clientId,
    client_secret: secretText('Client secret'),
    scope: z.string().max(1000).optional(),
    audience: z.string().max(1000).optional(),
    credentials_in: credentialsIn,
  }),
  z.strictObject({
    type: z.literal('oauth2_refresh_token'),
    token_url: HttpUrl,
    client_id: clientId,
    client_secret: secretText('Client secret').optional(),
    refresh_token: secretText('Refresh token'),
    scope: z.string().max(1000).optional(),
    credentials_in: credentialsIn,
  }),
])
export type Auth = z.infer<typeof Auth>

/** How a request proves that it was not changed on the way. */
export const Signing = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('standard_webhooks'), secret: secretText('Signing secret') }),
  z.strictObject({
    type: z.literal('hmac'),
    secret: secretText('Signing secret'),
    algorithm: z.enum(['sha1', 'sha256', 'sha512']).default('sha256'),
    header: HeaderName,
    encoding: z.enum(['hex', 'base64']).default('hex'),
    prefix: z.string().max(50).optional(),
    signs: z.enum(['body', 'timestamp.body']).default('body'),
    timestamp_header: HeaderName.optional(),
  }),
])
export type Signing = z.infer<typeof Signing>

const Pem = z.string().max(50_000)

/** Mutual TLS, all of it PEM. `ca` is the authority of the server, trusted in place of the public ones. */
export const ClientCertificate = z.strictObject({
  certificate: Pem.min(1, 'Give the certificate.'),
  private_key: secretText('Private key'),
  passphrase: secretText('Passphrase', { asTyped: true }).optional(),
  ca: Pem.optional(),
})
export type ClientCertificate = z.infer<typeof ClientCertificate>
