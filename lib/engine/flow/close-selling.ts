import { formatMoney } from '../../money'
import { dayMs } from '../../time'
import type { Considered, Round, Run, Selling, StepResult, TraceEntry } from '../types'
import { collecting, collectsOf, endsWithBatch } from './collect'
import type { CompiledBuyer, CompiledDistribution } from './compiled'
import { scopeOf } from './criteria'
import { buyersWithin, planWords, whyLeftOut } from './distribution-step'
import { bidOf, endSelling, type Seller, sellTo } from './holdings'
import { type Decided, goesOn, type Moment } from './moment'
import { note, noteBroken, type Why } from './note-buyer'
import { look } from './offer'

const budgetOf = (step: Seller) => (step.type === 'buyer' ? undefined : step.budgetMs)

const placesTaken = ({ sold, perhaps }: Selling) => sold.length + perhaps.length

/**
 * Whether nobody more is to have the lead, with those that are being asked for it. A buyer that a person chose (`next`)
 * comes before those that collect it.
 */
export function isSatisfied(step: Seller, selling: Selling, next?: Round): boolean {
  const isChosen = next?.offers[0]?.via === 'reassigned'
  const asked = selling.open?.length ?? 0
  return placesTaken(selling) + asked + (isChosen ? 0 : collecting(selling)) >= sellTo(step)
}

export function isLate(step: Seller, selling: Selling, now: number): boolean {
  const budget = budgetOf(step)
  return budget !== undefined && now - (selling.resumedAt ?? selling.startedAt) >= budget
}

const lateWords = 'The time for this step was over'

/** Why a buyer of a distribution was not asked in the end. */
function whyNot(top: CompiledDistribution, moment: Moment, selling: Selling, step: CompiledBuyer): Why {
  const { flow, run, now, eventId } = moment
  const left = whyLeftOut(top, step.id, scopeOf(flow, run, selling.startedAt, eventId))
  if (left) return left
  if (isSatisfied(top, selling)) {
    const names = [...selling.sold, ...selling.perhaps].map((id) => flow.buyers.get(id)?.recipient ?? id)
    const cents = bidOf(run, step.id)
    const bid = cents === undefined ? 'Not needed' : `Bids ${formatMoney(cents)}, not needed`
    const reason = `${bid}: ${selling.sold.length > 0 ? 'sold to' : 'may be with'} ${names.join(', ')}`
    return { reason, trace: [] }
  }
  if (selling.endedBy !== undefined) return { reason: `Not reached: ${selling.endedBy} ended the step`, trace: [] }
  const chance = look(moment, { offers: [] }, { stepId: step.id })?.chance
  if (chance?.skip !== undefined) return { reason: chance.skip, trace: chance.trace }
  if (run.again) return { reason: 'Not asked again: only what had failed is', trace: [] }
  return { reason: isLate(top, selling, now) ? lateWords : 'Not reached', trace: [] }
}

export const longestWaitMs = 7 * dayMs

/** Since when a lead waits at the longest: it came in, or was tried again after its end. */
export const waitsSince = ({ again, receivedAt }: Run): number => again?.at ?? receivedAt

/** Nobody takes it now, and somebody can later, or will with its next batch: the lead waits. */
function hold({ flow, run }: Moment, selling: Selling): Decided {
  const [first] = selling.waits.toSorted((a, b) => a.at - b.at)
  if (!first) return goesOn
  const collects = collectsOf(flow, selling)
  run.state = 'held'
  run.status = 'pending'
  delete selling.began
  return {
    next: 'effect',
    effect: {
      kind: 'hold',
      until: Math.min(first.at, waitsSince(run) + longestWaitMs),
      reason: first.reason,
      stepId: first.offer.stepId,
      ...(first.cause && { cause: first.cause }),
      ...(endsWithBatch(first) && { inBatch: true }),
      ...(collects.length > 0 && { collects }),
    },
  }
}

export const standbyWords = 'Standby: asked only as a backup'

/** Those that were not asked in the end: who could have taken the lead later, and who was not needed. */
function noteRest(top: Seller, moment: Moment, selling: Selling): void {
  const { flow } = moment
  for (const { offer, reason } of selling.waits) {
    const step = flow.buyers.get(offer.stepId)
    const trace: TraceEntry[] = [{ kind: 'queue', passed: false, text: reason }]
    if (step && offer.eventId === undefined) note(top, moment, { step, offer, reason, trace })
  }
  if (top.type === 'buyer') return
  const rest = [...buyersWithin(top.members)].filter(({ id }) => !selling.met.includes(id))
  for (const step of rest.filter(({ standby }) => !standby)) {
    note(top, moment, { step, offer: { stepId: step.id }, ...whyNot(top, moment, selling, step) })
  }
  for (const step of rest.filter(({ standby }) => standby)) {
    note(top, moment, { step, offer: { stepId: step.id }, reason: standbyWords, trace: [] })
  }
}

/** Everybody who was asked or ruled out so far, one after the other. */
export const orderOf = ({ met }: Selling): string[] => [...new Set(met)]

export function close(top: Seller, moment: Moment, selling: Selling): Decided {
  const { run } = moment
  noteBroken(top, moment, isLate(top, selling, moment.now) ? lateWords : 'It is not tried again')
  const taken = placesTaken(selling)
  const mayWait = taken === 0 || (collecting(selling) > 0 && taken < sellTo(top))
  if (mayWait && selling.waits.length > 0 && !selling.givenUp) return hold(moment, selling)
  noteRest(top, moment, selling)
  if (top.type === 'distribution') run.results.push(resultOf(top, moment, selling))
  endSelling(run)
  return goesOn
}

function resultOf(top: CompiledDistribution, { flow, run, now }: Moment, selling: Selling): StepResult {
  const outcome = selling.sold.length > 0 ? 'sold' : selling.perhaps.length > 0 ? 'pending' : 'unsold'
  const attempts = run.results.filter((result) => result.type === 'buyer' && result.within === top.id)
  const said = attempts.findLast(({ outcome: one }) => one === 'rejected' || one === 'error')?.reason
  const reason =
    outcome === 'unsold' ? (said ?? selling.considered[0]?.reason ?? 'No buyer is in this distribution') : undefined
  const words =
    outcome === 'sold'
      ? `Sold to ${selling.sold.length}`
      : outcome === 'pending'
        ? 'May be sold'
        : `Not sold: ${reason}`
  return {
    type: 'distribution',
    stepId: top.id,
    name: top.name,
    outcome,
    ...(reason !== undefined && { reason }),
    considered: selling.considered as Considered[],
    order: orderOf(selling),
    startedAt: selling.startedAt,
    endedAt: now,
    trace: [
      { kind: 'distribution', passed: true, text: planWords(top, scopeOf(flow, run, selling.startedAt)) },
      { kind: 'distribution', passed: outcome === 'sold', text: words },
    ],
  }
}
