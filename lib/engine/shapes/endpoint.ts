import { z } from 'zod'
import { Auth, HeaderName } from './auth'
import { requestMethods } from './request'

const HttpUrl = z
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

const Headers = z.record(HeaderName, z.string().max(2000))

export const Endpoint = z.strictObject({
  url: HttpUrl,
  method: z.enum(requestMethods).default('POST'),
  auth: Auth.default({ type: 'none' }),
  headers: Headers.default({}),
})
