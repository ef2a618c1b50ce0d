import { Client } from 'undici'
import { type ConnectTimings, dial } from './connector'
import type { Connector } from './tls-identity'

/** An idle connection is used again only so long: servers that say nothing close theirs after 5 s or more. */
const idleMs = 4_000
/** A server's own hint counts less this much, for the time a request takes to reach it. */
const hintMarginMs = 1_000

/** One connection to a destination, opened when it is first needed and again after it closed. One call at a time. */
export class Connection {
  readonly client: Client
  /** Set while no call has used the open socket yet. */
  opened: ConnectTimings | undefined
  /** What the socket itself said first when it broke; undici may tell of its end only. */
  brokenBy: Error | undefined
  idleUntil = 0
  private readonly stopping = new AbortController()

  constructor(origin: string, secure: Connector) {
    this.client = new Client(origin, {
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: idleMs,
      keepAliveMaxTimeout: idleMs,
      keepAliveTimeoutThreshold: hintMarginMs,
      connect: (options, callback) => {
        const isSecure = options.protocol === 'https:'
        const host = options.host ?? options.hostname
        const port = Number(options.port) || (isSecure ? 443 : 80)
        dial({ hostname: options.hostname, host, port, ...(isSecure && { secure }) }, this.stopping.signal).then(
          ({ socket, timings }) => {
            this.opened = timings
            this.brokenBy = undefined
            socket.once('error', (error) => {
              this.brokenBy = error
            })
            callback(null, socket)
          },
          (error: Error) => callback(error, null),
        )
      },
    })
  }

  /** When the connection may last be used again, from now on and from what the server said of it. */
  rest(now: number, keepAliveHint: string | undefined): void {
    const hint = /timeout=(\d+)/i.exec(keepAliveHint ?? '')?.[1]
    this.idleUntil = now + (hint === undefined ? idleMs : Math.min(idleMs, Number(hint) * 1_000 - hintMarginMs))
  }

  destroy(): void {
    this.stopping.abort()
    this.client.destroy().catch(() => {})
  }
}
