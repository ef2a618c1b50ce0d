import { amountOf } from '../../money'
import type { Ping } from '../schema'
import type { Bid } from '../types'
import type { Names, Reference } from './references'
import type { Read, Scope } from './scope'

type Made = Extract<Bid, { priceCents: number }>

/** What a delivery carries of the bid that won: `ping.<name>` in its mappings. */
const table: Record<string, { label: string; kind: 'string' | 'number'; read: (bid: Made) => unknown }> = {
  id: { label: 'Reference of the ping', kind: 'string', read: ({ reference }) => reference },
  price: { label: 'Price that was bid', kind: 'number', read: ({ priceCents }) => amountOf(priceCents) },
}

function bidOf({ run: { bids } }: Scope, stepId: string): Made | undefined {
  const bid = bids && Object.hasOwn(bids, stepId) ? bids[stepId] : undefined
  return bid && 'priceCents' in bid ? bid : undefined
}

const captureReader =
  (name: string) =>
  ({ captured }: Made): unknown =>
    captured && Object.hasOwn(captured, name) ? captured[name] : undefined

type PingVariable = { path: string; label: string; kind: 'string' | 'number'; read: (bid: Made) => unknown }

/** A ping, as far as its answer's names go: a step's, or a destination's. */
type Asked = { response: Pick<Ping['response'], 'capture'> }

const capturesOf = ({ response }: Asked): string[] =>
  Object.keys(response.capture ?? {}).filter((name) => !Object.hasOwn(table, name))

/** Everything that a delivery may refer to of the ping before it, beside what all may. */
function pingVariables(ping: Asked): PingVariable[] {
  const captures = capturesOf(ping)
  return [
    ...Object.entries(table).map(([name, variable]) => ({ path: `ping.${name}`, ...variable })),
    ...captures.map((name) => ({
      path: `ping.${name}`,
      label: `Ping’s answer: ${name}`,
      kind: 'string' as const,
      read: captureReader(name),
    })),
  ]
}

/** The same names for the delivery of a buyer step, which knows the answer to its ping where it has one. */
export function namesAfterPing(names: Names, stepId: string, ping: Asked | undefined): Names {
  if (!ping) return names
  const variables = pingVariables(ping)
  const reader =
    (read: (bid: Made) => unknown): Read =>
    (scope) => {
      const bid = bidOf(scope, stepId)
      return bid && read(bid)
    }
  const known = variables.map(({ path, label, kind, read }): [string, Reference] => [
    path,
    { path, words: label, kind, read: reader(read), masked: false },
  ])
  return { ...names, extras: new Map([...(names.extras ?? []), ...known]) }
}

/** A bid as it might come, for a sample of what follows it. */
export function sampleBid(ping: Asked): Made {
  const captured = Object.fromEntries(capturesOf(ping).map((name) => [name, `sample ${name}`]))
  return { priceCents: 4500, eventId: 'ping', reference: 'P-4711', captured }
}
