import { isIP } from 'node:net'
import { env } from '../env'
import { invalid } from '../errors'
import { log } from '../log'
import { err, ok, type Result } from '../result'
import { type AllowRule, isReachable, parseAllowRules } from './addresses'
import { egressFailure } from './failures'
import { resolveName } from './resolve-name'
import { egressState } from './state'

function allowRules(): AllowRule[] {
  const state = egressState()
  if (!state.rules) {
    const { rules, wrong } = parseAllowRules(env().BATON_EGRESS_ALLOW)
    if (wrong.length > 0)
      log.error({ entries: wrong }, 'BATON_EGRESS_ALLOW has entries that cannot be read; they open nothing')
    state.rules = rules
  }
  return state.rules
}

const portOf = (url: URL): number => Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
const bare = (hostname: string): string => (hostname.startsWith('[') ? hostname.slice(1, -1) : hostname)
const isOwn = (hostname: string, port: number): boolean =>
  egressState().own.has(`${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`)
const isLocalName = (name: string): boolean => name === 'localhost' || name.endsWith('.localhost')

/** Parses as every part of the guard does: http or https, a host, no user name; one trailing dot of the name goes. */
export function parseTarget(text: string): URL | undefined {
  let url: URL
  try {
    url = new URL(text)
  } catch {
    return undefined
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined
  if (url.username !== '' || url.password !== '') return undefined
  if (url.hostname.endsWith('.')) url.hostname = url.hostname.slice(0, -1)
  return url.hostname === '' || url.hostname.endsWith('.') ? undefined : url
}

/**
 * What can be said of a URL without looking its name up: for forms and documents, before they are saved.
 * A name that resolves to a private address passes here and is refused when it is called.
 */
export function checkUrl(text: string): Result<URL> {
  const url = parseTarget(text)
  if (!url) return err(invalid('Give a full address that starts with https:// and carries no user name.'))
  const [host, port] = [bare(url.hostname), portOf(url)]
  const literals = isIP(host) ? [host] : isLocalName(host) ? ['127.0.0.1', '::1'] : []
  if (
    literals.length === 0 ||
    isOwn(host, port) ||
    literals.some((literal) => isReachable(literal, port, allowRules()))
  )
    return ok(url)
  return err(invalid('This address is private or reserved. Give one that can be reached from the internet.'))
}

/**
 * The addresses to which a socket for this host and port may be opened, all of them checked. Throws when even one of
 * them is not in order, so that a mixed answer of a name server can't smuggle a private one in.
 */
export async function reachableAddresses(hostname: string, port: number): Promise<string[]> {
  const addresses = isIP(hostname) ? [hostname] : await resolveName(hostname)
  if (isOwn(hostname, port)) return addresses
  const reachable = addresses.filter((address) => isReachable(address, port, allowRules()))
  // localhost always means both loopbacks, and a rule for one of them is enough to use that one
  const enough = isLocalName(hostname) ? reachable.length > 0 : reachable.length === addresses.length
  if (!enough) throw egressFailure('address-refused')
  return reachable
}
