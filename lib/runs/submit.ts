import { createHash, randomInt } from 'node:crypto'
import { type Effect, type Nested, packLead, startRun, typeLead } from '../engine/index'
import { type Refusal, unavailable } from '../errors'
import type { LoadedFlow, LoadedSource } from '../flows/index'
import { uuidv7 } from '../ids'
import { log } from '../log'
import { err, ok, type Result } from '../result'
import { once } from '../runtime'
import { admit } from './admission'
import { answerFromLog, findIdempotencyKey, pendingAnswer, sourceAnswer } from './answer'
import type { Job, SourceAnswer } from './job'
import { acknowledge, findDurable, type Opened, openRun } from './journal'
import { holdLease } from './owner'
import { eventIdFor, noteSettled, perform, redecide, step } from './perform'
import { sealer } from './sealing'

/** How long a source waits for a result before it is told `pending`. The run goes on. */
const sourcePatienceMs = 60_000
/** How long a second submission waits for the first one of its idempotency key. */
const keyPatienceMs = 10_000

export type Submission = {
  flow: LoadedFlow
  source: LoadedSource
  fields: Nested
  isTest: boolean
  ip: string
  userAgent: string
  receivedAt: number
  idempotencyKey?: string
}

type UnderWay = { bodyHash: Buffer; answer: Promise<Result<SourceAnswer>> }
/** Submissions of this process that have no answer yet, by source and key, or by source and body. */
const underWay = () => once('submissions-under-way', () => new Map<string, UnderWay>())

const hashOf = (fields: Nested): Buffer => createHash('sha256').update(JSON.stringify(fields)).digest()

const sameKeyOtherBody: Refusal = {
  kind: 'conflict',
  message: 'This Idempotency-Key was used with another body. Send a new key with a new lead.',
}
const stillRunning: Refusal = {
  kind: 'conflict',
  message: 'The first submission with this Idempotency-Key is still being processed. Ask again.',
  retryAfterSeconds: 5,
}
const full = unavailable('Too many leads are being processed. Nothing was taken: send it again.', 1)
const notDurable = unavailable('The lead could not be stored. Nothing was taken: send it again.', 2)

/**
 * Takes a lead in and carries it to its end. Resolves with what the source is told; refusals are `unavailable` (503,
 * nothing was taken) and `conflict` (409, of an idempotency key). After commit 1 it never refuses.
 */
export function submitLead(submission: Submission): Promise<Result<SourceAnswer>> {
  const { source, idempotencyKey, fields } = submission
  const bodyHash = hashOf(fields)
  const key = `${source.id}|${idempotencyKey === undefined ? bodyHash.toString('base64') : `key ${idempotencyKey}`}`
  const first = underWay().get(key)
  if (first) return joinInProcess(first, bodyHash, idempotencyKey !== undefined)
  const answer = takeIn(submission, bodyHash).finally(() => underWay().delete(key))
  underWay().set(key, { bodyHash, answer })
  return answer
}

async function joinInProcess(first: UnderWay, bodyHash: Buffer, keyed: boolean): Promise<Result<SourceAnswer>> {
  if (!first.bodyHash.equals(bodyHash)) return err(sameKeyOtherBody)
  if (!keyed) return first.answer
  return (await within(first.answer, keyPatienceMs)) ?? err(stillRunning)
}

/** The promise's value, or `undefined` when it takes longer. */
function within<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(undefined), ms)
    timer.unref()
    promise.then(
      (value) => {
        clearTimeout(timer)
        resolve(value)
      },
      (error: unknown) => {
        clearTimeout(timer)
        reject(error)
      },
    )
  })
}

/** Makes the run of a submission: typed, packed for the log, its first step decided. Pure but for ids, clock and chance. */
export async function prepare(submission: Submission, bodyHash: Buffer): Promise<Job> {
  const { flow, source, isTest, ip, userAgent, receivedAt } = submission
  if (!flow.live) throw new Error(`flow ${flow.flow.id} has no live version`)
  const { compiled, version } = flow.live
  const lead = typeLead(compiled, source.compiled, submission.fields)
  const run = startRun({
    leadId: uuidv7(receivedAt),
    isTest,
    receivedAt,
    random: randomInt(1, 101),
    lead,
    submission: { ip, userAgent },
    source: { id: source.id, name: source.name },
  })
  const seal = await sealer(flow.flow.accountId, lead)
  return {
    flow,
    source,
    compiled,
    version,
    run,
    packed: packLead(lead, (name, text) => seal(run.leadId, name, text)),
    exchanges: {},
    bodyHash,
    ...(submission.idempotencyKey !== undefined && { idempotencyKey: submission.idempotencyKey }),
  }
}

async function takeIn(submission: Submission, bodyHash: Buffer): Promise<Result<SourceAnswer>> {
  const leave = admit(submission.flow.flow.accountId)
  if (!leave) return err(full)
  let stays = false
  try {
    await holdLease()
    const job = await prepare(submission, bodyHash)
    const effect = step(job, { kind: 'start', now: job.run.receivedAt, nextEventId: eventIdFor(job.run) })
    const opened = await openDurably(job)
    const finished = goOn(job, opened, effect)
    const answer = await within(finished, sourcePatienceMs)
    if (answer) return answer
    stays = true
    void finished.finally(leave)
    return ok(pendingAnswer(job.run.leadId))
  } catch (error) {
    if (!isDatabaseAway(error)) log.error({ err: error }, 'a submission broke off before it was durable')
    return err(notDurable)
  } finally {
    if (!stays) leave()
  }
}

const isDatabaseAway = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error && /^(CONN|ECONN|57)/.test(String(error.code))

/** What follows commit 1: deliveries, commit 2, the answer. Never rejects: the lead is ours to finish now. */
async function goOn(
  job: Job,
  opened: Exclude<Opened, { kind: 'again' }>,
  effect: Effect | undefined,
): Promise<Result<SourceAnswer>> {
  try {
    if (opened.kind !== 'opened') return await joinFromLog(job, opened)
    if (job.run.state === 'done') {
      noteSettled(job)
      return finish(job)
    }
    const next = opened.configVersion > job.flow.configVersion ? await redecide(job, opened.configVersion) : effect
    if (await perform(job, next)) return finish(job)
  } catch (error) {
    // A defect of ours: the run stays open, and recovery marks what can't be known.
    log.error({ err: error, leadId: job.run.leadId }, 'a run broke off after it was durable')
  }
  return ok(await awaitLog(job, job.run.leadId, sourcePatienceMs))
}

function finish(job: Job): Result<SourceAnswer> {
  const answer = sourceAnswer(job)
  // A pending lead keeps its run's body for ten minutes: the same body again must not be sold again.
  if (answer.status !== 'pending' || job.idempotencyKey !== undefined) acknowledge(job.run.leadId)
  return ok(answer)
}

/** Commit 1. Rejects when the lead is not in the log; when the reply to the COMMIT was lost, that is looked up first. */
async function openDurably(job: Job): Promise<Exclude<Opened, { kind: 'again' }>> {
  for (;;) {
    const opened = await openRun(job).catch((error: unknown) => openedAfterAll(job, error))
    if (opened.kind !== 'again') return opened
  }
}

async function openedAfterAll(job: Job, error: unknown): Promise<Opened> {
  for (const wait of [100, 400, 1_500]) {
    await new Promise((resolve) => setTimeout(resolve, wait))
    const durable = await findDurable([job.run.leadId]).catch(() => undefined)
    // The configuration may have changed in the meantime: decide again before sending.
    if (durable?.has(job.run.leadId)) return { kind: 'opened', configVersion: job.flow.configVersion + 1 }
    if (durable) break
  }
  throw error
}

async function joinFromLog(
  job: Job,
  opened: Exclude<Opened, { kind: 'opened' | 'again' }>,
): Promise<Result<SourceAnswer>> {
  const { source, flow } = job
  if (opened.kind === 'joins') {
    const answer = await awaitLog(job, opened.leadId, sourcePatienceMs)
    if (!answer.status) acknowledge(opened.leadId)
    return ok(answer)
  }
  const until = Date.now() + keyPatienceMs
  for (;;) {
    const key = await findIdempotencyKey(source.id, job.idempotencyKey ?? '', flow.flow.accountId)
    if (key && !key.bodyHash.equals(job.bodyHash)) return err(sameKeyOtherBody)
    if (key?.answer) return ok(key.answer)
    if (Date.now() > until) return err(stillRunning)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** Waits until the log has a result of the lead, or the source's patience is over. */
async function awaitLog(job: Job, leadId: string, ms: number): Promise<SourceAnswer> {
  const until = Date.now() + ms
  for (let wait = 50; Date.now() < until; wait = Math.min(wait * 2, 1_000)) {
    const answer = await answerFromLog(leadId, job.flow.flow.accountId, job.source.id, job.source.settings).catch(
      () => undefined,
    )
    if (answer && !answer.processing) {
      const { processing: _, ...said } = answer
      return said
    }
    await new Promise((resolve) => setTimeout(resolve, wait))
  }
  return pendingAnswer(leadId)
}
