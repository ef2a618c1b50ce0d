import { headers } from 'next/headers'
import type { Visitor } from '../accounts/schema'

/**
 * Who sends this request. The address is the last one of `X-Forwarded-For`: our own first process writes it from the
 * socket; what stands before it anybody can claim.
 */
export async function visitor(): Promise<Visitor & { host: string }> {
  const sent = await headers()
  return {
    ip: sent.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? '',
    userAgent: sent.get('user-agent') ?? '',
    host: sent.get('host') ?? '',
  }
}
