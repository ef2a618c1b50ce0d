import type { IncomingHttpHeaders } from 'node:http'
import ipaddr from 'ipaddr.js'

const ownRanges = new Set(['private', 'loopback', 'linkLocal', 'uniqueLocal', 'carrierGradeNat'])

function isPublic(address: string): boolean {
  return ipaddr.isValid(address) && !ownRanges.has(ipaddr.process(address).range())
}

/**
 * Whom a request comes from. What a forwarding header says counts only when the socket's other end is on a private
 * network (a load balancer of ours): from the internet anybody can write it. Of a list the last public address is
 * taken, which is the one that our own proxies have seen.
 */
export function clientAddress(peer: string | undefined, headers: IncomingHttpHeaders): string {
  const near = peer ?? ''
  const said = headers['x-forwarded-for']
  if (!said || isPublic(near)) return near
  const list = String(said)
    .split(',')
    .map((part) => part.trim())
  return list.findLast(isPublic) ?? list.at(-1) ?? near
}

/** Forwarding headers for the process behind, with nothing in them that a stranger could have made up. */
export function forwardedHeaders(
  peer: string | undefined,
  headers: IncomingHttpHeaders,
  secure: boolean,
): Record<string, string> {
  const trusted = !isPublic(peer ?? '')
  const proto = trusted ? headers['x-forwarded-proto'] : undefined
  const host = trusted ? headers['x-forwarded-host'] : undefined
  return {
    'x-forwarded-for': clientAddress(peer, headers),
    'x-forwarded-proto': String(proto ?? (secure ? 'https' : 'http')),
    'x-forwarded-host': String(host ?? headers.host ?? ''),
  }
}
