import { connect, type Socket } from 'node:net'
import { isSameAddress } from './addresses'
import { reachableAddresses } from './egress'
import { egressFailure } from './failures'
import type { Connector } from './tls-identity'

/** How long each part of opening a connection took. A reused connection has none. */
export type ConnectTimings = { dnsMs: number; connectMs: number; tlsMs?: number }
/** `secure` is set for https. */
type Target = { hostname: string; host: string; port: number; secure?: Connector }

const connectBudgetMs = 5_000
const tlsBudgetMs = 5_000
const attemptMs = 1_500
const maxAttempts = 6

/**
 * Opens a socket to a checked address and to none else: the name is resolved here, every address is checked, and the
 * dial goes to a literal, so nothing is looked up again. Rejects with a failure that `wordsOfFailure` knows.
 */
export async function dial(target: Target, signal: AbortSignal): Promise<{ socket: Socket; timings: ConnectTimings }> {
  const startedAt = performance.now()
  const addresses = await reachableAddresses(target.hostname, target.port)
  const resolvedAt = performance.now()
  const plain = await dialFirst(addresses.slice(0, maxAttempts), target.port, signal)
  const connectedAt = performance.now()
  const timings = { dnsMs: resolvedAt - startedAt, connectMs: connectedAt - resolvedAt }
  if (!target.secure) return { socket: plain, timings }
  const socket = await encrypt(plain, target, target.secure, signal)
  return { socket, timings: { ...timings, tlsMs: performance.now() - connectedAt } }
}

async function dialFirst(addresses: string[], port: number, signal: AbortSignal): Promise<Socket> {
  const giveUpAt = performance.now() + connectBudgetMs
  let failure: unknown = egressFailure('name-unknown')
  for (const [index, address] of addresses.entries()) {
    const leftMs = giveUpAt - performance.now()
    if (leftMs <= 0) break
    const isLast = index === addresses.length - 1
    try {
      return await open(address, port, isLast ? leftMs : Math.min(attemptMs, leftMs), signal)
    } catch (error) {
      if (signal.aborted) throw error
      failure = error
    }
  }
  throw failure
}

function open(address: string, port: number, timeoutMs: number, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(egressFailure('stopped'))
    const socket = connect({ host: address, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 60_000 })
    const settle = (error?: Error) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
      if (!error) return resolve(socket)
      socket.destroy()
      return reject(error)
    }
    const stop = () => settle(egressFailure('stopped'))
    const timer = setTimeout(() => settle(egressFailure('connect-timeout')), timeoutMs)
    signal.addEventListener('abort', stop)
    socket.on('error', settle)
    socket.once('connect', () => {
      socket.off('error', settle)
      // whoever takes the socket next listens in the same tick or the one after
      socket.on('error', ignore)
      settle(isSameAddress(socket.remoteAddress ?? '', address) ? undefined : egressFailure('socket-moved'))
    })
  })
}

const ignore = () => {}

function encrypt(
  plain: Socket,
  { hostname, host, port }: Target,
  secure: Connector,
  signal: AbortSignal,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const settle = (error: Error | null, socket: Socket | null = null) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
      if (!error && socket) return resolve(socket)
      plain.destroy()
      return reject(error)
    }
    const stop = () => settle(egressFailure('stopped'))
    const timer = setTimeout(() => settle(egressFailure('tls-timeout')), tlsBudgetMs)
    signal.addEventListener('abort', stop)
    try {
      secure({ protocol: 'https:', hostname, host, port: String(port), httpSocket: plain }, settle)
    } catch (error) {
      settle(error as Error)
    }
  })
}
