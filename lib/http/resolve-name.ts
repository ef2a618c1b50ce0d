import { Resolver } from 'node:dns/promises'
import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { egressFailure } from './failures'
import { egressState } from './state'

const budgetMs = 2_500
const maxLookups = 256
const maxAddresses = 16

/**
 * Every address of a name: from the hosts file, else from the name servers, asked without search domains, so that
 * `kubernetes` can't become a service of the cluster. Not `dns.lookup`: a slow name would hold one of four threads.
 */
export function resolveName(name: string): Promise<string[]> {
  const { lookups } = egressState()
  const running = lookups.get(name)
  if (running) return running
  if (lookups.size >= maxLookups) return Promise.reject(egressFailure('names-busy'))
  const lookup = lookUp(name).finally(() => lookups.delete(name))
  lookups.set(name, lookup)
  return lookup
}

async function lookUp(name: string): Promise<string[]> {
  if (name === 'localhost' || name.endsWith('.localhost')) return ['127.0.0.1', '::1']
  const listed = await addressesInHostsFile(name)
  return listed.length > 0 ? listed : askNameServers(name)
}

async function addressesInHostsFile(name: string): Promise<string[]> {
  const text = await readFile('/etc/hosts', 'utf8').catch(() => '')
  return text.split('\n').flatMap((line) => {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/)
    return isIP(address) && names.some((other) => other.toLowerCase() === name) ? [address] : []
  })
}

async function askNameServers(name: string): Promise<string[]> {
  const resolver = new Resolver({ timeout: 1_000, tries: 2 })
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(egressFailure('name-timeout'))
      resolver.cancel()
    }, budgetMs)
  })
  try {
    const both = Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)])
    const answers = await Promise.race([both, late])
    const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
    // one beyond the limit would go unchecked, so a name with more than that many is refused as a whole
    if (addresses.length > 0 && addresses.length <= maxAddresses) return addresses
    const timedOut = answers.some((answer) => answer.status === 'rejected' && isTimeout(answer.reason))
    throw egressFailure(timedOut ? 'name-timeout' : 'name-unknown')
  } finally {
    clearTimeout(timer)
  }
}

const isTimeout = (reason: unknown): boolean =>
  typeof reason === 'object' &&
  reason !== null &&
  'code' in reason &&
  (reason.code === 'ETIMEOUT' || reason.code === 'ESERVFAIL')
