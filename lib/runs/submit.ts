import { createHash, randomInt } from 'node:crypto'
import { type Nested, packLead, startRun, typeLead } from '../engine/index'
import { type Refusal, unavailable } from '../errors'
import type { LoadedFlow, LoadedSource } from '../flows/index'
import { uuidv7 } from '../ids'
import { log } from '../log'
import { err, ok, type Result } from '../result'
import { once } from '../runtime'
import { admit } from './admission'
import { answerFromLog, findIdempotencyKey, pendingAnswer, sourceAnswer } from './answer'
import { findBid, usedBefore } from './bids'
import { carryThrough, openDurably } from './carry-through'
import type { Opened } from './commit-one'
import { eventIdFor } from './event-id'
import type { Job, SourceAnswer } from './job'
import { acknowledge } from './journal'
import { sourcePatienceMs } from './notices'
import { carry, holdLease } from './owner'
import { sealer } from './sealing'
import { step } from './step'

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
  /** The bid that the source was made for this lead. */
  bidId?: string
  /** Only a bid is wanted. */
  isPing?: true
}

/** An answer, and what to call when the source has it: until then the same body again joins this lead. */
export type Taken = { answer: SourceAnswer; told: () => void }

type UnderWay = { bodyHash: Buffer; taken: Promise<Result<Taken>> }
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
export function submitLead(submission: Submission): Promise<Result<Taken>> {
  const { source, idempotencyKey, fields } = submission
  const bodyHash = hashOf(fields)
  const key = `${source.id}|${idempotencyKey === undefined ? bodyHash.toString('base64') : `key ${idempotencyKey}`}`
  const first = underWay().get(key)
  if (first) return joinInProcess(first, bodyHash, idempotencyKey !== undefined)
  const taken = takeIn(submission, bodyHash).finally(() => underWay().delete(key))
  underWay().set(key, { bodyHash, taken })
  return taken
}

async function joinInProcess(first: UnderWay, bodyHash: Buffer, keyed: boolean): Promise<Result<Taken>> {
  if (!first.bodyHash.equals(bodyHash)) return err(sameKeyOtherBody)
  if (!keyed) return first.taken
  return (await within(first.taken, keyPatienceMs)) ?? err(stillRunning)
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
  const { fields } = compiled.document
  const lead = typeLead(compiled, source.compiled, submission.fields)
  const { id: sourceId } = source
  const { accountId } = flow.flow
  const held =
    submission.bidId &&
    (await findBid(submission.bidId, { accountId, sourceId, isTest, now: receivedAt, fields, lead }))
  const run = startRun({
    ...(submission.isPing && { isPing: true }),
    ...held,
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

async function takeIn(submission: Submission, bodyHash: Buffer): Promise<Result<Taken>> {
  const leave = admit(submission.flow.flow.accountId)
  if (!leave) return err(full)
  let leaves: (() => void) | undefined = leave
  try {
    await holdLease()
    const job = await prepare(submission, bodyHash)
    const putDown = carry(job.run.leadId)
    leaves = () => {
      putDown()
      leave()
    }
    const opened = await open(job)
    if (opened.kind !== 'opened') return await joinFromLog(job, opened)
    const carried = carryThrough(job, opened.effect, opened.configVersion)
    const ended = await within(carried, sourcePatienceMs)
    if (ended !== undefined) return ended ? ok(taken(job)) : ok(takenElsewhere(await awaitLog(job, job.run.leadId)))
    void carried.finally(leaves)
    leaves = undefined
    return ok(takenElsewhere(pendingAnswer(job.run.leadId)))
  } catch (error) {
    if (!isDatabaseAway(error)) log.error({ err: error }, 'a submission broke off before it was durable')
    return err(notDurable)
  } finally {
    leaves?.()
  }
}

const begin = (job: Job) => step(job, { kind: 'start', now: job.run.receivedAt, nextEventId: eventIdFor(job.run) })

/** Decides the start and makes it durable; anew without its bid, where another lead has used that a moment before. */
async function open(job: Job) {
  const { run } = job
  const opened = await openDurably(job, begin(job))
  if (opened.kind !== 'spent') return opened
  job.run = { ...run, bid: { id: run.bid?.id ?? '', refused: usedBefore } }
  const again = await openDurably(job, begin(job))
  if (again.kind === 'spent') throw new Error(`lead ${run.leadId} holds no bid and was told that it is spent`)
  return again
}

const isDatabaseAway = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error && /^(CONN|ECONN|57)/.test(String(error.code))

/** The answer of a run that ended here. A pending one keeps its body for ten minutes: it must not be sold again. */
function taken(job: Job): Taken {
  const answer = sourceAnswer(job)
  const keeps = answer.status === 'pending' && job.idempotencyKey === undefined
  return { answer, told: keeps ? () => {} : () => acknowledge(job.run.leadId) }
}

const takenElsewhere = (answer: SourceAnswer): Taken => ({
  answer,
  told: answer.status === 'pending' ? () => {} : () => acknowledge(answer.leadId),
})

/** The answer of the earlier lead that a submission fell together with, by its body or by its key. */
async function joinFromLog(
  job: Job,
  opened: Exclude<Opened, { kind: 'opened' | 'again' | 'spent' }>,
): Promise<Result<Taken>> {
  if (opened.kind === 'joins') return ok(takenElsewhere(await awaitLog(job, opened.leadId)))
  const until = Date.now() + keyPatienceMs
  while (Date.now() < until) {
    const replay = await replayOf(job).catch(() => undefined)
    if (replay) return replay.ok ? ok({ answer: replay.value, told: () => {} }) : replay
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return err(stillRunning)
}

/** What a used key answers; `undefined` while its first submission has no result. */
async function replayOf({
  flow,
  source,
  idempotencyKey = '',
  bodyHash,
}: Job): Promise<Result<SourceAnswer> | undefined> {
  const { accountId } = flow.flow
  const key = await findIdempotencyKey(source.id, idempotencyKey, accountId)
  if (!key) return undefined
  if (!key.bodyHash.equals(bodyHash)) return err(sameKeyOtherBody)
  if (key.answer) return ok(key.answer)
  // Recovery finishes runs without knowing of keys: the log has their answer then.
  const found = await answerFromLog(key.leadId, accountId, source.id, source.settings)
  if (!found || found.processing) return undefined
  const { processing: _, ...answer } = found
  return ok(answer)
}

/** Waits until the log has a result of the lead, or the source's patience is over. */
async function awaitLog(job: Job, leadId: string): Promise<SourceAnswer> {
  const until = Date.now() + sourcePatienceMs
  for (let wait = 50; Date.now() < until; wait = Math.min(wait * 2, 1_000)) {
    const { flow, source } = job
    const found = await answerFromLog(leadId, flow.flow.accountId, source.id, source.settings).catch(() => undefined)
    if (found && !found.processing) {
      const { processing: _, ...answer } = found
      return answer
    }
    await new Promise((resolve) => setTimeout(resolve, wait))
  }
  return pendingAnswer(leadId)
}
