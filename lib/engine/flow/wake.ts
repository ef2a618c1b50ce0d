import type { Failed, Offer, Round, Run, Selling, Wait } from '../types'
import { endsWithBatch, wakeBatch } from './collect'
import type { CompiledFlow } from './compiled'

/** What of a held lead goes on. */
type Woken = { all?: boolean; to?: string; batch?: string }

/** Takes up what a held lead waits for: those that are due, or all; a batch; or whoever a person chose, before the others. */
export function wake(flow: CompiledFlow, run: Run, now: number, { all, to, batch }: Woken): void {
  const { selling } = run
  run.state = 'open'
  run.status = 'processing'
  if (run.again) run.again = { ...run.again, at: run.again.at ?? now }
  if (!selling) return
  selling.resumedAt = now
  if (to !== undefined) sendTo(flow, run, selling, to)
  else if (batch !== undefined) wakeBatch(selling, batch)
  else wakeSome(flow, run, selling, (wait) => !endsWithBatch(wait) && (all === true || wait.at <= now))
}

/** Whoever comes after a buyer that collects the lead has not been asked yet. */
const laterOf = ({ collected, rounds }: Selling): Round[] => (collected ? rounds : [])

function wakeSome(flow: CompiledFlow, run: Run, selling: Selling, due: (wait: Wait) => boolean): void {
  const woken = selling.waits.filter(due)
  selling.met = selling.met.filter((stepId) => !woken.some(({ offer }) => offer.stepId === stepId))
  selling.waits = selling.waits.filter((wait) => !due(wait))
  selling.rounds = [...roundsOf(flow, run, woken), ...laterOf(selling)]
}

/** Those who take turns or bid against each other stand in one round. */
export function roundsOf(flow: CompiledFlow, run: Run, asked: Pick<Wait, 'offer' | 'turn'>[]): Round[] {
  const rounds: Round[] = []
  for (const { offer, turn } of asked) {
    const auction = auctionAnew(flow, run, offer)
    const round = rounds.find((one) => one.turn?.owner === turn?.owner && one.auction === auction)
    if (round) round.offers.push(offer)
    else rounds.push({ offers: [offer], ...(turn && { turn }), ...(auction !== undefined && { auction }) })
  }
  return rounds
}

/** A bid does not outlast the wait: the buyer is asked once more, unless an attempt that it was made for goes on. */
function auctionAnew({ buyers }: CompiledFlow, run: Run, { stepId, eventId }: Offer): string | undefined {
  const auction = buyers.get(stepId)?.ping?.auction
  if (auction === undefined || eventId !== undefined) return undefined
  const { [stepId]: _, ...bids } = run.bids ?? {}
  run.bids = bids
  return auction
}

/** The others go on waiting: they have their chance again where this one does not take the lead. */
function sendTo(flow: CompiledFlow, run: Run, selling: Selling, stepId: string): void {
  const known = selling.waits.find(({ offer }) => offer.stepId === stepId)
  selling.waits = selling.waits.filter((wait) => wait !== known)
  selling.met = selling.met.filter((met) => met !== stepId)
  const of = selling.waits[0]?.offer.stepId
  const offer: Offer = known?.offer ?? { stepId, via: 'reassigned', ...(of !== undefined && { of }) }
  selling.rounds = [...roundsOf(flow, run, [{ offer }]), ...laterOf(selling)]
}

/** A held lead is given up: it waits for nobody any more. Answers for whom it had waited. */
export function giveUp(run: Run): Failed[] {
  const { selling } = run
  run.state = 'open'
  run.status = 'processing'
  if (!selling) return []
  Object.assign(selling, { rounds: [], givenUp: true })
  return selling.waits.map(({ offer }) => ({ stepId: offer.stepId, unit: selling.stepId }))
}
