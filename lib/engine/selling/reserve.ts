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

/** A rotation among candidates: who is served next follows from how often each was served, by weight. */
export type Turn = { owner: string; weights: Record<string, number> }

/** What is asked of the counters, once, for one attempt. */
export type Ask = {
  /** Taken for the lead itself (caps of flow and source); when one is full, nobody gets the lead. */
  lead: Need[]
  candidates: Candidate[]
  turn?: Turn
}

/** A counter and by how much it was moved; the other way round it is given back. */
export type Taken = { key: string; delta: number; cents?: true; lead?: true }
export type Refused = { stepId: string; need?: Need; used?: number; duplicate?: boolean }
export type Reserved = {
  /** The lead itself is over a cap of its flow or source. */
  leadFull?: { need: Need; used: number }
  granted?: { stepId: string; taken: Taken[]; claims: string[] }
  refused: Refused[]
}

export const turnKey = (owner: string, stepId: string): string => `turn:${owner}|${stepId}`

/** Every counter that an ask may read or move, sorted, so that all who lock them do so in one order. */
export function keysOf(ask: Ask): string[] {
  const keys = new Set<string>()
  for (const need of ask.lead) keys.add(need.key)
  for (const { needs } of ask.candidates) for (const need of needs) keys.add(need.key)
  if (ask.turn) for (const stepId of Object.keys(ask.turn.weights)) keys.add(turnKey(ask.turn.owner, stepId))
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

/**
 * Smooth weighted round robin: everybody who could be served gains its weight, the one with most is served and pays the
 * weights of all. In any window each gets its share to within one; who could not be served gains nothing meanwhile.
 */
function serve(
  turn: Turn,
  open: Candidate[],
  counters: Counters,
): { candidate: Candidate; taken: Taken[] } | undefined {
  const weightOf = ({ stepId }: Candidate) => turn.weights[stepId] ?? 0
  const takers = open.filter((candidate) => weightOf(candidate) > 0)
  const total = takers.reduce((sum, candidate) => sum + weightOf(candidate), 0)
  let best: Candidate | undefined
  let most = Number.NEGATIVE_INFINITY
  for (const candidate of takers) {
    const credit = counters.used(turnKey(turn.owner, candidate.stepId)) + weightOf(candidate)
    if (credit > most) [best, most] = [candidate, credit]
  }
  if (!best) return undefined
  const served = best
  return {
    candidate: served,
    taken: takers.map((candidate) => ({
      key: turnKey(turn.owner, candidate.stepId),
      delta: weightOf(candidate) - (candidate === served ? total : 0),
    })),
  }
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
  needs.map(({ key, amount, unit }) => ({
    key,
    delta: amount,
    ...(unit === 'cents' && { cents: true as const }),
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

/** The same movements undone: what a refused or proven failed attempt gives back. */
export const givenBack = (taken: readonly Taken[]): Taken[] => taken.map(({ key, delta }) => ({ key, delta: -delta }))
