import { randomBytes } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'
import { env } from '@/lib/env'

/** Every page is dynamic, so that its scripts can carry the nonce; styles are set by libraries at run time. */
function contentSecurityPolicy(nonce: string): string {
  const isDev = env().NODE_ENV === 'development'
  const rules = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDev ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${isDev ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ]
  return [...rules, ...(env().baseUrl.startsWith('https:') ? ['upgrade-insecure-requests'] : [])].join('; ')
}

const securityHeaders = (): Record<string, string> => ({
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=()',
  ...(env().baseUrl.startsWith('https:') && { 'Strict-Transport-Security': 'max-age=63072000' }),
})

/** Gives each page a nonce (`x-nonce`), its own address (`x-baton-path`, to come back to after signing in) and its headers. */
export function proxy(request: NextRequest) {
  const nonce = randomBytes(16).toString('base64')
  const policy = contentSecurityPolicy(nonce)
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set('x-baton-path', `${request.nextUrl.pathname}${request.nextUrl.search}`)
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('Content-Security-Policy', policy)
  for (const [name, value] of Object.entries(securityHeaders())) response.headers.set(name, value)
  return response
}

export const config = { matcher: '/((?!_next/static|_next/image|api/(?!docs)|favicon.ico$).*)' }
