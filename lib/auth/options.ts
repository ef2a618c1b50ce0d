import NextAuth, { type AuthOptions } from 'next-auth'
import credentials from 'next-auth/providers/credentials'
import { closeSession, sessionLifeMs, signIn, touchSession } from '../accounts/index'
import { env } from '../env'
import { log } from '../log'
import { once } from '../runtime'
import { cookieOptions } from './cookies'
import './next-auth-types'
import { sessionIdOfRequest } from './session-id'
import { visitor } from './visitor'

/** Checks a sign-in. A refusal's words go back to the form as next-auth's `error`. */
async function authorize(given: Record<string, unknown> | undefined) {
  const { email, password, accountId } = given ?? {}
  const signedIn = await signIn({ email, password, ...(accountId ? { accountId } : {}) }, await visitor()).catch(
    (error: unknown) => {
      log.error({ err: error }, 'A sign-in failed')
      throw new Error('Signing in is not possible at this moment. Try again in a few seconds.')
    },
  )
  if (!signedIn.ok) throw new Error(signedIn.error.issues?.[0]?.message ?? signedIn.error.message)
  const { user, sessionId } = signedIn.value
  const replaced = await sessionIdOfRequest()
  if (replaced) await closeSession(replaced)
  return { ...user, sessionId }
}

/**
 * next-auth with email and password. Its encrypted token carries a session id and nothing else; what that id is worth
 * is asked of `sessions` on every request, so that an ended session is signed out at once.
 */
const authOptions = (): AuthOptions =>
  once('auth options', () => ({
    secret: env().authSecret,
    cookies: cookieOptions(),
    useSecureCookies: env().baseUrl.startsWith('https:'),
    session: { strategy: 'jwt', maxAge: sessionLifeMs / 1_000 },
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/' },
    providers: [
      credentials({
        name: 'Email and password',
        credentials: { email: { type: 'email' }, password: { type: 'password' }, accountId: { type: 'text' } },
        authorize: (given) => authorize(given),
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => {
        const sessionId = user?.sessionId ?? token.sessionId
        return sessionId ? { sessionId } : {}
      },
      session: async ({ session, token }) => {
        const actor = token.sessionId ? await touchSession(token.sessionId) : undefined
        const { expires } = session
        return actor ? { expires, user: { name: actor.userName ?? '', email: actor.userEmail ?? '' } } : { expires }
      },
      redirect: ({ url, baseUrl }) => (isOwnUrl(url, baseUrl) ? new URL(url, baseUrl).href : baseUrl),
    },
    events: {
      signOut: async ({ token }) => {
        if (token?.sessionId) await closeSession(token.sessionId)
      },
    },
    logger: {
      error: (code, details) => log.warn({ code, reason: reasonOf(details) }, 'next-auth refused a request'),
      warn: (code) => log.debug({ code }, 'next-auth warns'),
      debug: () => {},
    },
  }))

const isOwnUrl = (url: string, baseUrl: string): boolean => {
  try {
    return new URL(url, baseUrl).origin === new URL(baseUrl).origin
  } catch {
    return false
  }
}

const reasonOf = (details: unknown): string => {
  const error = details && typeof details === 'object' && 'error' in details ? details.error : details
  return error instanceof Error ? error.message : ''
}

type RouteContext = { params: Promise<{ nextauth: string[] }> }

/** The route handler of `/api/auth/*`. */
export const authHandler = (request: Request, context: RouteContext): Promise<Response> =>
  NextAuth(request as never, context as never, authOptions())
