import { z } from 'zod'

/** A header's name: a token of RFC 9110 §5.6.2. */
export const HeaderName = z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'Give the name of a header.')

/** A secret in a document: a reference. A value given by a person is taken out and sealed before it is saved. */
export const SecretRef = z.strictObject({ secret: z.string().min(1) })
export type SecretRef = z.infer<typeof SecretRef>
export const Secret = z.union([SecretRef, z.string()])

export const Auth = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('none') }),
  z.strictObject({
    type: z.literal('basic'),
    username: z.string().min(1, 'Give the user name.').max(200),
    password: Secret,
  }),
  z.strictObject({ type: z.literal('bearer'), token: Secret }),
  z.strictObject({
    type: z.literal('api_key'),
    header: HeaderName,
    key: Secret,
  }),
])
export type Auth = z.infer<typeof Auth>
