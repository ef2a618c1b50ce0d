import type { Effect } from '../engine/index'
import { answerQuestion } from './answer-question'
import { askForBids } from './ask-for-bids'
import { decideAgain } from './decide-again'
import { deliverAttempt } from './deliver-attempt'
import { eventIdFor } from './event-id'
import { insist } from './insist'
import type { Job } from './job'
import { holdRun, reserveRun, saveProgress, settleRun } from './journal'
import { keyOfLeaving, type Leaving, leavingKey } from './leaving-key'
import { noteLive } from './live'
import { performBeside } from './perform-beside'
import { step } from './step'

type Attempt = Extract<Effect, { kind: 'attempt' }>
type Question = Extract<Effect, { kind: 'check' }>

/** Answers what a step wants to know of our own data, however long the database takes. */
export async function check(job: Job, { eventId }: Question): Promise<Effect | undefined> {
  const finding = await insist('a question of a step', () => answerQuestion(job))
  return step(job, { kind: 'checked', eventId, finding, now: Date.now(), nextEventId: eventIdFor(job.run) })
}

/** Delivers one attempt, and lets the engine go on with what came of it. */
export async function attempt(job: Job, effect: Attempt): Promise<Effect | undefined> {
  const { event, exchange } = await deliverAttempt(job, effect)
  if (exchange) job.exchanges[effect.eventId] = exchange
  return step(job, event)
}

/**
 * Makes an attempt, or pings, durable that are not yet. Answers what to do instead when the configuration changed meanwhile, and
 * `lost` when another process took the run over.
 */
async function makeDurable(job: Job, effect: Leaving): Promise<Effect | undefined | 'lost'> {
  const { ours, configVersion } = await insist('the next attempt', () => saveProgress(job))
  if (!ours) return 'lost'
  job.durable = leavingKey(effect)
  if (configVersion <= job.flow.configVersion) return effect
  return decideAgain(job, configVersion)
}

/** Asks the counters. What they grant is durable with their answer, so the attempt may leave. */
async function makeReserved(job: Job): Promise<Effect | undefined | 'lost'> {
  const { ours, configVersion, effect } = await insist('a reservation', () => reserveRun(job))
  if (!ours) return 'lost'
  const leaving = keyOfLeaving(effect)
  if (leaving !== undefined) job.durable = leaving
  return configVersion > job.flow.configVersion ? decideAgain(job, configVersion) : effect
}

/** Asks the counters as long as the engine wants to know something of them, and answers what it wants then. */
export async function reserveAll(job: Job, first: Effect | undefined): Promise<Effect | undefined | 'lost'> {
  let effect: Effect | undefined | 'lost' = first
  while (effect !== 'lost' && effect?.kind === 'reserve') effect = await makeReserved(job)
  return effect
}

type Going = Exclude<Effect, { kind: 'settle' | 'hold' }>

async function takeEffect(job: Job, effect: Going) {
  if (effect.kind === 'reserve') return makeReserved(job)
  if (effect.kind === 'check') return check(job, effect)
  if (job.durable !== leavingKey(effect)) return makeDurable(job, effect)
  return effect.kind === 'ping' ? askForBids(job, effect) : attempt(job, effect)
}

/**
 * Carries a run to its end: make the attempt durable, deliver, decide … settle, or put the lead aside. No attempt leaves
 * before `runs.state` names it, or a crash would send it again under another event id. A question to our own data leaves
 * nowhere: it needs no more than the lead in the log, and is asked again after a crash.
 * @returns false when another process took the run over; then the log has the truth, not this job.
 */
export async function perform(job: Job, first: Effect | undefined): Promise<boolean> {
  let effect = first
  for (;;) {
    let next: Effect | undefined | 'lost'
    if (job.run.selling?.open) next = await performBeside(job, effect)
    else if (effect && effect.kind !== 'settle' && effect.kind !== 'hold') next = await takeEffect(job, effect)
    else break
    if (next === 'lost') return false
    effect = next
  }
  if (effect?.kind === 'hold') job.hold = effect
  else if (job.run.state !== 'done') throw new Error(`lead ${job.run.leadId} is not over, and nothing is to be done`)
  const end = effect?.kind === 'hold' ? holdRun : settleRun
  const { ours } = await insist('the end of a run', () => end(job))
  if (ours) noteSettled(job)
  return ours
}

/** Tells the pages of every side that the log grew. */
export function noteSettled(job: Job): void {
  noteLive(job.flow.flow.accountId)
  for (const result of job.run.results) noteLive(job.flow.targets[result.stepId]?.buyerAccountId)
}
