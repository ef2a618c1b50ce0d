import { env } from '../env'
import { once } from '../runtime'
import type { AllowRule } from './addresses'

/** What the guard knows of addresses, once in a process. */
type EgressState = {
  /** The operator's ranges, read once. */
  rules?: AllowRule[]
  /** This installation's own `host:port`s. */
  own: Set<string>
  /** Names that are being looked up now. */
  lookups: Map<string, Promise<string[]>>
}

export const egressState = (): EgressState =>
  once('egress', (): EgressState => ({ own: new Set([ownHostPort()]), lookups: new Map() }))

/** The sandbox buyer lives at this installation's own address, which is loopback on a first run. */
function ownHostPort(): string {
  const { hostname, port, protocol } = new URL(env().baseUrl)
  return `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`.toLowerCase()
}
