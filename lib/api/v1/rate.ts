import { createHash } from 'node:crypto'
import { now } from '../../clock'
import { type Refusal, rateLimited } from '../../errors'
import { once } from '../../runtime'
import { minuteMs } from '../../time'

/** Calls a minute, in this process. Generous: it stops loops that ran away, not people. */
export const callsPerMinute = { key: 1_200, address: 240 }

const heldMax = 10_000
type Window = { startedAt: number; used: number }
const windows = () => once('api rates', () => new Map<string, Window>())

/** Counts one call of a key or an address; the refusal when it has had its minute's share. */
export function takeCall(kind: keyof typeof callsPerMinute, value: string): Refusal | undefined {
  const held = windows()
  const name = `${kind}:${createHash('sha256').update(value).digest('base64')}`
  const window = held.get(name)
  if (!window || now() - window.startedAt >= minuteMs) {
    if (held.size >= heldMax) held.clear()
    held.set(name, { startedAt: now(), used: 1 })
    return undefined
  }
  if (++window.used <= callsPerMinute[kind]) return undefined
  const seconds = Math.max(1, Math.ceil((window.startedAt + minuteMs - now()) / 1_000))
  return rateLimited(`More than ${callsPerMinute[kind]} calls in a minute. Wait, then go on.`, seconds)
}
