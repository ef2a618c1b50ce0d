/*
 * What caps and strategies promise, said once more and in the plainest way: a list of what stands, summed up from the
 * start whenever somebody asks. Nothing here is shared with the engine, the calendar included. For tests.
 */

export type DrawnBuyer = {
  daily: number
  hourly: number
  dailySpend: number
  weight: number
  price: number
  whenFull: 'skip' | 'queue'
  /** After an attempt without an answer the lead goes on. */
  goesOn: boolean
  tries: number
}
export type DrawnFlow = {
  strategy: 'priority' | 'weighted' | 'round_robin' | 'highest_price' | 'broadcast'
  sellTo: number
  /** Asks as many at once as may still have the lead. */
  parallel: boolean
  buyers: DrawnBuyer[]
  timeZone: string
  /** Leads a day that the flow lets in; 0 is no limit. */
  flowDaily: number
}

type Count = { owner: string; unit: 'leads' | 'cents'; period: 'hour' | 'day'; stretch: string; amount: number }
/** What a lead has taken and not given back: places in caps, and a turn among those who could have had it. */
type Holding = { counts: Count[]; turn?: { winner: number; weights: Map<number, number> } }

type Offer = { buyer: number; tries: number }
type Round = { turns: boolean; offers: Offer[] }
export type ModelLead = {
  id: string
  state: 'to-commit' | 'with-buyer' | 'held' | 'done'
  rounds: Round[]
  waits: (Offer & { turns: boolean })[]
  sold: number[]
  /** Buyers that may have it: those it stays with, and those after which it went on. */
  perhaps: number[]
  elsewhere: number[]
  /** Attempts under way, as they began; one at the most where buyers are asked one by one. */
  open: (Offer & { turns: boolean; holding?: number })[]
  /** Who was asked since the lead came or went on, one after the other. */
  began: number[]
  ofFlow?: number
  /** Given back, and paid otherwise, with the next commit that moves counters. */
  leaving: number[]
  repriced: { holding: number; cents: number }[]
  isFull: boolean
  /** When the counters were asked: the moment whose stretches of time are meant, however late they answer. */
  askedAt: number
}
type Outcome = 'accepted' | 'rejected' | 'error' | 'unknown'
/** What a lead asks for; `attempt`: it has made all that it may, and waits for them. */
export type Next = { kind: 'reserve' | 'hold' | 'settle' | 'attempt' }

const formats = new Map<string, Intl.DateTimeFormat>()
/** The day, or the hour with its offset, that a clock of the zone shows: "1/14/2026", "1/14/2026, 10 AM GMT-08:00". */
function stretchOf(now: number, period: 'hour' | 'day', timeZone: string): string {
  const key = `${period} ${timeZone}`
  const hour = { hour: 'numeric', timeZoneName: 'longOffset' } as const
  const day = { year: 'numeric', month: 'numeric', day: 'numeric' } as const
  const made =
    formats.get(key) ?? new Intl.DateTimeFormat('en-US', { ...day, ...(period === 'hour' && hour), timeZone })
  formats.set(key, made)
  return made.format(now)
}

export class SellingModel {
  readonly flow: DrawnFlow
  readonly leads = new Map<string, ModelLead>()
  now: number
  /** What another process would find of a lead. */
  private readonly durable = new Map<string, ModelLead>()
  private readonly standing = new Map<number, Holding>()
  private made = 0

  constructor(flow: DrawnFlow, now: number) {
    this.flow = flow
    this.now = now
  }

  private buyer(at: number): DrawnBuyer {
    const found = this.flow.buyers[at]
    if (!found) throw new Error(`no buyer ${at}`)
    return found
  }

  lead(id: string): ModelLead {
    const found = this.leads.get(id)
    if (!found) throw new Error(`no lead ${id}`)
    return found
  }

  private weightOf = (at: number) => (this.flow.strategy === 'weighted' ? this.buyer(at).weight : 1)

  private limitsOf(at: number): { unit: Count['unit']; period: Count['period']; limit: number; amount: number }[] {
    const { daily, hourly, dailySpend, price } = this.buyer(at)
    return [
      { unit: 'leads' as const, period: 'hour' as const, limit: hourly, amount: 1 },
      { unit: 'leads' as const, period: 'day' as const, limit: daily, amount: 1 },
      { unit: 'cents' as const, period: 'day' as const, limit: dailySpend * 100, amount: price * 100 },
    ].filter(({ limit }) => limit > 0)
  }

  private countsOf(at: number, now: number): (Count & { limit: number })[] {
    return this.limitsOf(at).map(({ unit, period, limit, amount }) => {
      const stretch = stretchOf(now, period, this.flow.timeZone)
      return { owner: `step:f1/b${at}`, unit, period, stretch, amount, limit }
    })
  }

  private ofFlow(now: number): (Count & { limit: number })[] {
    const { flowDaily: limit, timeZone } = this.flow
    const stretch = stretchOf(now, 'day', timeZone)
    return limit > 0 ? [{ owner: 'flow:f1', unit: 'leads', period: 'day', stretch, amount: 1, limit }] : []
  }

  private hasRoom = (counts: (Count & { limit: number })[]): boolean =>
    counts.every((count) => this.usedOf(count) + count.amount <= count.limit)

  private usedOf({ owner, unit, period, stretch }: Omit<Count, 'amount'>): number {
    let used = 0
    for (const { counts } of this.standing.values())
      for (const count of counts)
        if (count.owner === owner && count.unit === unit && count.period === period && count.stretch === stretch)
          used += count.amount
    return used
  }

  /** How many turns a buyer is owed, in parts of the weights: what it gained while others were served, less its own. */
  creditOf(at: number): number {
    let credit = 0
    for (const { turn } of this.standing.values()) {
      if (!turn?.weights.has(at)) continue
      credit += turn.weights.get(at) ?? 0
      if (turn.winner === at) for (const weight of turn.weights.values()) credit -= weight
    }
    return credit
  }

  /** Everything that stands, by counter: the used of each stretch of time, in no order. */
  sums(): Map<string, number[]> {
    const stretches = new Map<string, Count>()
    for (const { counts } of this.standing.values())
      for (const count of counts) stretches.set(`${count.owner}|${count.unit}|${count.period}|${count.stretch}`, count)
    const sums = new Map<string, number[]>()
    for (const count of stretches.values()) {
      const key = `${count.owner}|${count.unit}|${count.period}`
      sums.set(key, [...(sums.get(key) ?? []), this.usedOf(count)])
    }
    return sums
  }

  private hold(holding: Holding): number {
    this.standing.set(++this.made, holding)
    return this.made
  }

  submit(id: string): Next {
    const { strategy, buyers } = this.flow
    const all = [...buyers.keys()]
    const turns = strategy === 'weighted' || strategy === 'round_robin'
    const asked = turns ? all.filter((at) => this.weightOf(at) > 0) : all
    const order =
      strategy === 'highest_price' ? asked.toSorted((a, b) => this.buyer(b).price - this.buyer(a).price) : asked
    const offers = order.map((buyer) => ({ buyer, tries: 0 }))
    this.leads.set(id, {
      ...{ id, state: 'to-commit', rounds: offers.length > 0 ? [{ turns, offers }] : [], waits: [] },
      ...{ sold: [], perhaps: [], elsewhere: [], open: [], began: [], leaving: [], repriced: [], isFull: false },
      askedAt: this.now,
    })
    return this.next(this.lead(id))
  }

  /** No buyer more than may have the lead. */
  private hasPlace = ({ sold, perhaps, open }: ModelLead) =>
    sold.length + perhaps.length + open.length < this.flow.sellTo

  private get asksSeveral() {
    return this.flow.parallel && this.flow.sellTo > 1
  }

  private isUnsold = ({ sold, perhaps }: ModelLead) => sold.length + perhaps.length === 0

  private isCounted = (lead: ModelLead, { turns, offers }: Round): boolean =>
    (this.flow.flowDaily > 0 && lead.ofFlow === undefined) ||
    (turns && offers.length > 1) ||
    offers.some(({ buyer }) => this.limitsOf(buyer).length > 0)

  /** What a lead asks for next; an attempt that needs no counter is open from then on. */
  private next(lead: ModelLead): Next {
    lead.state = 'to-commit'
    while (lead.rounds[0]?.offers.length === 0) lead.rounds.shift()
    const [round] = lead.rounds
    if (!round || !this.hasPlace(lead) || lead.isFull)
      return lead.open.length > 0 ? { kind: 'attempt' } : this.ending(lead)
    lead.askedAt = this.now
    if (this.isCounted(lead, round)) return { kind: 'reserve' }
    const offer = round.offers.shift()
    if (!offer) throw new Error('an empty round')
    this.open(lead, { ...offer, turns: round.turns })
    return this.asksSeveral ? this.next(lead) : { kind: 'attempt' }
  }

  private open(lead: ModelLead, attempt: ModelLead['open'][number]): void {
    lead.open.push(attempt)
    lead.began.push(attempt.buyer)
  }

  private ending(lead: ModelLead): Next {
    if (!lead.isFull && this.isUnsold(lead) && lead.waits.length > 0) return { kind: 'hold' }
    const isSuccess = lead.sold.length + lead.perhaps.length + lead.elsewhere.length > 0
    if (!isSuccess && lead.ofFlow !== undefined) {
      lead.leaving.push(lead.ofFlow)
      delete lead.ofFlow
    }
    return { kind: 'settle' }
  }

  private write(lead: ModelLead): void {
    for (const { holding, cents } of lead.repriced)
      for (const count of this.standing.get(holding)?.counts ?? []) if (count.unit === 'cents') count.amount = cents
    for (const id of lead.leaving) this.standing.delete(id)
    lead.repriced = []
    lead.leaving = []
  }

  /** The counters are asked: whoever has room, in order or by turn, is granted; who has none waits or is passed over. */
  grant(id: string): Next {
    const lead = this.lead(id)
    this.write(lead)
    if (lead.ofFlow === undefined && !this.hasRoom(this.ofFlow(lead.askedAt))) {
      Object.assign(lead, { isFull: true, rounds: [], waits: [] })
      return this.keep(lead, this.next(lead))
    }
    const [round] = lead.rounds
    if (!round) throw new Error('nobody is asked')
    const offer = round.turns ? this.byTurn(lead, round) : this.inOrder(lead, round)
    if (!offer) return this.keep(lead, this.next(lead))
    const counts = this.countsOf(offer.buyer, lead.askedAt)
    const open = round.turns ? round.offers.map(({ buyer }) => buyer) : []
    const weights = new Map(open.map((at) => [at, this.weightOf(at)]))
    const turn = round.turns ? { turn: { winner: offer.buyer, weights } } : {}
    round.offers.splice(round.offers.indexOf(offer), 1)
    if (this.flow.flowDaily > 0) lead.ofFlow ??= this.hold({ counts: this.ofFlow(lead.askedAt) })
    this.open(lead, { ...offer, turns: round.turns, holding: this.hold({ counts, ...turn }) })
    return this.keep(lead, this.asksSeveral ? this.next(lead) : { kind: 'attempt' })
  }

  private passOver(lead: ModelLead, round: Round, offer: Offer): void {
    round.offers.splice(round.offers.indexOf(offer), 1)
    if (this.buyer(offer.buyer).whenFull === 'queue') lead.waits.push({ ...offer, turns: round.turns })
  }

  private inOrder(lead: ModelLead, round: Round): Offer | undefined {
    for (const offer of round.offers.slice()) {
      if (this.hasRoom(this.countsOf(offer.buyer, lead.askedAt))) return offer
      this.passOver(lead, round, offer)
    }
    return undefined
  }

  private byTurn(lead: ModelLead, round: Round): Offer | undefined {
    for (const offer of round.offers.slice())
      if (!this.hasRoom(this.countsOf(offer.buyer, lead.askedAt))) this.passOver(lead, round, offer)
    const owed = ({ buyer }: Offer) => this.creditOf(buyer) + this.weightOf(buyer)
    const most = Math.max(...round.offers.map(owed))
    return round.offers.find((offer) => owed(offer) === most)
  }

  private keep(lead: ModelLead, next: Next): Next {
    if (next.kind === 'attempt') lead.state = 'with-buyer'
    this.durable.set(lead.id, structuredClone(lead))
    return next
  }

  /** An attempt, a hold or an end is durable. */
  commit(id: string, kind: Next['kind']): void {
    const lead = this.lead(id)
    if (kind !== 'attempt') this.write(lead)
    lead.state = kind === 'attempt' ? 'with-buyer' : kind === 'hold' ? 'held' : 'done'
    this.durable.set(id, structuredClone(lead))
  }

  private account(lead: ModelLead, holding: number, outcome: Outcome, cents: number): void {
    if (outcome === 'accepted') lead.repriced.push({ holding, cents })
    else if (outcome !== 'unknown') lead.leaving.push(holding)
  }

  /** @param which of the attempts that are open. */
  answer(id: string, outcome: Outcome, paidCents?: number, which = 0): Next {
    const lead = this.lead(id)
    const { state } = lead
    const asked = lead.open.length
    this.conclude(lead, outcome, paidCents, which)
    const next = this.next(lead)
    // Nobody new is asked: the others are waited for, and nothing has to be durable.
    if (next.kind === 'attempt' && lead.open.length < asked) lead.state = state
    return next
  }

  private conclude(lead: ModelLead, outcome: Outcome, paidCents: number | undefined, which: number): void {
    const [open] = lead.open.splice(which, 1)
    if (!open) throw new Error('nobody has the lead')
    const { buyer, tries, holding } = open
    const { price, goesOn, tries: most } = this.buyer(buyer)
    if (outcome === 'accepted') lead.sold.push(buyer)
    if (outcome === 'unknown') lead[goesOn ? 'elsewhere' : 'perhaps'].push(buyer)
    if (outcome === 'error' && tries + 1 < most) lead.waits.push({ buyer, tries: tries + 1, turns: false })
    if (holding !== undefined) this.account(lead, holding, outcome, paidCents ?? price * 100)
  }

  /** Decided anew before they left, from the one at `since` on: what they held is given back, and they stand where they stood. */
  redecide(id: string, since = 0): Next {
    const lead = this.lead(id)
    for (const { holding, turns, ...offer } of lead.open.splice(since).toReversed()) {
      if (holding !== undefined) lead.leaving.push(holding)
      lead.began = lead.began.filter((buyer) => buyer !== offer.buyer)
      const [round] = lead.rounds
      if (round && (round.turns === turns || !this.asksSeveral)) round.offers.unshift(offer)
      else lead.rounds.unshift({ turns: turns && this.asksSeveral, offers: [offer] })
    }
    return this.next(lead)
  }

  /** Its process died. Undefined when nothing of it was durable. */
  lose(id: string): Next | undefined {
    const kept = this.durable.get(id)
    if (!kept) {
      this.leads.delete(id)
      return undefined
    }
    this.leads.set(id, structuredClone(kept))
    const lead = this.lead(id)
    while (lead.open.length > 0) this.conclude(lead, 'unknown', undefined, 0)
    return this.next(lead)
  }

  /** A held lead goes on with all whom it waits for. */
  resume(id: string): Next {
    const lead = this.lead(id)
    lead.rounds = []
    lead.began = []
    for (const { turns, ...offer } of lead.waits) {
      const round = lead.rounds.find((one) => one.turns === turns)
      if (round) round.offers.push(offer)
      else lead.rounds.push({ turns, offers: [offer] })
    }
    lead.waits = []
    return this.next(lead)
  }
}
