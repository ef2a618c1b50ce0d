import { cookies } from 'next/headers'
import { decode } from 'next-auth/jwt'
import { env } from '../env'
import { sessionCookieName } from './cookies'
import './next-auth-types'

/** The session id in this request's cookie, if the cookie is ours. What it is worth only `touchSession` knows. */
export async function sessionIdOfRequest(): Promise<string | undefined> {
  const token = (await cookies()).get(sessionCookieName())?.value
  if (!token) return undefined
  try {
    return (await decode({ token, secret: env().authSecret }))?.sessionId
  } catch {
    return undefined
  }
}
