import type { CookiesOptions } from 'next-auth'
import { env } from '../env'

/** Cookies may be `Secure`, and so carry the `__Host-` prefix, only where the installation is reached by https. */
const isSecure = () => env().baseUrl.startsWith('https:')

const nameOf = (name: string) => `${isSecure() ? '__Host-' : ''}baton.${name}`

export const sessionCookieName = (): string => nameOf('session')

/** next-auth's cookies under our names: HTTP only, lax, for this host alone. */
export function cookieOptions(): Partial<CookiesOptions> {
  const options = { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure() } as const
  return {
    sessionToken: { name: sessionCookieName(), options },
    callbackUrl: { name: nameOf('callback'), options },
    csrfToken: { name: nameOf('csrf'), options },
  }
}
