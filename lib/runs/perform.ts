import { mayCall, noteAnswer, type Target } from '../breakers/index'
import { deliver } from '../delivery/index'
import {
  compileFlow,
  type Effect,
  isMailStep,
  renderMails,
  renderRequest,
  retryAfterMs,
  type StepTarget,
  type Verdict,
} from '../engine/index'
import { type LoadedFlow, loadDraft } from '../flows/index'
import { log } from '../log'
import { isStopping, once } from '../runtime'
import { secondMs } from '../time'
import { answerQuestion } from './answer-question'
import { askForBids } from './ask-for-bids'
import { eventIdFor } from './event-id'
import { reloadFlow } from './flow-cache'
import type { Job } from './job'
import { holdRun, isOneRows, reserveRun, saveProgress, settleRun } from './journal'
import { noteLive } from './live'
import { maskedValues } from './masked-values'
import { step } from './step'

type Targets = Record<string, StepTarget>
type Attempt = Extract<Effect, { kind: 'attempt' }>
type Question = Extract<Effect, { kind: 'check' }>
/** What leaves the house, and must not before the run names it. */
type Leaving = Extract<Effect, { kind: 'attempt' | 'ping' }>

const patience = [50, 100, 200, 500, 1_000, 2_000, 5_000]

/**
 * Repeats what needs the database until it answers. After commit 1 the lead is ours to finish, so an outage delays it;
 * if this process dies meanwhile, recovery has the run. A row that Postgres refuses for what is in it, and a process
 * that is stopping, end it.
 */
export async function insist<T>(what: string, ask: () => Promise<T>): Promise<T> {
  for (let round = 0; ; round++) {
    try {
      return await ask()
    } catch (error) {
      if (isOneRows(error) || isStopping()) throw error
      sayOnce(error, what)
      await new Promise((resolve) => setTimeout(resolve, patience[Math.min(round, patience.length - 1)]))
    }
  }
}

/** An outage meets every lead under way at the same time: one line a second tells as much as thousands. */
function sayOnce(error: unknown, what: string): void {
  const said = once('journal-outage', () => ({ at: 0 }))
  if (Date.now() - said.at < 1_000) return
  said.at = Date.now()
  log.warn({ err: error }, `${what} did not reach the database, trying again`)
}

/** Why nothing more may be sent, when the flow or the source was switched off meanwhile. */
const switchedOff = (flow: LoadedFlow | undefined, source: { enabled: boolean } | undefined): string | undefined => {
  if (!flow?.live || !flow.flow.enabled) return 'Flow is disabled'
  return source?.enabled ? undefined : 'Source is disabled'
}

/** Ends a run whose flow or source is switched off. Answers nothing when neither is. */
export function stopIfOff(job: Job): Effect | undefined {
  const reason = switchedOff(job.flow, job.source)
  return reason === undefined ? undefined : step(job, { kind: 'stop', reason, now: Date.now() })
}

async function newest(job: Job, configVersion: number): Promise<LoadedFlow | undefined> {
  const { id } = job.flow.flow
  // The console's runs are on the draft, from a source that no flow has.
  if (job.version === 0) return loadDraft(id)
  const loaded = await reloadFlow(id)
  // That load may have been under way since before the change.
  return loaded && loaded.configVersion < configVersion ? reloadFlow(id) : loaded
}

/** Takes the newest configuration, so that *paused* means paused, and decides the present step again. */
async function redecide(job: Job, configVersion: number): Promise<Effect | undefined> {
  const loaded = await newest(job, configVersion)
  const source = job.version === 0 ? job.source : loaded?.sources.get(job.run.source.id)
  const off = switchedOff(loaded, source)
  if (!loaded?.live || !source || off !== undefined) {
    return step(job, { kind: 'stop', reason: off ?? 'Flow is disabled', now: Date.now() })
  }
  job.source = source
  if (loaded.live.version === job.version) {
    job.flow = loaded
    job.compiled = loaded.live.compiled
  } else {
    // A newer version has other steps: the run ends on the one it began with, under today's switches and connections.
    job.flow = { ...loaded, targets: todaysTargets(job.flow.targets, loaded.targets) }
    job.compiled = compileFlow({ ...job.compiled, targets: job.flow.targets })
  }
  return step(job, { kind: 'redecide', now: Date.now(), nextEventId: eventIdFor(job.run) })
}

function todaysTargets(begun: Targets, today: Targets): Targets {
  const targets: Targets = {}
  for (const [stepId, target] of Object.entries(begun)) {
    targets[stepId] = today[stepId] ?? { ...target, blocked: 'Step was removed' }
  }
  return targets
}

/** A mail is taken by nobody but our own outbox: with the end of the run it is durable, and that is its acceptance. */
function attemptMail(job: Job, { stepId, eventId }: Attempt): Effect | undefined {
  const now = Date.now()
  const { mail, copy } = renderMails(job.compiled, job.run, { stepId, eventId, now })
  if (!mail) throw new Error(`step ${stepId} of flow ${job.flow.flow.id} was decided but has no mail`)
  job.exchanges[eventId] = { sentFields: mail.sentFields, mail, ...(copy && { copy }) }
  return step(job, {
    kind: 'answered',
    eventId,
    verdict: { outcome: 'accepted' },
    now,
    nextEventId: eventIdFor(job.run),
  })
}

/** The seller's mail beside a delivery follows a lead that was accepted. */
export function copyOf(
  job: Job,
  { stepId, eventId }: Pick<Attempt, 'stepId' | 'eventId'>,
  { outcome, priceCents }: Verdict,
) {
  if (outcome !== 'accepted') return {}
  const at = { stepId, eventId, now: Date.now(), ...(priceCents !== undefined && { priceCents }) }
  const { copy } = renderMails(job.compiled, job.run, at)
  return copy ? { copy } : {}
}

/** How long the buyer asked to be left alone, where it failed. */
export function withPatience(verdict: Verdict, header: string | undefined): Verdict {
  if (verdict.outcome !== 'error' || header === undefined) return verdict
  const dateOf = (text: string) => (Number.isNaN(Date.parse(text)) ? undefined : Date.parse(text))
  const ms = retryAfterMs(header, Date.now(), dateOf)
  return ms === undefined ? verdict : { ...verdict, retryAfterMs: ms }
}

type Buyer = NonNullable<ReturnType<Job['compiled']['buyers']['get']>>

/** Who is called, where failures are counted: those of a test lead are not, and a look-up has no breaker. */
export function breakerOf(
  job: Job,
  stepId: string,
): { target: Target; settings: NonNullable<Buyer['breaker']> } | undefined {
  const { target, breaker } = job.compiled.buyers.get(stepId) ?? {}
  if (job.run.isTest || target === undefined || !breaker) return undefined
  const accountId = job.flow.targets[stepId]?.buyerAccountId ?? job.flow.flow.accountId
  return { target: { key: target, accountId }, settings: breaker }
}

/** Beyond a call's own deadline, until a try of an open circuit is taken for lost. */
export const probeGraceMs = 5 * secondMs

/** Delivers one attempt, and lets the engine go on with what came of it. */
export async function attempt(job: Job, effect: Attempt): Promise<Effect | undefined> {
  const { stepId, eventId } = effect
  if (isMailStep(job.compiled, stepId)) return attemptMail(job, effect)
  const target = job.flow.targets[stepId]
  const request = renderRequest(job.compiled, job.run, { stepId, eventId, now: Date.now() })
  if (!request) throw new Error(`step ${stepId} of flow ${job.flow.flow.id} was decided but can't be rendered`)
  const known = breakerOf(job, stepId)
  const forMs = request.timeoutMs + probeGraceMs
  // Its circuit opened since this was decided, or another lead is the one that tries it.
  if (known && !(await insist('a circuit breaker', () => mayCall(known.target, eventId, forMs))))
    return step(job, { kind: 'redecide', now: Date.now(), nextEventId: eventIdFor(job.run) })
  const { batchId } = job.run.awaiting?.offer ?? {}
  const { verdict, isOurs, ...exchange } = await deliver(target?.buyerAccountId ?? job.flow.flow.accountId, request, {
    eventId,
    ...(batchId !== undefined && { batch: { id: batchId, size: 1 } }),
    leadId: job.run.leadId,
    isTest: job.run.isTest,
    masked: maskedValues(job.run.lead),
  })
  const isFailure = verdict.outcome === 'error' || verdict.outcome === 'unknown'
  if (known && !isOurs) noteAnswer(known.target, known.settings, { eventId, isFailure, reason: verdict.reason })
  job.exchanges[eventId] = { ...exchange, sentFields: request.sentFields, ...copyOf(job, effect, verdict) }
  return step(job, {
    kind: 'answered',
    eventId,
    verdict: withPatience(verdict, exchange.response?.headers['retry-after']),
    now: Date.now(),
    nextEventId: eventIdFor(job.run),
    luck: Math.random(),
  })
}

/** Answers what a step wants to know of our own data, however long the database takes. */
export async function check(job: Job, { eventId }: Question): Promise<Effect | undefined> {
  const finding = await insist('a question of a step', () => answerQuestion(job))
  return step(job, { kind: 'checked', eventId, finding, now: Date.now(), nextEventId: eventIdFor(job.run) })
}

/** Decides again under the newest configuration, however long the database takes to tell it. */
export const decideAgain = (job: Job, configVersion: number): Promise<Effect | undefined> =>
  insist('the configuration', () => redecide(job, configVersion))

/** How a run that is saved names what leaves the house next. */
export const leavingKey = (effect: Leaving): string =>
  effect.kind === 'ping' ? `pings ${effect.eventId}` : `${effect.stepId} ${effect.eventId}`

/** The key of what leaves the house, for an effect that may be something else. */
export const keyOfLeaving = (effect: Effect | undefined): string | undefined =>
  effect?.kind === 'attempt' || effect?.kind === 'ping' ? leavingKey(effect) : undefined

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

async function takeEffect(job: Job, effect: Exclude<Effect, { kind: 'settle' | 'hold' }>) {
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
  while (effect && effect.kind !== 'settle' && effect.kind !== 'hold') {
    const next: Effect | undefined | 'lost' = await takeEffect(job, effect)
    if (next === 'lost') return false
    effect = next
  }
  if (effect?.kind === 'hold') job.hold = effect
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
