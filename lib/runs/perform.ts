import { deliver } from '../delivery/index'
import {
  advance,
  compileFlow,
  type Effect,
  maskedTypes,
  type Run,
  type RunEvent,
  renderRequest,
  type StepTarget,
  type TypedLead,
} from '../engine/index'
import { timeOfId, uuidv7 } from '../ids'
import { log } from '../log'
import { once } from '../runtime'
import { reloadFlow } from './flow-cache'
import type { Job } from './job'
import { saveProgress, settleRun } from './journal'
import { noteLive } from './live'

type Targets = Record<string, StepTarget>

const patience = [50, 100, 200, 500, 1_000, 2_000, 5_000]

/**
 * Repeats a write of the journal until the database takes it. After commit 1 the lead is ours to finish, so an outage
 * delays it; if this process dies meanwhile, recovery has the run.
 */
async function insist<T>(what: string, write: () => Promise<T>): Promise<T> {
  for (let round = 0; ; round++) {
    try {
      return await write()
    } catch (error) {
      sayOnce(error, what)
      const wait = patience[Math.min(round, patience.length - 1)] ?? 5_000
      await new Promise((resolve) => setTimeout(resolve, wait))
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

/** An event id that sorts after its lead, also when this machine's clock is behind the one that made the lead. */
export const eventIdFor = (run: Run): string => uuidv7(Math.max(Date.now(), timeOfId(run.leadId)))

/** Lets the engine decide and keeps its run. Answers what must be done next. */
export function step(job: Job, event: RunEvent): Effect | undefined {
  const { run, effects } = advance(job.compiled, job.source.compiled, job.run, event)
  job.run = run
  return effects[0]
}

/** Takes the newest configuration, so that *paused* means paused, and decides the present step again. */
export async function redecide(job: Job, configVersion: number): Promise<Effect | undefined> {
  let loaded = await reloadFlow(job.flow.flow.id)
  // The load may have been under way since before the change.
  if (loaded && loaded.configVersion < configVersion) loaded = await reloadFlow(job.flow.flow.id)
  const source = loaded?.sources.get(job.run.source.id)
  if (!loaded?.live || !loaded.flow.enabled || !source?.enabled) return close(job, 'Flow is disabled')
  job.source = source
  if (loaded.live.version === job.version) {
    job.flow = loaded
    job.compiled = loaded.live.compiled
  } else {
    // A newer version has other steps: the run ends on the one it began with, under today's switches and connections.
    job.flow = { ...loaded, targets: todaysTargets(job.flow.targets, loaded.targets) }
    job.compiled = compileFlow({ ...job.compiled, targets: job.flow.targets })
  }
  return step(job, { kind: 'redecide', now: Date.now() })
}

function todaysTargets(begun: Targets, today: Targets): Targets {
  const targets: Targets = {}
  for (const [stepId, target] of Object.entries(begun)) {
    targets[stepId] = today[stepId] ?? { ...target, blocked: 'Step was removed' }
  }
  return targets
}

function close(job: Job, reason: string): Effect {
  const { awaiting: _, ...run } = job.run
  job.run = { ...run, state: 'done', status: 'final', outcome: 'failure', reason }
  return { kind: 'settle' }
}

/** Clear values that a recorded exchange must not show. */
function maskedValues(lead: TypedLead): string[] {
  const values: string[] = []
  for (const name in lead) {
    const field = lead[name]
    if (field && maskedTypes.has(field.type)) values.push(String(field.raw), String(field.normal))
  }
  return values
}

async function attempt(job: Job, effect: Extract<Effect, { kind: 'attempt' }>): Promise<Effect | undefined> {
  const { stepId, eventId } = effect
  const target = job.flow.targets[stepId]
  const request = renderRequest(job.compiled, job.run, { stepId, eventId, now: Date.now() })
  if (!request) throw new Error(`step ${stepId} of flow ${job.flow.flow.id} was decided but can't be rendered`)
  const { verdict, ...exchange } = await deliver(target?.buyerAccountId ?? job.flow.flow.accountId, request, {
    eventId,
    leadId: job.run.leadId,
    isTest: job.run.isTest,
    masked: maskedValues(job.run.lead),
  })
  job.exchanges[eventId] = { ...exchange, sentFields: request.sentFields }
  return step(job, { kind: 'answered', eventId, verdict, now: Date.now(), nextEventId: eventIdFor(job.run) })
}

/**
 * Carries a run from a durable attempt to its end: deliver, decide, make the next attempt durable, deliver … settle.
 * @returns false when another process took the run over; then the log has the truth, not this job.
 */
export async function perform(job: Job, first: Effect | undefined): Promise<boolean> {
  let effect = first
  while (effect?.kind === 'attempt') {
    effect = await attempt(job, effect)
    if (effect?.kind !== 'attempt') break
    const { ours, configVersion } = await insist('the next attempt', () => saveProgress(job))
    if (!ours) return false
    if (configVersion > job.flow.configVersion) effect = await redecide(job, configVersion)
  }
  const { ours } = await insist('the end of a run', () => settleRun(job))
  if (ours) noteSettled(job)
  return ours
}

/** Tells the pages of every side that the log grew. */
export function noteSettled(job: Job): void {
  noteLive(job.flow.flow.accountId)
  for (const result of job.run.results) noteLive(job.flow.targets[result.stepId]?.buyerAccountId)
}
