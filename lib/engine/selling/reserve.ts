import { isFull, type Need } from './caps'

/** One buyer step that may get the lead, in the order of preference. */
export type Candidate = {
  stepId: string
  needs: Need[]
  /** Normalised contact values that may reach this target only once in a while. */
  claims: Claim[]
  /** Considered only when that step was found to be full: its backup. */
  after?: string
}
export type Claim = { key: string; since: number }

/**
 * A rotation among buyers and groups, by their ids: who is served next follows from how often each was served, by weight.
 * Within a group its own order or turn decides.
 */
export type Turn = { owner: string; weights: Record<string, number>; groups?: Record<string, Part[]> }
/** Buyers of a group that are asked before those of its next part: in their order, or in turn. */
type Part = { stepIds: string[]; turn?: Turn }

/** What is asked of the counters, once, for one attempt. */
export type Ask = {
  /** Taken for the lead itself (caps of flow and source); when one is full, nobody gets the lead. */
  lead: Need[]
  candidates: Candidate[]
  turn?: Turn
}

/** A counter and by how much it was moved; the other way round it is given back. */
export type Taken = {
  key: string
  delta: number
  cents?: true
  lead?: true
  /** Whose counter it is, where it is not the flow's account. */
  accountId?: string
}
export type Refused = { stepId: string; need?: Need; used?: number; duplicate?: boolean }
export type Reserved = {
  /** The lead itself is over a cap of its flow or source. */
  leadFull?: { need: Need; used: number }
  granted?: { stepId: string; taken: Taken[]; claims: string[] }
  refused: Refused[]
}

export const turnKey = (owner: string, stepId: string): string => `turn:${owner}|${stepId}`

function* turnKeys({ owner, weights, groups = {} }: Turn): Generator<string> {
  for (const id of Object.keys(weights)) yield turnKey(owner, id)
  for (const { turn } of Object.values(groups).flat()) if (turn) yield* turnKeys(turn)
}

/** The turn without those of whom nobody can be served now: their counters need no lock. */
export function turnAmong(turn: Turn, open: ReadonlySet<string>): Turn {
  const weights: Turn['weights'] = {}
  const groups: NonNullable<Turn['groups']> = {}
  for (const [id, weight] of Object.entries(turn.weights)) {
    const parts = turn.groups?.[id]?.filter(({ stepIds }) => stepIds.some((stepId) => open.has(stepId)))
    if (parts ? parts.length === 0 : !open.has(id)) continue
    weights[id] = weight
    if (parts) groups[id] = parts.map((part) => (part.turn ? { ...part, turn: turnAmong(part.turn, open) } : part))
  }
  return { owner: turn.owner, weights, ...(Object.keys(groups).length > 0 && { groups }) }
}

/** Every counter that an ask may read or move, sorted, so that all who lock them do so in one order. */
export function keysOf(ask: Ask): string[] {
  const keys = new Set<string>()
  for (const need of ask.lead) keys.add(need.key)
  for (const { needs } of ask.candidates) for (const need of needs) keys.add(need.key)
  if (ask.turn) for (const key of turnKeys(ask.turn)) keys.add(key)
  return [...keys].sort()
}

export const claimsOf = (ask: Ask): string[] =>
  [...new Set(ask.candidates.flatMap(({ claims }) => claims.map(({ key }) => key)))].sort()

export type Counters = {
  used: (key: string) => number
  /** When a value last reached a target, in Unix milliseconds. */
  claimedAt: (key: string) => number | undefined
}

function refusalOf(candidate: Candidate, counters: Counters): Refused | undefined {
  const { stepId } = candidate
  const claimed = candidate.claims.some(
    ({ key, since }) => (counters.claimedAt(key) ?? Number.NEGATIVE_INFINITY) >= since,
  )
  if (claimed) return { stepId, duplicate: true }
  const need = candidate.needs.find((one) => isFull(one, counters.used(one.key)))
  return need && { stepId, need, used: counters.used(need.key) }
}

type Served = { candidate: Candidate; taken: Taken[] }
type Taker = { id: string; weight: number; open: Candidate[]; turn?: Turn | undefined }

/** Whom a share would go to: the buyer itself, or those of the first part of the group in which somebody has room. */
function takerOf(id: string, weight: number, parts: Part[] | undefined, open: Candidate[]): Taker {
  for (const { stepIds, turn } of parts ?? [{ stepIds: [id] }]) {
    const theirs = open.filter(({ stepId }) => stepIds.includes(stepId))
    if (theirs.length > 0) return { id, weight, open: theirs, turn }
  }
  return { id, weight, open: [] }
}

/** Whoever has a share and somebody with room, in the order of the candidates: among equals the first is served. */
function takersOf({ weights, groups = {} }: Turn, open: Candidate[]): Taker[] {
  const placeOf = (taker: Taker) => open.findIndex((candidate) => taker.open.includes(candidate))
  return Object.entries(weights)
    .map(([id, weight]) => takerOf(id, weight, groups[id], open))
    .filter(({ weight, open: theirs }) => weight > 0 && theirs.length > 0)
    .toSorted((a, b) => placeOf(a) - placeOf(b))
}

/**
 * Smooth weighted round robin: everybody who could be served gains its weight, the one with most is served and pays the
 * weights of all. In any window each gets its share to within one; who could not be served gains nothing meanwhile.
 */
function serve(turn: Turn, open: Candidate[], counters: Counters): Served | undefined {
  const takers = takersOf(turn, open)
  const total = takers.reduce((sum, { weight }) => sum + weight, 0)
  let best: Taker | undefined
  let most = Number.NEGATIVE_INFINITY
  for (const taker of takers) {
    const credit = counters.used(turnKey(turn.owner, taker.id)) + taker.weight
    if (credit > most) [best, most] = [taker, credit]
  }
  const [first] = best?.open ?? []
  if (!best || !first) return undefined
  const served = best
  const within = served.turn && serve(served.turn, served.open, counters)
  const moved = takers.map(({ id, weight }) => ({
    key: turnKey(turn.owner, id),
    delta: weight - (id === served.id ? total : 0),
  }))
  return { candidate: within?.candidate ?? first, taken: [...moved, ...(within?.taken ?? [])] }
}

/** Those with room in their order, and why the others have none. A backup stands in only for one that was full. */
function split(ask: Ask, counters: Counters): { open: Candidate[]; refused: Refused[] } {
  const refused: Refused[] = []
  const open: Candidate[] = []
  const isWithoutRoom = (stepId: string) => refused.some((one) => one.stepId === stepId && one.need)
  for (const candidate of ask.candidates) {
    if (candidate.after !== undefined && !isWithoutRoom(candidate.after)) continue
    const refusal = refusalOf(candidate, counters)
    if (refusal) refused.push(refusal)
    else open.push(candidate)
  }
  return { open, refused }
}

const taking = (needs: Need[], more: Pick<Taken, 'lead'> = {}): Taken[] =>
  needs.map(({ key, amount, unit, accountId }) => ({
    key,
    delta: amount,
    ...(unit === 'cents' && { cents: true as const }),
    ...(accountId !== undefined && { accountId }),
    ...more,
  }))

/**
 * Decides who of the candidates gets the lead, with the counters as they stand: the first with room, or the one whose
 * turn it is. Pure; the caller holds the counters' locks until what was taken is written.
 */
export function reserve(ask: Ask, counters: Counters): Reserved {
  const full = ask.lead.find((need) => isFull(need, counters.used(need.key)))
  if (full) return { leadFull: { need: full, used: counters.used(full.key) }, refused: [] }
  const { open, refused } = split(ask, counters)
  const served = ask.turn && serve(ask.turn, open, counters)
  // Where nobody has a turn, whoever is there stands in for those that had one.
  const candidate = served?.candidate ?? open[0]
  if (!candidate) return { refused }
  const before = ask.turn ? refused : refused.filter(({ stepId }) => isBefore(ask, stepId, candidate.stepId))
  return {
    granted: {
      stepId: candidate.stepId,
      taken: [...taking(ask.lead, { lead: true }), ...taking(candidate.needs), ...(served?.taken ?? [])],
      claims: candidate.claims.map(({ key }) => key),
    },
    refused: before,
  }
}

const isBefore = (ask: Ask, one: string, other: string) => {
  const at = (stepId: string) => ask.candidates.findIndex((candidate) => candidate.stepId === stepId)
  return at(one) < at(other)
}

/** A movement of the same counter. */
export const movedBy = ({ key, accountId }: Taken, delta: number): Taken => ({
  key,
  delta,
  ...(accountId !== undefined && { accountId }),
})

/** The same movements undone: what a refused or proven failed attempt gives back. */
export const givenBack = (taken: readonly Taken[]): Taken[] => taken.map((one) => movedBy(one, -one.delta))
