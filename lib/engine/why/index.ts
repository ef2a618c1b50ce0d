import { formatMoney } from '../../money'
import { standbyWords } from '../flow/close-selling'
import type { FlowDocument } from '../schema'
import type { Considered, TraceEntry, Via } from '../types'
import { type Place, placesOf } from './places'
import type { BuyerTold, SaleTold, Told, Waiting } from './told'

export { type BuyerTold, type Told, tellHeld, tellRun, type Waiting } from './told'

/** A buyer that was considered for a lead, and what came of it: got it, refused it, or why it was not asked. */
export type WhyRow = {
  stepId: string
  /** Who the buyer is. */
  name: string
  /** `queued`: the lead waits for it. `skipped`: it was not asked. */
  outcome: string
  reason?: string
  /** Why it came when it came: "Priority 2", "Its turn, weight 70". */
  place?: string
  /** The distribution of the flow that it is in. */
  within?: { stepId: string; name: string }
  via?: Via
  /** The buyer in whose place it stood. */
  insteadOf?: string
  tries?: number
  /** When a lead that waits goes on, ISO 8601. */
  waitsUntil?: string
  priceCents?: number
  buyerLeadId?: string
  eventId?: string
  trace: TraceEntry[]
}

type Asked = {
  document?: FlowDocument | undefined
  told: readonly Told[]
  /** Why the lead came to nobody else; without it those that nobody got to are left out. */
  rest?: string | undefined
}
type Known = {
  places: ReadonlyMap<string, Place>
  names: ReadonlyMap<string, string>
  /** What buyers bid, in cents. */
  bids: ReadonlyMap<string, number>
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

/** A bid, and whether none in its distribution is higher. */
function bidWords(cents: number, { unit }: Place, { bids, places }: Known): string {
  const others = [...bids].filter(([stepId]) => places.get(stepId)?.unit.stepId === unit.stepId)
  return `${others.every(([, bid]) => bid <= cents) ? 'Highest bid' : 'Bid'} ${formatMoney(cents)}`
}

function placeWords({ stepId, via }: Way, isAsked: boolean, known: Known): string | undefined {
  const place = known.places.get(stepId)
  if (place?.words === undefined || via !== undefined) return undefined
  const bid = known.bids.get(stepId)
  if (bid !== undefined) return bidWords(bid, place, known)
  if (!place.takesTurns || !isAsked) return capital(place.words)
  return place.words === 'in turn' ? 'Its turn' : `Its turn, ${place.words}`
}

type Way = { stepId: string; via?: Via | undefined; of?: string | undefined }

function wayOf(way: Way, isAsked: boolean, known: Known) {
  const { via, of } = way
  const place = placeWords(way, isAsked, known)
  return {
    ...(place !== undefined && { place }),
    ...(via !== undefined && { via }),
    ...(of !== undefined && { insteadOf: known.names.get(of) ?? of }),
  }
}

/** What is given, without what is not. */
const given = <Values extends object>(values: Values) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Values]?: Exclude<Values[Key], undefined>
  }

function rowOfBuyer(told: BuyerTold, known: Known): WhyRow {
  const { stepId, recipient: name, outcome, reason, tries, priceCents, buyerLeadId, eventId, trace } = told
  const way = wayOf(told, outcome !== 'skipped', known)
  // A lead that comes with a bid of its source was not pinged for: its attempt says what the buyer bid.
  const bid = known.bids.has(stepId) ? undefined : trace.find(({ kind, passed }) => kind === 'ping' && passed)?.text
  const more = given({ reason, tries, priceCents, buyerLeadId, eventId, ...(bid !== undefined && { place: bid }) })
  return { stepId, name, outcome, ...way, ...more, trace: failed(trace, reason) }
}

/** What the reason does not say by itself. */
const failed = (trace: readonly TraceEntry[], reason: string | undefined) =>
  trace.filter(({ passed, kind, text, comparisons }) => {
    return !passed && kind !== 'delivery' && kind !== 'queue' && (comparisons !== undefined || text !== reason)
  })

const rowOfConsidered = (one: Considered, known: Known): WhyRow => ({
  stepId: one.stepId,
  name: one.recipient,
  outcome: 'skipped',
  reason: one.reason,
  ...wayOf(one, false, known),
  trace: one.trace ?? [],
})

const rowOfWait = (one: Waiting, known: Known): WhyRow => ({
  stepId: one.stepId,
  name: one.recipient,
  outcome: 'queued',
  reason: one.reason,
  waitsUntil: one.at,
  ...wayOf(one, false, known),
  trace: [],
})

/** The rows of one step of the flow: in the order in which its buyers were met, then those who never were. */
function rowsOf(buyers: readonly BuyerTold[], sale: SaleTold | undefined, known: Known): WhyRow[] {
  const waits = new Map(sale?.waits.map((wait) => [wait.stepId, wait]))
  // A lead that is tried again has several attempts of one buyer: the last one waits.
  const last = new Map(buyers.map((buyer) => [buyer.stepId, buyer]))
  const asked = buyers.map((buyer) => {
    const wait = last.get(buyer.stepId) === buyer ? waits.get(buyer.stepId) : undefined
    return { ...rowOfBuyer(buyer, known), ...(wait && { waitsUntil: wait.at }) }
  })
  const rows = [
    ...asked,
    ...(sale?.considered ?? []).map((one) => rowOfConsidered(one, known)),
    ...[...waits.values()].filter(({ stepId }) => !last.has(stepId)).map((wait) => rowOfWait(wait, known)),
  ]
  const order = sale?.order
  if (!order) return rows
  const at = ({ stepId }: WhyRow) => (order.includes(stepId) ? order.indexOf(stepId) : order.length)
  return rows.toSorted((a, b) => at(a) - at(b))
}

/** A buyer of the flow that nothing was said of. */
function rowOfRest({ stepId, name, standby, off, words }: Place, rest: string): WhyRow {
  const reason = off !== undefined ? `The group “${off}” is switched off` : standby ? standbyWords : rest
  return { stepId, name, outcome: 'skipped', reason, trace: [], ...(words !== undefined && { place: capital(words) }) }
}

const unitOf = (told: BuyerTold | SaleTold): string =>
  told.type === 'buyer' ? (told.within ?? told.stepId) : told.stepId

function knownOf({ told }: Asked, places: readonly Place[]): Known {
  const names = new Map(places.map(({ stepId, name }) => [stepId, name]))
  const bids = new Map<string, number>()
  for (const one of told) {
    if (one.type === 'bid') bids.set(one.stepId, one.bidCents)
    else if (one.type === 'buyer') names.set(one.stepId, one.recipient)
    else for (const { stepId, recipient } of [...one.considered, ...one.waits]) names.set(stepId, recipient)
  }
  return { places: new Map(places.map((place) => [place.stepId, place])), names, bids }
}

/** The name of a step of the flow that is a group. */
function groupName(unit: string, sale: SaleTold | undefined, places: readonly Place[]): string | undefined {
  const place = places.find(({ unit: { stepId } }) => stepId === unit)
  return place ? (place.unit.isGroup ? place.unit.name : undefined) : sale?.name
}

/** What a step said in all: its last word, and of those that a replay passed by what it had said before. */
function saleOf(sales: readonly SaleTold[], asked: readonly BuyerTold[]): SaleTold | undefined {
  const last = sales.at(-1)
  if (!last || sales.length === 1) return last
  const spoken = new Set([...saidBy(last), ...asked.map(({ stepId }) => stepId)])
  const earlier = new Map(sales.slice(0, -1).flatMap(({ considered }) => considered.map((one) => [one.stepId, one])))
  const still = [...earlier.values()].filter(({ stepId }) => !spoken.has(stepId))
  const before = still.map(({ stepId }) => stepId).filter((stepId) => !last.order.includes(stepId))
  return { ...last, considered: [...still, ...last.considered], order: [...before, ...last.order] }
}

/**
 * Every buyer that a flow considered for a lead, step by step and in the order in which they were met, with what came
 * of it. The document, where it is known, tells their places and names those that nobody got to.
 */
export function whyOf(asked: Asked): WhyRow[] {
  const { document, rest } = asked
  const told = asked.told.filter((one) => one.type !== 'bid')
  const places = document ? placesOf(document) : []
  const known = knownOf(asked, places)
  const spoken = new Set(told.flatMap((one) => (one.type === 'buyer' ? [one.stepId] : saidBy(one))))
  const silent = rest === undefined ? [] : places.filter(({ stepId }) => !spoken.has(stepId))
  const units = [...new Set([...places.map(({ unit }) => unit.stepId), ...told.map(unitOf)])]
  return units.flatMap((unit) => {
    const sales = told.filter((one): one is SaleTold => one.type === 'sale' && one.stepId === unit)
    const buyers = told.filter((one): one is BuyerTold => one.type === 'buyer' && unitOf(one) === unit)
    const sale = saleOf(sales, buyers)
    const unheard = silent.filter((place) => place.unit.stepId === unit)
    const rows = [...rowsOf(buyers, sale, known), ...unheard.map((place) => rowOfRest(place, rest ?? ''))]
    const name = groupName(unit, sale, places)
    return rows.map((row) => (name === undefined ? row : { ...row, within: { stepId: unit, name } }))
  })
}

const saidBy = ({ considered, waits }: SaleTold) => [...considered, ...waits].map(({ stepId }) => stepId)
