import { forget, once } from '../runtime'
import { Connection } from './connection'
import { type Connector, connectorFor, type TlsIdentity } from './tls-identity'

/** Calls at a time to one destination, calls that may wait behind them, and destinations at a time. */
const maxCalls = 32
const maxWaiting = 256
const maxLanes = 4_096
const sweepMs = 5_000

/** What a lane asks of a call that it carries. */
type Carried = {
  runOn: (connection: Connection, lane: Lane) => void
  /** True when it refused itself, because the time that is left would not do. */
  isTooLate: (now: number) => boolean
  stop: () => void
}

/**
 * Everything under way to one destination: a bounded number of calls and of waits, so that one that hangs can't hold
 * up another or pile up memory.
 */
export class Lane {
  private readonly origin: string
  private readonly secure: Connector
  private readonly idle: Connection[] = []
  private readonly busy = new Set<Connection>()
  private readonly waiting: Carried[] = []

  constructor(origin: string, identity?: TlsIdentity) {
    this.origin = origin
    this.secure = connectorFor(identity)
  }

  get isEmpty(): boolean {
    return this.busy.size === 0 && this.waiting.length === 0
  }

  get isUnused(): boolean {
    return this.isEmpty && this.idle.length === 0
  }

  /** False when the queue is full; the call was not taken then. */
  take(call: Carried): boolean {
    if (this.busy.size < maxCalls) this.run(call)
    else if (this.waiting.length < maxWaiting) this.waiting.push(call)
    else return false
    return true
  }

  /** Takes back a call that stopped waiting. */
  leave(call: Carried): void {
    const index = this.waiting.indexOf(call)
    if (index >= 0) this.waiting.splice(index, 1)
  }

  /** The call is over: its connection serves the next one, or goes when it can't be trusted any more. */
  release(connection: Connection, isSound: boolean): void {
    if (!this.busy.delete(connection)) return
    if (isSound) this.idle.push(connection)
    else connection.destroy()
    const now = performance.now()
    let next = this.waiting.shift()
    while (next?.isTooLate(now)) next = this.waiting.shift()
    if (next) this.run(next)
  }

  private run(call: Carried): void {
    const now = performance.now()
    let connection = this.idle.pop()
    while (connection && connection.idleUntil <= now) {
      connection.destroy()
      connection = this.idle.pop()
    }
    connection ??= new Connection(this.origin, this.secure)
    this.busy.add(connection)
    call.runOn(connection, this)
  }

  /** Lets go of connections that nobody used for a while. */
  sweep(now: number): void {
    const kept = this.idle.filter((connection) => connection.idleUntil > now)
    for (const connection of this.idle) if (connection.idleUntil <= now) connection.destroy()
    this.idle.splice(0, this.idle.length, ...kept)
  }

  close(): void {
    for (const call of this.waiting.splice(0)) call.stop()
    for (const connection of [...this.idle.splice(0), ...this.busy]) connection.destroy()
  }
}

type Lanes = { byKey: Map<string, Lane>; sweeper?: NodeJS.Timeout }

const lanes = (): Lanes => once('egress-lanes', (): Lanes => ({ byKey: new Map() }), closeLanes)

async function closeLanes({ byKey, sweeper }: Lanes): Promise<void> {
  if (sweeper) clearInterval(sweeper)
  for (const lane of byKey.values()) lane.close()
}

/** Closes every connection at once; calls under way end without an answer. For a process that ends, after its drain. */
export const closeEgress = (): Promise<void> => forget('egress-lanes')

/** The lane of a destination; `undefined` when there are too many with calls under way. */
export function laneFor(key: string, origin: string, identity?: TlsIdentity): Lane | undefined {
  const state = lanes()
  const known = state.byKey.get(key)
  if (known) return known
  if (state.byKey.size >= maxLanes && !evictOne(state.byKey)) return undefined
  const lane = new Lane(origin, identity)
  state.byKey.set(key, lane)
  state.sweeper ??= setInterval(sweepLanes, sweepMs, state).unref()
  return lane
}

function evictOne(byKey: Map<string, Lane>): boolean {
  for (const [key, lane] of byKey) {
    if (!lane.isEmpty) continue
    byKey.delete(key)
    lane.close()
    return true
  }
  return false
}

function sweepLanes(state: Lanes): void {
  const now = performance.now()
  for (const [key, lane] of state.byKey) {
    lane.sweep(now)
    if (lane.isUnused) state.byKey.delete(key)
  }
  if (state.byKey.size > 0 || !state.sweeper) return
  clearInterval(state.sweeper)
  delete state.sweeper
}
