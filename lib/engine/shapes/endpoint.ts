import { z } from 'zod'
import { Auth, ClientCertificate, HeaderName, HttpUrl, Signing } from './auth'
import { requestMethods } from './request'

const Headers = z.record(HeaderName, z.string().max(2000))

/** Where a request goes and how it proves itself. The query of `url` may hold templates. */
export const Endpoint = z.strictObject({
  url: HttpUrl,
  method: z.enum(requestMethods).default('POST'),
  auth: Auth.default({ type: 'none' }),
  headers: Headers.default({}),
  signing: Signing.optional(),
  client_certificate: ClientCertificate.optional(),
})
export type Endpoint = z.infer<typeof Endpoint>
