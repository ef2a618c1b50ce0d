import { amountOf } from '../../money'
import type { BuyerStep } from '../schema'
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

/** Everything that the requests of a step that pings may refer to, beside what all may. */
function pingVariables(step: Pick<BuyerStep, 'ping'>): PingVariable[] {
  if (!step.ping) return []
  const captures = Object.keys(step.ping.response.capture ?? {}).filter((name) => !Object.hasOwn(table, name))
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

/** The same names for the delivery of a buyer step, which knows the answer to its ping. */
export function namesAfterPing(names: Names, step: Pick<BuyerStep, 'id' | 'ping'>): Names {
  const variables = pingVariables(step)
  if (variables.length === 0) return names
  const reader =
    (read: (bid: Made) => unknown): Read =>
    (scope) => {
      const bid = bidOf(scope, step.id)
      return bid && read(bid)
    }
  const known = variables.map(({ path, label, kind, read }): [string, Reference] => [
    path,
    { path, words: label, kind, read: reader(read), masked: false },
  ])
  return { ...names, extras: new Map([...(names.extras ?? []), ...known]) }
}
